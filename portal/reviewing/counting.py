"""How looks at packs are counted: each look is one, however often the same pack was looked at."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.counted_rows import Span, person
from portal.activities.counting import PERSON, WHAT, WHEN, Gap, Rule
from portal.db import Rows
from portal.resources.models import Pack
from portal.reviewing.models import PackReview


def looks(span: Span) -> Rows:
    """One row for each look that a coordinator took at a pack in the span, passed or sent back."""
    return (
        select(
            PackReview.made_at.label("when"),
            Pack.title.label("what"),
            person.c.name.label("person"),
            Pack.id.label("pack_id"),
            person.c.id.label("person_id"),
        )
        .join(Pack, Pack.id == PackReview.pack_id)
        .join(person, person.c.id == PackReview.made_by)
        .where(
            Pack.network_id.in_(span.network_ids),
            PackReview.made_at >= span.start,
            PackReview.made_at < span.end,
            # What went back is its owner's draft again, and nobody else's business.
            Pack.shared_at.is_not(None),
            Pack.deleted_at.is_(None),
        )
        .order_by(PackReview.made_at.desc())
    )


RULES = (
    Rule(
        "packs-reviewed",
        _l("looks at packs"),
        _l("A coordinator looked at a shared pack in the period and passed it or sent it back. Each look counts."),
        looks,
        {"when": WHEN, "what": WHAT, "person": PERSON},
    ),
)
GAPS: tuple[Gap, ...] = ()
