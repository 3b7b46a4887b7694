"""By her own word: a person says when she was there; where the sheet no longer takes it, a coordinator decides."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.models import Participation
from portal.activities.operations import Mark, record_attendance
from portal.attendance.hours import Part
from portal.attendance.models import AttendanceClaim
from portal.attendance.queries import SheetRow
from portal.attendance.queries_claims import is_sayable, last_claim, own_row
from portal.db import db, operation
from portal.events.models import Session
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

NOTED, ASKED = "noted", "asked"

phrases.declare(
    {
        "attendance-said": _l("%(person)s says that she was there"),
        "part-said": _l("%(person)s says that she was there for %(new)s minutes"),
        "absence-said": _l("%(person)s says that she was not there"),
        "attendance-asked": _l("%(person)s asks to be counted with %(new)s minutes instead of %(old)s"),
        "claim-accepted": _l("%(actor)s accepted the word of %(person)s: %(new)s minutes instead of %(old)s"),
        "claim-declined": _l("%(actor)s did not take the word of %(person)s: it stays at %(old)s minutes, not %(new)s"),
        "claim-open-again": _l("%(actor)s took the answer to %(person)s back"),
    }
)


@operation
def say(session: Session, person_id: int, said: Part) -> str:
    """Note by her own word how long she was there, 0 for not at all. Returns "noted", or "asked" where it waits.

    It counts at once where she had a place or signed in and nobody else has marked her; on a closed sheet, against
    another's mark or without a place it becomes a question to the coordinator. Raises DomainError outside the window.
    """
    if not is_sayable(session):
        raise DomainError(_refusal(session))
    row = own_row(session.id, person_id)
    if (
        row
        and row.minutes == said.minutes
        and said.arrived_at in (None, row.arrived_at)
        and said.left_at in (None, row.left_at)
    ):
        return NOTED
    if row is None or session.attendance_closed_at or not _is_hers_to_say(row):
        _ask(session, person_id, said, row.minutes if row else None)
        return ASKED
    mark = Mark(person_id, said.minutes, row.capacity, said.arrived_at, said.left_at, row.organisation_id)
    record_attendance(session.id, [mark], person_id, "self")
    phrase = (
        "absence-said" if not said.minutes else "attendance-said" if said.minutes == session.minutes else "part-said"
    )
    record(person_id, phrase, "activity", session.id, person_id=person_id, new=said.minutes)
    return NOTED


@operation
def accept_claim(session: Session, claim: AttendanceClaim, by: int) -> None:
    """Her word goes into the ledger as her word, confirmed by whoever keeps the sheet; on a closed sheet too.

    Raises DomainError when it was answered already, and when the session has become shorter than what she says.
    """
    if claim.minutes > session.minutes:
        raise DomainError(_("The session lasts %(most)s minutes by now. Ask her once more.", most=session.minutes))
    _answer(claim, by, is_accepted=True)
    row = own_row(session.id, claim.person_id)
    old = row.minutes if row else None
    mark = Mark(
        claim.person_id, claim.minutes, row.capacity if row else "participant", claim.arrived_at, claim.left_at,
        row.organisation_id if row else None,
    )  # fmt: skip
    record_attendance(session.id, [mark], by, "self")
    db.session.flush()
    there = _participation(session.id, claim.person_id)
    there.recorded_by, there.confirmed_by, there.confirmed_at = claim.person_id, by, clock.now()
    record(by, "claim-accepted", "activity", session.id, person_id=claim.person_id, old=_told(old), new=claim.minutes)


@operation
def decline_claim(session: Session, claim: AttendanceClaim, by: int) -> None:
    """The sheet stays as it is. Raises DomainError when it was answered already."""
    _answer(claim, by, is_accepted=False)
    row = own_row(session.id, claim.person_id)
    old = _told(row.minutes if row else None)
    record(by, "claim-declined", "activity", session.id, person_id=claim.person_id, old=old, new=claim.minutes)


@operation
def open_claim_again(session: Session, claim: AttendanceClaim, by: int) -> None:
    """Take a "no" back. Raises DomainError when there is none, or she has asked anew since."""
    newest = last_claim(session.id, claim.person_id)
    if claim.is_accepted is not False or newest is None or newest.id != claim.id:
        raise DomainError(_("There is no such answer to take back."))
    claim.answered_at = claim.answered_by = claim.is_accepted = None
    record(by, "claim-open-again", "activity", session.id, person_id=claim.person_id)


def _is_hers_to_say(row: SheetRow) -> bool:
    """She had a place or signed in, and what stands there, if anything, is her own word."""
    had_place = row.is_marked or not (row.is_waiting or row.is_walk_in)
    return had_place and (row.minutes is None or row.is_own_word)


def _ask(session: Session, person_id: int, said: Part, old: int | None) -> None:
    claim = last_claim(session.id, person_id)
    if claim is None or claim.answered_at:
        claim = AttendanceClaim(session_id=session.id, person_id=person_id)
        db.session.add(claim)
    elif (claim.minutes, claim.arrived_at, claim.left_at) == (said.minutes, said.arrived_at, said.left_at):
        return
    claim.minutes, claim.arrived_at, claim.left_at, claim.said_at = (
        said.minutes,
        said.arrived_at,
        said.left_at,
        clock.now(),
    )
    record(person_id, "attendance-asked", "activity", session.id, person_id=person_id, old=_told(old), new=said.minutes)


def _answer(claim: AttendanceClaim, by: int, is_accepted: bool) -> None:
    if claim.answered_at:
        raise DomainError(_("This was answered already."))
    claim.answered_at, claim.answered_by, claim.is_accepted = clock.now(), by, is_accepted


def _refusal(session: Session) -> str:
    if session.cancelled_at or session.event.cancelled_at:
        return _("This was called off.")
    if session.starts_at > clock.now():
        return _("This has not taken place yet.")
    return _(
        "More than two weeks have passed, so the sheet is the coordinator’s alone. Write to her, and she puts it right."
    )


def _participation(session_id: int, person_id: int) -> Participation:
    hers = (Participation.activity_id == session_id, Participation.person_id == person_id)
    return db.session.execute(select(Participation).where(*hers)).scalar_one()


def _told(minutes: int | None) -> str:
    return _("no") if minutes is None else str(minutes)
