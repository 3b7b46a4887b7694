"""Writing the ledger: who was at an activity, for how long, as what. Rooms bring the activity, this brings the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.models import CAPACITIES, Activity, Participation
from portal.activities.queries import affiliations_at
from portal.db import db, operation
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

LONGEST = 24 * 60

phrases.declare(
    {
        "attendance-marked": _l("%(actor)s marked %(count)s who were there"),
        "attendance-corrected": _l("%(actor)s changed %(person)s from %(old)s to %(new)s minutes"),
        "attendance-capacity": _l("%(actor)s noted %(person)s as %(new)s instead of %(old)s"),
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be noted of one person. ``minutes`` of 0 is "not here"; ``organisation_id`` if she has none."""

    person_id: int
    minutes: int
    capacity: str = "participant"
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many rows were new and how many were corrected."""

    new: int
    corrected: int


@operation
def record_attendance(activity_id: int, marks: Sequence[Mark], by: int, how: str = "coordinator") -> Recorded:
    """Note people as there or not there; the first who was there makes the activity one that was held.

    The organisation of a row is where the person worked on that day. A correction leaves a line with old and new
    minutes. Raises DomainError for minutes outside a day, an unknown capacity, or an activity that was called off.
    """
    activity = db.session.get_one(Activity, activity_id)
    if activity.cancelled_at:
        raise DomainError(_("This was called off, so nobody can have been there."))
    for mark in marks:
        _check(mark)
    known = _participations(activity_id, [mark.person_id for mark in marks])
    schools = affiliations_at([mark.person_id for mark in marks], activity.starts_at)
    new = corrected = 0
    for mark in marks:
        row = known.get(mark.person_id)
        if row is None or row.minutes is None:
            new += 1
        else:
            corrected += _note_correction(row, mark, activity, by)
        _write(row, mark, activity_id, schools.get(mark.person_id, mark.organisation_id), by, how)
    if activity.held_at is None and any(mark.minutes for mark in marks):
        activity.held_at = clock.now()
    if new:
        record(by, "attendance-marked", "activity", activity_id, count=new)
    return Recorded(new, corrected)


def _check(mark: Mark) -> None:
    if not 0 <= mark.minutes <= LONGEST:
        raise DomainError(_("Minutes are a number from 0 to %(most)s.", most=LONGEST))
    if mark.capacity not in CAPACITIES:
        raise DomainError(_("Choose what this person was there as."))


def _participations(activity_id: int, people: list[int]) -> dict[int, Participation]:
    rows = db.session.execute(
        select(Participation).where(Participation.activity_id == activity_id, Participation.person_id.in_(people))
    )
    return {row.person_id: row for row in rows.scalars()}


def _note_correction(row: Participation, mark: Mark, activity: Activity, by: int) -> bool:
    """The lines name a person, so they stand with the activity and not in the network's own history."""
    if row.minutes != mark.minutes:
        was = row.minutes
        record(by, "attendance-corrected", "activity", activity.id, person_id=row.person_id, old=was, new=mark.minutes)
    if row.capacity != mark.capacity:
        old = row.capacity
        record(by, "attendance-capacity", "activity", activity.id, person_id=row.person_id, old=old, new=mark.capacity)
    return row.minutes != mark.minutes or row.capacity != mark.capacity


def _write(
    row: Participation | None, mark: Mark, activity_id: int, organisation_id: int | None, by: int, how: str
) -> None:
    if row is None:
        row = Participation(activity_id=activity_id, person_id=mark.person_id, organisation_id=organisation_id)
        db.session.add(row)
    elif row.organisation_id is None:
        row.organisation_id = organisation_id
    row.minutes, row.capacity = mark.minutes, mark.capacity
    row.arrived_at, row.left_at = mark.arrived_at, mark.left_at
    row.how_recorded, row.recorded_by, row.recorded_at = how, by, clock.now()
    # Whatever was confirmed before was another mark.
    row.confirmed_by = row.confirmed_at = None
