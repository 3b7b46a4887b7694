"""Who came: marks go into the ledger, walk-ins become people, and a sheet is closed and opened again."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.operations import Mark, Recorded, record_attendance
from portal.db import operation
from portal.events.models import Session
from portal.events.operations_newcomers import find_or_make, find_or_make_school
from portal.events.times import start_of_day
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "walk-in-added": _l("%(actor)s added %(person)s, who came without booking"),
        "sheet-closed": _l("%(actor)s closed the sheet; %(count)s were left without a mark"),
        "sheet-reopened": _l("%(actor)s opened the sheet again"),
    }
)


@operation
def mark_sheet(session: Session, marks: Sequence[Mark], time_zone: str, by: int) -> Recorded:
    """Save what is marked so far; the rest can follow. Raises DomainError before the day or on a closed sheet."""
    _refuse_closed(session)
    if clock.now() < start_of_day(clock.local(session.starts_at, time_zone).date(), time_zone):
        raise DomainError(_("You can mark who came from the day itself on."))
    return record_attendance(session.id, marks, by)


@operation
def add_walk_in(session: Session, name: str, address: str, school: str, capacity: str, time_zone: str, by: int) -> int:
    """Somebody who came without booking, there for the whole session until her minutes are changed.

    Finds her by address, or by name and school, else makes a Person; never an account. Returns her id.
    """
    today = clock.local(session.starts_at, time_zone).date()
    organisation_id = find_or_make_school(session.network_id, school, today)
    person_id, _is_new = find_or_make(name, address, organisation_id, "walk-in", today, by)
    mark_sheet(session, [Mark(person_id, session.minutes, capacity, organisation_id=organisation_id)], time_zone, by)
    record(by, "walk-in-added", "activity", session.id, person_id=person_id)
    return person_id


@operation
def close_sheet(session: Session, unmarked: int, by: int) -> None:
    """Nothing more is expected. Whoever has no mark stays "not marked", which is not zero."""
    _refuse_closed(session)
    if session.starts_at > clock.now():
        raise DomainError(_("This has not begun yet."))
    session.attendance_closed_at, session.attendance_closed_by = clock.now(), by
    record(by, "sheet-closed", "activity", session.id, session.network_id, count=unmarked)


@operation
def reopen_sheet(session: Session, by: int) -> None:
    """Open it for corrections."""
    if not session.attendance_closed_at:
        raise DomainError(_("This sheet is open."))
    session.attendance_closed_at = session.attendance_closed_by = None
    record(by, "sheet-reopened", "activity", session.id, session.network_id)


def _refuse_closed(session: Session) -> None:
    if session.attendance_closed_at:
        raise DomainError(_("This sheet is closed. Open it again to change it."))
