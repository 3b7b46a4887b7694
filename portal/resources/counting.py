"""How packs are counted: shared, used in class, and the students in those classes. Each figure opens its rows.

Not known is not zero: a use without a number of students is among the records that lack data, never a guess.
"""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.activities.counted_rows import Span, person
from portal.activities.counted_uses import ROW, counted, uncounted, uses
from portal.activities.counting import PERSON, WHAT, WHEN, Gap, Rule
from portal.activities.models import Use
from portal.db import Rows
from portal.resources.models import Pack
from portal.resources.queries_uses import SUBJECT


def packs_shared(span: Span) -> Rows:
    """One row for each pack that was shared in the span and has not been deleted since."""
    return _packs(span, Pack.shared_at)


def packs_recommended(span: Span) -> Rows:
    """One row for each pack that was recommended in the span and still is."""
    return _packs(span, Pack.recommended_at).where(Pack.shared_at.is_not(None))


def _packs(span: Span, moment: InstrumentedAttribute[datetime | None]) -> Rows:
    """Those of which it happened in the span, the newest first."""
    return (
        select(
            moment.label("when"),
            Pack.title.label("what"),
            person.c.name.label("person"),
            Pack.id.label("pack_id"),
            person.c.id.label("person_id"),
        )
        .join(person, person.c.id == Pack.owner_id)
        .where(
            Pack.network_id.in_(span.network_ids),
            moment >= span.start,
            moment < span.end,
            Pack.deleted_at.is_(None),
        )
        .order_by(moment.desc())
    )


def packs_adapted(span: Span) -> Rows:
    """One row for each changed copy of a pack that was shared in the span."""
    return packs_shared(span).where(Pack.adapted_from_id.is_not(None))


def pack_reuse(span: Span) -> Rows:
    """One row for each use of a pack by somebody else than its owner."""
    return pack_uses(span).where(Use.person_id != Pack.owner_id)


def pack_uses(span: Span) -> Rows:
    """One row for each time that a teacher told of using a pack with a class."""
    return uses(span, SUBJECT, Pack, "pack_id")


def uses_with_students(span: Span) -> Rows:
    return counted(pack_uses(span))


def uses_without_students(span: Span) -> Rows:
    return uncounted(pack_uses(span))


RULES = (
    Rule(
        "packs-shared",
        _l("packs shared"),
        _l("Packs that were first shared in the period. Drafts and deleted packs do not count, retired ones do."),
        packs_shared,
        {"when": WHEN, "what": WHAT, "person": PERSON},
    ),
    Rule(
        "packs-adapted",
        _l("changed copies shared"),
        _l("Packs shared in the period that were made from another pack of the network."),
        packs_adapted,
        {"when": WHEN, "what": WHAT, "person": PERSON},
    ),
    Rule(
        "packs-recommended",
        _l("packs recommended"),
        _l("Packs that coordinators recommended in the period, and still do. Each was reviewed before."),
        packs_recommended,
        {"when": WHEN, "what": WHAT, "person": PERSON},
    ),
    Rule(
        "pack-uses",
        _l("times a pack was used"),
        _l("A teacher told that she used a pack with a class on a day in the period. Downloads are not uses."),
        pack_uses,
        ROW,
    ),
    Rule(
        "pack-reuse",
        _l("times a pack was used by somebody else than its owner"),
        _l("Of those uses, the ones that a colleague told of: a pack that travels."),
        pack_reuse,
        ROW,
    ),
    Rule(
        "students-in-class",
        _l("students in lessons with a pack, direct"),
        _l(
            "The students that teachers counted in those lessons, added up. One student in two lessons counts twice; "
            "lessons without a number are not guessed."
        ),
        uses_with_students,
        ROW,
        sums="students",
        small=10,
    ),
)

GAPS = (
    Gap(
        "uses-without-students",
        _l("Uses without a number of students"),
        _l("students in class uses"),
        uses_without_students,
        ROW,
    ),
)
