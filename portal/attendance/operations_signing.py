"""Signing in and out, whichever door it comes through: room code or kiosk end in the same row of the ledger.

``arrived_at`` set and ``minutes`` None: in the room, not counted yet. Signing out counts the whole minutes within the
session's own start and end. Minutes are exact here; credit rounds down later.
"""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.operations_presence import Before, Presence, note_arrival, note_departure, take_back_arrival
from portal.attendance import rules_codes as rules
from portal.attendance.queries_signing import face_named, faces_of, observes
from portal.attendance.typed_signing import Newcomer
from portal.db import operation
from portal.events.models import Session
from portal.events.namesakes import can_be
from portal.events.operations_newcomers import Guest, find_or_make, guest_who_came, note_consent
from portal.events.queries_newcomers import name_behind, school_named
from portal.history import phrases, record
from portal.web import clock, dates, limits
from portal.web.errors import DomainError

phrases.declare(
    {
        "walk-in-arrived": _l("%(person)s came without booking"),
        "sign-in-waited": _l(
            "%(person)s: this tap reached us %(count)s minutes after it was made, as the device says; it had no network"
        ),
        "walk-in-arrived-from": _l("%(person)s came without booking, from “%(school)s”"),
    }
)


@operation
def sign_in(
    session: Session,
    person_id: int,
    how: str,
    by: int | None,
    organisation_id: int | None = None,
    at: datetime | None = None,
    capacity: str | None = None,
) -> Presence:
    """She is in the room: ``how`` is "code" or "kiosk", ``by`` who is signed in to the portal there, if anybody.

    Pressing twice, two phones and a retry are one row with the first arrival. Observers stay observers, and who leads or
    presents stays that. Raises DomainError outside the code's hours, on a closed sheet, and for what was called off.
    """
    moment = at or clock.now()
    _refuse_outside(session, moment)
    face = next(iter(faces_of(session.id, person_id)), None)
    if capacity is None:
        capacity = face.capacity if face else "observer" if observes(session, person_id) else "participant"
    school = organisation_id or (face.organisation_id if face else None)
    presence = note_arrival(session.id, person_id, moment, how, by, capacity, school)
    if presence.before:
        _note_wait(session, person_id, moment, by)
    return presence


@operation
def sign_out(session: Session, person_id: int, how: str, by: int | None, at: datetime | None = None) -> Presence:
    """She leaves, and her minutes are counted; coming back takes that away again. Raises DomainError like ``sign_in``."""
    moment = at or clock.now()
    _refuse_outside(session, moment)
    presence = note_departure(session.id, person_id, moment, how, by)
    if presence.left_at == moment:
        _note_wait(session, person_id, moment, by)
    return presence


@operation
def take_back(session: Session, person_id: int, noted_at: datetime, before: Before, by: int | None) -> None:
    """ "That was not me", within ten minutes. Raises DomainError later, and when the row changed since."""
    _refuse_closed(session)
    if clock.now() - noted_at > rules.TAKE_BACK:
        raise DomainError(_("That is a while ago. Tell whoever leads the session, who can put it right."))
    take_back_arrival(session.id, person_id, noted_at, before, by)


@operation
def walk_in(
    session: Session, who: Newcomer, how: str, by: int | None, time_zone: str, client: str, at: datetime | None = None
) -> tuple[int, Presence]:
    """Somebody who is not on the list signs in. Returns her id and how it stands.

    Found by an address whose holder can have that name, then on the list by name, then by name and school; else a Person
    is made, never an account. A school that the directory lacks stays in the history line: strangers add no schools.
    """
    _refuse_outside(session, at or clock.now())
    if limits.too_many("walk-in", client, rules.WALK_INS, 60):
        raise DomainError(
            _("Many have come through this door in an hour. Sign on the paper sheet: it counts just the same.")
        )
    today = clock.local(session.starts_at, time_zone).date()
    organisation_id = school_named(session.network_id, who.school)
    guest = _who_came(session, who, organisation_id, today, by)
    person_id = guest.person_id
    was_listed = bool(faces_of(session.id, person_id))
    capacity = None if was_listed else who.capacity
    presence = sign_in(session, person_id, how, by, organisation_id, at, capacity)
    # Of somebody who is known already nobody at a door can say what she agrees to.
    if who.wants_more and who.address and guest.is_new and not guest.shares_address:
        note_consent(person_id, "contact", who.wants_more)
    if not was_listed:
        _note_walk_in(session, person_id, "" if organisation_id else who.school, by)
    return person_id, presence


def _who_came(session: Session, who: Newcomer, organisation_id: int | None, today: date, by: int | None) -> Guest:
    """Her address leads to her alone: of another name it says nothing, neither whose it is nor that its holder came."""
    holder = name_behind(who.address) if who.address else None
    if not who.address or (holder and not can_be(who.name, holder)):
        overlooked = face_named(session.id, who.name, who.school)
        if overlooked:
            return Guest(overlooked.person_id, is_new=False)
    if who.address:
        return guest_who_came(who.name, who.address, organisation_id, "walk-in", today)
    return Guest(*find_or_make(who.name, "", organisation_id, "walk-in", today, by))


def _note_wait(session: Session, person_id: int, moment: datetime, by: int | None) -> None:
    """That an hour on the sheet is the word of a device, so that whoever keeps the sheet can ask."""
    waited = clock.now() - moment
    if waited > rules.WORTH_TELLING:
        count = int(waited.total_seconds() // 60)
        record(by, "sign-in-waited", "activity", session.id, person_id=person_id, count=count)


def _note_walk_in(session: Session, person_id: int, school: str, by: int | None) -> None:
    if school:
        record(by, "walk-in-arrived-from", "activity", session.id, person_id=person_id, school=school)
    else:
        record(by, "walk-in-arrived", "activity", session.id, person_id=person_id)


def _refuse_outside(session: Session, moment: datetime) -> None:
    """Why nobody signs in or out at that moment, in words."""
    _refuse_closed(session)
    if not rules.is_on(session):
        raise DomainError(_("This was called off, so nobody signs in."))
    if moment < rules.opens_at(session):
        raise DomainError(_("Signing in begins at %(time)s.", time=dates.time(rules.opens_at(session))))
    if moment > rules.closes_at(session):
        end = dates.time(rules.closes_at(session))
        raise DomainError(_("Signing in and out ended at %(time)s. Tell whoever led the session.", time=end))


def _refuse_closed(session: Session) -> None:
    if session.attendance_closed_at:
        raise DomainError(_("The sheet of this session is closed. Tell whoever led it, who can open it again."))
