"""Texts put into every column that people fill: what a name, a title or a place may hold in the worst case."""

from collections.abc import Callable

from sqlalchemy import Table, select, update

from portal import Base
from portal.db import db
from portal.web import prose

# What people type, by table. Columns of codes, kinds, addresses and links have shapes of their own, which forms hold.
TEXTS = {
    "network": ("name", "short_name", "strapline", "cares_about", "for_whom", "cadence", "norms", "deciding"),
    "organisation": ("name", "street", "place", "county", "region", "phase", "phone", "about"),
    "person": ("name", "called", "phone", "knows_about"),
    "region": ("contact_words",),
    "word": ("label", "hint", "also"),
    "credit_type": ("name", "unit", "units", "authority", "statement", "blank_line"),
    "activity": ("title", "place", "cancel_reason"),
    "affiliation": ("title",),
    "event": ("title", "strapline", "about", "for_whom", "cost", "getting_there", "cancel_reason"),
    "event_credit": (
        "category",
        "provider",
        "provider_number",
        "in_service_number",
        "committee",
        "presenters",
        "needs_statement",
        "objectives",
        "justification",
        "fee",
        "declined_why",
    ),
    "invitation": ("note",),
    "join_request": ("note", "answer"),
    "outbox_mail": ("subject", "text", "to_name", "last_error"),
    "pack": (
        "title",
        "strapline",
        "about",
        "group_size",
        "materials",
        "cost",
        "safety_note",
        "safety_reference",
        "careers_link",
        "adaptations",
        "author",
        "source",
        "change_note",
    ),
    "pairing": ("purpose", "rhythm"),
    "school_term": ("name",),
    "standard": ("statement", "heading", "note", "grade"),
    "framework": ("name", "attribution"),
    "stored_file": ("name",),
    "topic": ("title",),
    "use": ("year_group", "what_changed", "quote"),
    "pack_item": ("title",),
    "pack_report": ("text",),
    "pack_version": ("note",),
    "post": ("body",),
    "booking": ("needs", "organisation_typed"),
    "sign_in_session": ("label",),
    "certificate": ("name", "title", "objectives", "category", "void_reason", "fault"),
    "outside_hours": ("title", "provider", "category", "reference"),
}
# What web.prose made of a text when it was saved.
RENDERED = {"event": ("about", "about_html"), "pack": ("about", "about_html"), "post": ("body", "body_html")}
WORDS = ("school", "schools", "pupil", "pupils", "teacher", "teachers", "box", "boxes")


def plant(text: Callable[[str, str, int], str]) -> int:
    """Write ``text(table, column, row)`` into every such column, inside a writing context; returns how many."""
    count = 0
    for name, columns in TEXTS.items():
        table = Base.metadata.tables[name]
        for row in list(db.session.execute(select(table.c.id)).scalars()):
            values = {column: _cut(table, column, text(name, column, row)) for column in columns}
            if name in RENDERED:
                source, target = RENDERED[name]
                values[target] = str(prose.render(values[source]))
            db.session.execute(update(table).where(table.c.id == row).values(values))
            count += len(values)
    network = Base.metadata.tables["network"]
    words = {key: text("network", key, 1)[:40] for key in WORDS}
    db.session.execute(update(network).values(words=words))
    db.session.commit()
    return count


def _cut(table: Table, column: str, text: str) -> str:
    return text[: getattr(table.c[column].type, "length", None) or 2000]
