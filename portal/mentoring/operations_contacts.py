"""Writing down a talk, confirming, correcting and removing it. Only its counted layer leaves a line in the history."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.letters import ask_whether_met
from portal.mentoring.models import ContactActivity, ContactStandard, MentoringContact, Pairing, PairTalk
from portal.mentoring.parts import note_who_took_part
from portal.mentoring.queries_months import closed_for
from portal.mentoring.talk_programmes import count_for
from portal.mentoring.talks import Talk
from portal.mentoring.texts import keep_text
from portal.web import clock, dates
from portal.web.errors import DomainError

phrases.declare(
    {
        "contact.logged": _l("%(actor)s wrote down a talk of %(minutes)s minutes"),
        "contact.corrected": _l("%(actor)s corrected a talk from %(before)s to %(after)s minutes"),
        "contact.redated": _l("%(actor)s moved a talk from %(before)s to %(after)s"),
        "contact.rekinded": _l("%(actor)s changed what kind of talk it was"),
        "contact.confirmed": _l("%(actor)s confirmed the talk"),
        "contact.disputed": _l("%(actor)s said that the talk was otherwise"),
        "contact.deleted": _l("%(actor)s removed a talk"),
        "contact.restored": _l("%(actor)s brought a talk back"),
    }
)
MOST_MINUTES = 600


@operation
def log_contact(pairing: Pairing, by: int, talk: Talk, key: bytes, time_zone: str) -> PairTalk:
    """Write down a talk of a pair, and of the other pairs that sat in it. Returns it as it stands in this pair's book.

    Raises DomainError for a date outside the pair's time or in a closed month, for unlikely minutes, and for a kind that
    does not fit its writer.
    """
    pairs = [pairing, *_others(pairing, by, talk)]
    _refuse_nonsense(pairs, by, talk, time_zone)
    now = clock.now()
    contact = MentoringContact(
        network_id=pairing.network_id,
        title=_("Mentoring talk"),
        starts_at=talk.at,
        minutes=talk.minutes,
        mode=talk.mode,
        held_at=now,
        recorded_by=by,
        created_at=now,
        pairing_id=pairing.id,
        contact_kind=talk.kind,
        focus=talk.focus,
        logged_by=by,
        how_logged=talk.how,
        has_time=talk.has_time,
        next_at=talk.next_at,
    )
    contact.talks = [PairTalk(pairing=one) for one in pairs]
    db.session.add(contact)
    db.session.flush()
    _write_beside(contact, contact.talks[0], by, talk, key, time_zone)
    history.record(by, "contact.logged", "contact", contact.id, pairing.network_id, minutes=talk.minutes)
    for one in contact.talks:
        ask_whether_met(one)
    return contact.talks[0]


@operation
def change_contact(told: PairTalk, by: int, talk: Talk, key: bytes, time_zone: str) -> None:
    """Correct a talk. What was changed has to be confirmed again and leaves both figures in the history."""
    contact = told.contact
    pairs = [one.pairing for one in contact.talks]
    _refuse_nonsense(pairs, by, talk, time_zone)
    _refuse_closed(pairs, clock.local(contact.starts_at, time_zone).date(), time_zone)
    has_changed = _record_changes(contact, by, talk, time_zone)
    contact.starts_at, contact.minutes, contact.mode = talk.at, talk.minutes, talk.mode
    contact.contact_kind, contact.focus, contact.next_at = talk.kind, talk.focus, talk.next_at
    contact.has_time = talk.has_time
    _write_beside(contact, told, by, talk, key, time_zone)
    if has_changed:
        for one in contact.talks:
            one.confirmed_at = one.disputed_at = None
            ask_whether_met(one)


@operation
def add_notes(told: PairTalk, by: int, talk: Talk, key: bytes) -> None:
    """Put the other one's private texts beside a talk that is written down already."""
    _keep_notes(told, by, talk, key)


@operation
def confirm_contact(told: PairTalk, by: int) -> None:
    """Yes, we met. Twice yes is one yes."""
    if told.confirmed_at is None:
        told.confirmed_at, told.disputed_at = clock.now(), None
        history.record(by, "contact.confirmed", "contact", told.contact_id, told.contact.network_id)


@operation
def dispute_contact(told: PairTalk, by: int) -> None:
    """It was otherwise: shown to the one who wrote it down, who can correct it."""
    told.disputed_at, told.confirmed_at = clock.now(), None
    history.record(by, "contact.disputed", "contact", told.contact_id, told.contact.network_id)


@operation
def delete_contact(contact: MentoringContact, by: int, time_zone: str) -> None:
    """Take a talk out of the count; it can be brought back. Raises DomainError where its month is closed."""
    if contact.deleted_at is None:
        _refuse_closed(
            [one.pairing for one in contact.talks], clock.local(contact.starts_at, time_zone).date(), time_zone
        )
        contact.deleted_at = contact.cancelled_at = clock.now()
        history.record(by, "contact.deleted", "contact", contact.id, contact.network_id)


@operation
def restore_contact(contact: MentoringContact, by: int) -> None:
    contact.deleted_at = contact.cancelled_at = None
    history.record(by, "contact.restored", "contact", contact.id, contact.network_id)


def _others(pairing: Pairing, by: int, talk: Talk) -> list[Pairing]:
    """The other pairs of a group: open ones of the same mentor, in the same network."""
    wanted = {one for one in talk.also if one != pairing.id}
    if talk.kind != "group" or not wanted:
        return []
    if by != pairing.mentor_id:
        raise DomainError(_("Only the mentor writes down a talk for several pairs."), "also")
    found = db.session.execute(
        select(Pairing).where(
            Pairing.id.in_(wanted),
            Pairing.mentor_id == pairing.mentor_id,
            Pairing.network_id == pairing.network_id,
        )
    ).scalars()
    pairs = list(found)
    if len(pairs) != len(wanted):
        raise DomainError(_("Choose among your own pairs."), "also")
    return pairs


def _refuse_nonsense(pairs: Sequence[Pairing], by: int, talk: Talk, time_zone: str) -> None:
    day = clock.local(talk.at, time_zone).date()
    if day > clock.today(time_zone):
        raise DomainError(_("This day has not come yet. Write it down when you have met."), "on")
    for pairing in pairs:
        if day < pairing.started_on:
            raise DomainError(_("You two became a pair after that day. Choose a later one."), "on")
        if pairing.ended_on and day > pairing.ended_on:
            raise DomainError(_("Your pair had ended by that day. Choose an earlier one."), "on")
        if talk.kind == "support" and by != pairing.mentor_id:
            raise DomainError(_("Support is the mentor’s own time. Choose another kind."), "kind")
    if not 1 <= talk.minutes <= MOST_MINUTES:
        raise DomainError(_("Type minutes from 1 to 600. A long day is 600."), "minutes")
    _refuse_closed(pairs, day, time_zone)


def _refuse_closed(pairs: Sequence[Pairing], day: date, time_zone: str) -> None:
    closed = closed_for([one.id for one in pairs], day, clock.today(time_zone))
    if closed:
        raise DomainError(
            _(
                "That month closed on %(day)s. Ask for it to be reopened, and nothing is lost.",
                day=dates.day(max(closed.values())),
            ),
            "on",
        )


def _record_changes(contact: MentoringContact, by: int, talk: Talk, time_zone: str) -> bool:
    """Both figures of whatever a correction changes. Returns whether the other one has to be asked again."""
    about = ("contact", contact.id, contact.network_id)
    before, after = (clock.local(at, time_zone).date() for at in (contact.starts_at, talk.at))
    if contact.minutes != talk.minutes:
        history.record(by, "contact.corrected", *about, before=contact.minutes, after=talk.minutes)
    if before != after:
        history.record(by, "contact.redated", *about, before=before.isoformat(), after=after.isoformat())
    if contact.contact_kind != talk.kind:
        history.record(by, "contact.rekinded", *about)
    return contact.minutes != talk.minutes or before != after


def _write_beside(contact: MentoringContact, told: PairTalk, by: int, talk: Talk, key: bytes, time_zone: str) -> None:
    """What hangs on a talk: who took part, which programmes it counts for, what was ticked, the private texts."""
    note_who_took_part(contact, by)
    for one in contact.talks:
        count_for(one, clock.local(contact.starts_at, time_zone).date(), talk.not_for if one is told else ())
    contact.activities = [ContactActivity(code=code) for code in sorted(set(talk.activities))]
    contact.standards = [ContactStandard(line_id=line_id) for line_id in sorted(set(talk.standards))]
    _keep_notes(told, by, talk, key)


def _keep_notes(told: PairTalk, author: int, talk: Talk, key: bytes) -> None:
    keep_text(key, "talk", told.id, author, "we_two", talk.shared)
    keep_text(key, "talk", told.id, author, "only_me", {"note": talk.only_me})
