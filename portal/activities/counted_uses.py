"""The rows behind what classes tried: a pack, an idea from an event. The room whose thing it was hands it in."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.counted_rows import Span, organisation, person
from portal.activities.counting import PERSON, SCHOOL, WHAT, WHEN
from portal.activities.models import Use
from portal.db import Rows

ROW = {
    "when": WHEN,
    "what": WHAT,
    "person": PERSON,
    "organisation": SCHOOL,
    "classes": _l("Classes"),
    "students": _l("Students"),
}


def uses(span: Span, kind: str, thing: Any, link: str) -> Rows:
    """One row for each time that a teacher told of a class that tried something of this kind, by the day of the lesson.

    ``thing`` is the model of what was tried, with an ``id`` and a ``title``; ``link`` is what its id is called in a row.
    """
    return (
        select(
            Use.used_on.label("when"),
            thing.title.label("what"),
            person.c.name.label("person"),
            organisation.c.name.label("organisation"),
            Use.classes.label("classes"),
            Use.students.label("students"),
            thing.id.label(link),
            person.c.id.label("person_id"),
        )
        .join(thing, thing.id == Use.subject_id)
        .join(person, person.c.id == Use.person_id)
        .outerjoin(organisation, organisation.c.id == Use.organisation_id)
        .where(
            Use.network_id.in_(span.network_ids),
            Use.subject_kind == kind,
            Use.used_on >= day_of(span.start),
            Use.used_on < day_of(span.end),
            Use.withdrawn_at.is_(None),
        )
        .order_by(Use.used_on.desc())
    )


def counted(rows: Rows) -> Rows:
    """Those whose number of students is known."""
    return rows.where(Use.students.is_not(None))


def uncounted(rows: Rows) -> Rows:
    """Those whose number of students nobody told: they count as uses, and their students are not guessed."""
    return rows.where(Use.students.is_(None))


def day_of(midnight: datetime) -> date:
    """A span begins at a midnight on the network's clock, told in UTC: at noon the date is nearly always the same."""
    return (midnight + timedelta(hours=12)).date()
