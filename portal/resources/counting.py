"""How packs are counted: shared, used in class, and the students in those classes. Each figure opens its rows.

Not known is not zero: a use without a number of students is among the records that lack data, never a guess.
"""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from portal.activities.counted_rows import Span, organisation, person
from portal.activities.counting import PERSON, SCHOOL, WHAT, WHEN, Gap, Rule
from portal.activities.models import Use
from portal.resources.models import Pack
from portal.resources.queries_uses import SUBJECT


def packs_shared(span: Span) -> Select[Any]:
    """One row for each pack that was shared in the span and has not been deleted since."""
    return (
        select(
            Pack.shared_at.label("when"),
            Pack.title.label("what"),
            person.c.name.label("person"),
            Pack.id.label("pack_id"),
            person.c.id.label("person_id"),
        )
        .join(person, person.c.id == Pack.owner_id)
        .where(
            Pack.network_id.in_(span.network_ids),
            Pack.shared_at >= span.start,
            Pack.shared_at < span.end,
            Pack.deleted_at.is_(None),
        )
        .order_by(Pack.shared_at.desc())
    )


def pack_uses(span: Span) -> Select[Any]:
    """One row for each time that a teacher told of using a pack with a class, by the day of the lesson."""
    return (
        select(
            Use.used_on.label("when"),
            Pack.title.label("what"),
            person.c.name.label("person"),
            organisation.c.name.label("organisation"),
            Use.classes.label("classes"),
            Use.students.label("students"),
            Pack.id.label("pack_id"),
            person.c.id.label("person_id"),
        )
        .join(Pack, Pack.id == Use.subject_id)
        .join(person, person.c.id == Use.person_id)
        .outerjoin(organisation, organisation.c.id == Use.organisation_id)
        .where(
            Use.network_id.in_(span.network_ids),
            Use.subject_kind == SUBJECT,
            Use.used_on >= _day_of(span.start),
            Use.used_on < _day_of(span.end),
            Use.withdrawn_at.is_(None),
        )
        .order_by(Use.used_on.desc())
    )


def _day_of(midnight: datetime) -> date:
    """A span begins at a midnight on the network's clock, told in UTC: at noon the date is nearly always the same."""
    return (midnight + timedelta(hours=12)).date()


def uses_with_students(span: Span) -> Select[Any]:
    """The uses whose number of students is known."""
    return pack_uses(span).where(Use.students.is_not(None))


def uses_without_students(span: Span) -> Select[Any]:
    """The uses whose number of students nobody told: they count as uses, and their students are not guessed."""
    return pack_uses(span).where(Use.students.is_(None))


ROW = {
    "when": WHEN,
    "what": WHAT,
    "person": PERSON,
    "organisation": SCHOOL,
    "classes": _l("Classes"),
    "students": _l("Students"),
}

RULES = (
    Rule(
        "packs-shared",
        _l("packs shared"),
        _l("Packs that were first shared in the period. Drafts and deleted packs do not count, retired ones do."),
        packs_shared,
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
