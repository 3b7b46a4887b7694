"""The two organisations met: one meeting in the ledger, and whoever was there takes part for her side."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.activities.meetings import refuse_unlikely
from portal.activities.operations_meetings import corrections, note_who_was_there
from portal.db import db, operation
from portal.history import phrases
from portal.mentor_schools.models import OrganisationMeeting, OrganisationPair
from portal.mentor_schools.pairs import MEETING, Meeting, state_of
from portal.mentor_schools.queries import was_there
from portal.networks.queries_places import members_at
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "schools.met": _l("%(actor)s wrote down a meeting of %(minutes)s minutes"),
        "schools.meeting_changed": _l("%(actor)s changed the meeting"),
        "schools.meeting_minutes": _l("%(actor)s corrected the meeting from %(before)s to %(after)s minutes"),
        "schools.meeting_redated": _l("%(actor)s moved the meeting from %(before)s to %(after)s"),
        "schools.meeting_removed": _l("%(actor)s removed the meeting"),
        "schools.meeting_restored": _l("%(actor)s brought the meeting back"),
    }
)


@operation
def log_meeting(pair: OrganisationPair, by: int, meeting: Meeting, time_zone: str) -> OrganisationMeeting:
    """Write down a meeting. Raises DomainError before both have agreed, for unlikely figures, and for people of neither side."""
    if state_of(pair) not in ("running", "ended"):
        raise DomainError(_("Both sides have to say yes first."))
    _refuse(pair, meeting, time_zone)
    now = clock.now()
    made = OrganisationMeeting(
        network_id=pair.network_id,
        title=_("Meeting of mentor schools"),
        starts_at=meeting.met.at,
        minutes=meeting.met.minutes,
        mode=meeting.met.mode,
        held_at=now,
        recorded_by=by,
        created_at=now,
        pair_id=pair.id,
        outcome=meeting.outcome,
        next_on=meeting.next_on,
    )
    db.session.add(made)
    db.session.flush()
    _note_who_was_there(pair, made, meeting, by)
    history.record(by, "schools.met", MEETING, made.id, pair.network_id, minutes=made.minutes)
    return made


@operation
def change_meeting(
    pair: OrganisationPair, known: OrganisationMeeting, version: int, by: int, meeting: Meeting, time_zone: str
) -> None:
    """Correct a meeting; changed minutes and days leave both figures. Raises Conflict for a stale page."""
    if known.row_version != version:
        raise Conflict({"outcome": known.outcome})
    _refuse(pair, meeting, time_zone, known)
    for what, figures in corrections(known, meeting.met, time_zone).items():
        history.record(by, f"schools.meeting_{what}", MEETING, known.id, known.network_id, **figures)
    known.starts_at, known.minutes, known.mode = meeting.met.at, meeting.met.minutes, meeting.met.mode
    known.outcome, known.next_on = meeting.outcome, meeting.next_on
    _note_who_was_there(pair, known, meeting, by)


@operation
def delete_meeting(meeting: OrganisationMeeting, by: int) -> None:
    """Take it out of the count; it can be brought back."""
    if meeting.deleted_at is None:
        meeting.deleted_at = meeting.cancelled_at = clock.now()
        history.record(by, "schools.meeting_removed", MEETING, meeting.id, meeting.network_id)


@operation
def restore_meeting(meeting: OrganisationMeeting, by: int) -> None:
    if meeting.deleted_at is not None:
        meeting.deleted_at = meeting.cancelled_at = None
        history.record(by, "schools.meeting_restored", MEETING, meeting.id, meeting.network_id)


def _refuse(pair: OrganisationPair, meeting: Meeting, time_zone: str, known: OrganisationMeeting | None = None) -> None:
    refuse_unlikely(meeting.met, time_zone, pair.starts_on)
    day = clock.local(meeting.met.at, time_zone).date()
    if pair.ended_on and day > pair.ended_on:
        raise DomainError(_("It had ended by that day. Choose an earlier one."), "on")
    if not meeting.there:
        raise DomainError(_("Say who was there, one of you at least."), "there")
    if not meeting.there <= {*_sides(pair), *(was_there(known.id) if known else ())}:
        raise DomainError(_("Choose among those who work at one of the two."), "there")


def _sides(pair: OrganisationPair) -> dict[int, int]:
    """Who works at one of the two: person → organisation. Whoever works at both stands for the one that is helped."""
    order = (pair.mentor_organisation_id, pair.mentee_organisation_id)
    found = members_at(pair.network_id, order)
    return {one.id: one.organisation_id for one in sorted(found, key=lambda one: order.index(one.organisation_id))}


def _note_who_was_there(pair: OrganisationPair, made: OrganisationMeeting, meeting: Meeting, by: int) -> None:
    """Each from the side that she worked for; who left since keeps the side she had."""
    sides = _sides(pair)
    there = {
        one: "mentor" if sides.get(one) == pair.mentor_organisation_id else "mentee" for one in sorted(meeting.there)
    }
    note_who_was_there(made, there, by, sides)
