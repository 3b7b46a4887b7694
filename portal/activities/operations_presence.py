"""Presence in the ledger as it happens: somebody comes, leaves, comes back, or it was somebody else after all.

``arrived_at`` without ``minutes`` means "in the room, not counted yet". Leaving counts the whole minutes between the two
within the activity's own start and end: who comes early or stays on gains nothing. Coming back clears what leaving
wrote, so a break is not subtracted. What somebody marked by hand stands whatever is pressed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.models import Activity, Participation
from portal.activities.queries import affiliations_at
from portal.db import db, operation
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

# What people press themselves; every other way is somebody's mark by hand.
PRESSED = ("code", "kiosk")

phrases.declare(
    {
        "arrival-code": _l("%(person)s signed in with the room code"),
        "arrival-kiosk": _l("%(person)s signed in at the kiosk"),
        "came-back": _l("%(person)s came back"),
        "departure-code": _l("%(person)s signed out with the room code"),
        "departure-kiosk": _l("%(person)s signed out at the kiosk"),
        "arrival-taken-back": _l("Signing in %(person)s was taken back: it was the wrong name"),
        "arrival-against-mark": _l("%(person)s signed in, although marked as not here"),
    }
)


@dataclass(frozen=True, slots=True)
class Before:
    """What stood in the row before an arrival was noted, so that it can be put back."""

    existed: bool
    left_at: datetime | None = None
    minutes: int | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """How it stands with one person. ``before`` is there when this very act noted an arrival."""

    arrived_at: datetime | None
    left_at: datetime | None
    minutes: int | None
    recorded_at: datetime
    by_hand: bool = False
    before: Before | None = None

    @property
    def is_inside(self) -> bool:
        return self.arrived_at is not None and self.left_at is None and self.minutes is None


def minutes_present(starts_at: datetime, lasts: int, arrived_at: datetime, left_at: datetime) -> int:
    """Whole minutes of a stay within an activity of ``lasts`` minutes; 0 for a stay outside it."""
    stay = min(left_at, starts_at + timedelta(minutes=lasts)) - max(arrived_at, starts_at)
    return max(0, int(stay.total_seconds() // 60))


def presence_of(activity_id: int, person_id: int) -> Presence | None:
    """How it stands with her, or None without a row (one query)."""
    row = _row(activity_id, person_id)
    return _presence(row) if row else None


@operation
def note_arrival(
    activity_id: int,
    person_id: int,
    at: datetime,
    how: str,
    by: int | None,
    capacity: str = "participant",
    organisation_id: int | None = None,
) -> Presence:
    """She is in the room since ``at``. Pressing twice is once, and the first arrival is kept.

    ``capacity`` and ``organisation_id`` (if she has no school on that day) are for a new row; one that is there keeps
    what it says. Raises DomainError for an activity that was called off.
    """
    activity = _that_takes_place(activity_id)
    row = _row(activity_id, person_id)
    if row is not None and _is_by_hand(row):
        return _presence(row)
    if row is not None and row.arrived_at is not None and (row.left_at is None or at <= row.left_at):
        _move_arrival(row, at, activity)
        return _presence(row)
    before = _before(row)
    if row is None:
        school = affiliations_at([person_id], activity.starts_at).get(person_id, organisation_id)
        row = Participation(activity_id=activity_id, person_id=person_id, organisation_id=school, capacity=capacity)
        db.session.add(row)
    row.arrived_at = row.arrived_at or at
    row.left_at = row.minutes = None
    _sign(row, how, by)
    db.session.flush()
    record(by, "came-back" if before.left_at else f"arrival-{how}", "participation", row.id, person_id=person_id)
    if before.minutes == 0 and before.left_at is None:
        record(by, "arrival-against-mark", "activity", activity_id, person_id=person_id)
    return _presence(row, before)


@operation
def note_departure(activity_id: int, person_id: int, at: datetime, how: str, by: int | None) -> Presence:
    """She left at ``at``; her minutes are counted. Pressing twice is once, and the first departure is kept.

    The first who was there for a minute makes the activity one that was held. Raises DomainError for somebody who never
    came, and for an activity that was called off.
    """
    activity = _that_takes_place(activity_id)
    row = _row(activity_id, person_id)
    if row is None or (row.arrived_at is None and not _is_by_hand(row)):
        raise DomainError(_("Nobody has signed in under this name yet, so there is nobody to sign out."))
    if row.left_at is not None or row.arrived_at is None or _is_by_hand(row):
        return _presence(row)
    row.left_at = max(at, row.arrived_at)
    row.minutes = minutes_present(activity.starts_at, activity.minutes, row.arrived_at, row.left_at)
    _sign(row, how, by)
    if row.minutes and activity.held_at is None:
        activity.held_at = clock.now()
    record(by, f"departure-{how}", "participation", row.id, person_id=person_id)
    return _presence(row)


@operation
def take_back_arrival(activity_id: int, person_id: int, noted_at: datetime, before: Before, by: int | None) -> None:
    """It was not her: the row is as it was ``before``. Raises DomainError when it changed after ``noted_at``."""
    row = _row(activity_id, person_id)
    is_same = row is not None and row.left_at is None and row.minutes is None
    if row is None or not is_same or abs(row.recorded_at - noted_at) >= timedelta(seconds=1):
        raise DomainError(_("This was changed since. Tell whoever leads the session, who can put it right."))
    if before.existed:
        row.arrived_at = row.arrived_at if before.left_at else None
        row.left_at, row.minutes, row.how_recorded = before.left_at, before.minutes, before.how
    else:
        db.session.delete(row)
    record(by, "arrival-taken-back", "activity", activity_id, person_id=person_id)


def _that_takes_place(activity_id: int) -> Activity:
    activity = db.session.get_one(Activity, activity_id)
    if activity.cancelled_at:
        raise DomainError(_("This was called off, so nobody can be there."))
    return activity


def _row(activity_id: int, person_id: int) -> Participation | None:
    query = select(Participation).where(Participation.activity_id == activity_id, Participation.person_id == person_id)
    return db.session.execute(query).scalar_one_or_none()


def _is_by_hand(row: Participation) -> bool:
    """Somebody wrote down how long she was there. "Not here" by hand gives way: she stands in the room and says so."""
    return bool(row.minutes) and row.how_recorded not in PRESSED


def _move_arrival(row: Participation, at: datetime, activity: Activity) -> None:
    """A tap that waited for the network may be older than the one that came through."""
    if row.arrived_at is None or at >= row.arrived_at:
        return
    row.arrived_at = at
    if row.left_at is not None:
        row.minutes = minutes_present(activity.starts_at, activity.minutes, at, row.left_at)


def _before(row: Participation | None) -> Before:
    return Before(True, row.left_at, row.minutes, row.how_recorded) if row else Before(False)


def _sign(row: Participation, how: str, by: int | None) -> None:
    row.how_recorded, row.recorded_by, row.recorded_at = how, by, clock.now()
    # Whatever was confirmed before was another state of it.
    row.confirmed_by = row.confirmed_at = None


def _presence(row: Participation, before: Before | None = None) -> Presence:
    return Presence(row.arrived_at, row.left_at, row.minutes, row.recorded_at, _is_by_hand(row), before)
