"""The printed sheet as plain values in words, for its PDF."""

from typing import Any

from flask_babel import gettext as _

from portal.attendance.paper_list import PaperList
from portal.attendance.queries import SheetRow
from portal.events import words
from portal.events.models import Session
from portal.web import dates


def statement() -> str:
    """What a signature says (practice.md 7.2: a statement that attendance was verified, and 7.3: room to ask for less)."""
    return _(
        "By signing I say that I was there at the hours written in my row. Whoever wants fewer hours counted writes how many."
    )


def paper_values(session: Session, listed: PaperList, network: str) -> dict[str, Any]:
    """Everything that ``templates/papers/sheet.typ`` draws."""
    return {
        "title": _("Sign-in: %(title)s", title=session.title),
        "network": network,
        "when": words.date_and_hours(session),
        "where": words.where(session),
        "statement": statement(),
        "list": _("List %(code)s, printed on %(moment)s", code=listed.code, moment=dates.moment(listed.printed_at)),
        "heads": [_("No."), _("Name and school"), _("As"), _("Arrived"), _("Left"), _("Fewer hours"), _("Signature")],
        "rows": [
            *([str(number), row.name, row.school, _as_what(row)] for number, row in listed.numbered),
            *(["–", row.name, row.school, _as_what(row)] for row in listed.later),
        ],
        "empty": [str(number) for number in listed.empty],
        "walk_in": _("Came without booking: name, school and email"),
        "kept_by": _("Sheet kept by, and signature"),
        "page_word": _("Page"),
        "of_word": _("of"),
    }


def _as_what(row: SheetRow) -> str:
    if row.is_waiting:
        return _("waiting list")
    return "" if row.capacity == "participant" else str(words.CAPACITIES.get(row.capacity, row.capacity)).lower()
