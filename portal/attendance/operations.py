"""Who came: marks go into the ledger, walk-ins become people, and a sheet is closed and opened again."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.models import Participation
from portal.activities.operations import Mark, Recorded, record_attendance
from portal.attendance.hours import counted
from portal.attendance.queries import sheet_of
from portal.db import db, operation
from portal.events.models import Session
from portal.events.operations_newcomers import find_or_make, find_or_make_school
from portal.events.times import start_of_day
from portal.history import phrases, record
from portal.people.models import Affiliation
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "walk-in-added": _l("%(actor)s added %(person)s, who came without booking"),
        "sheet-closed": _l("%(actor)s closed the sheet; %(count)s were left without a mark"),
        "sheet-closed-counting": _l(
            "%(actor)s closed the sheet: %(counted)s who had signed in were counted to the end, %(away)s marked as not "
            "here, %(count)s left without a mark"
        ),
        "sheet-reopened": _l("%(actor)s opened the sheet again"),
    }
)


@operation
def mark_sheet(session: Session, marks: Sequence[Mark], time_zone: str, by: int, how: str = "coordinator") -> Recorded:
    """Save what is marked so far; the rest can follow. ``how`` is "sheet" for what is typed from paper.

    Raises DomainError before the day or on a closed sheet.
    """
    refuse_closed(session)
    if clock.now() < start_of_day(clock.local(session.starts_at, time_zone).date(), time_zone):
        raise DomainError(_("You can mark who came from the day itself on."))
    return record_attendance(session.id, marks, by, how)


@operation
def add_walk_in(
    session: Session, name: str, address: str, school: str, capacity: str, time_zone: str, by: int,
    is_another: bool = False,
) -> int:  # fmt: skip
    """Somebody who came without booking, there for the whole session until her minutes are changed.

    Finds her by address, or by name and school, else makes a Person; never an account. ``is_another`` makes one in any
    case: two people of one name at one school. Returns her id.
    """
    person_id, organisation_id = walked_in(session, name, address, school, time_zone, by, is_another)
    mark_sheet(session, [Mark(person_id, session.minutes, capacity, organisation_id=organisation_id)], time_zone, by)
    return person_id


def walked_in(
    session: Session, name: str, address: str, school: str, time_zone: str, by: int, is_another: bool = False
) -> tuple[int, int | None]:
    """Her id and that of her school, found or made, and the line that says so. Belongs into the operation that marks her."""
    today = clock.local(session.starts_at, time_zone).date()
    organisation_id = find_or_make_school(session.network_id, school, today)
    # Without a school nobody is found by her name alone.
    known_at = None if is_another else organisation_id
    person_id, is_new = find_or_make(name, address, known_at, "walk-in", today, by)
    if is_new and is_another and organisation_id:
        db.session.add(Affiliation(person_id=person_id, organisation_id=organisation_id, started_on=today))
    record(by, "walk-in-added", "activity", session.id, person_id=person_id)
    return person_id, organisation_id


def refuse_closed(session: Session) -> None:
    """Raises DomainError on a closed sheet."""
    if session.attendance_closed_at:
        raise DomainError(_("This sheet is closed. Open it again to change it."))


@operation
def close_sheet(session: Session, unmarked: int, by: int, rest_away: bool = False) -> int:
    """Nothing more is expected. Whoever signed in and never out is counted to the session's end.

    ``unmarked`` people stay "not marked", which is not zero, unless ``rest_away`` marks them as not here. Whoever signed
    in only after the end stays that in either case: nothing says how long she was there. Returns how many were counted.
    Raises DomainError on a closed sheet, and before the session began.
    """
    refuse_closed(session)
    if session.starts_at > clock.now():
        raise DomainError(_("This has not begun yet."))
    now = clock.now()
    session.attendance_closed_at, session.attendance_closed_by = now, by
    away = _mark_away(session, by) if rest_away else []
    signed_in = [row for row in _participations(session) if row.minutes is None and row.arrived_at]
    in_room = [row for row in signed_in if counted(session.starts_at, session.minutes, row.arrived_at, None)]
    for row in in_room:
        row.minutes = counted(session.starts_at, session.minutes, row.arrived_at, None)
    _confirm([*in_room, *away], by, now)
    if in_room and session.held_at is None:
        session.held_at = now
    told = {"count": (0 if rest_away else unmarked) + len(signed_in) - len(in_room)}
    if in_room or away:
        record(
            by,
            "sheet-closed-counting",
            "activity",
            session.id,
            session.network_id,
            counted=len(in_room),
            away=len(away),
            **told,
        )
    else:
        record(by, "sheet-closed", "activity", session.id, session.network_id, **told)
    return len(in_room)


@operation
def reopen_sheet(session: Session, by: int) -> None:
    """Open it for corrections: whom closing counted and nobody changed since is in the room again, or not marked."""
    closed_at = session.attendance_closed_at
    if not closed_at:
        raise DomainError(_("This sheet is open."))
    for row in _participations(session):
        # A word of her own that was accepted in the very moment is no count of closing.
        if row.confirmed_at == closed_at and row.how_recorded != "self":
            row.minutes = row.confirmed_by = row.confirmed_at = None
    session.attendance_closed_at = session.attendance_closed_by = None
    record(by, "sheet-reopened", "activity", session.id, session.network_id)


def _mark_away(session: Session, by: int) -> list[Participation]:
    rows = sheet_of(session.id).unmarked_rows
    record_attendance(
        session.id, [Mark(row.person_id, 0, row.capacity, organisation_id=row.organisation_id) for row in rows], by
    )
    db.session.flush()
    people = {row.person_id for row in rows}
    return [row for row in _participations(session) if row.person_id in people]


def _confirm(rows: Sequence[Participation], by: int, now: datetime) -> None:
    """The moment of closing on a row is what opening the sheet again goes by; any later mark takes it off."""
    for row in rows:
        row.confirmed_by, row.confirmed_at = by, now


def _participations(session: Session) -> list[Participation]:
    rows = select(Participation).where(Participation.activity_id == session.id)
    return list(db.session.execute(rows).scalars())
