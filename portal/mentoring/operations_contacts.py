"""Writing down a talk, confirming and correcting it. Only its counted layer leaves a line in the history."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.draft_keeping import BESIDE, DRAFT, Place, forget_draft
from portal.mentoring.group_books import add_pairs
from portal.mentoring.kept import refuse_when_gone
from portal.mentoring.models import ContactActivity, ContactStandard, MentoringContact, Pairing, PairTalk
from portal.mentoring.parts import note_who_took_part
from portal.mentoring.stale import fact_of, refuse_stale
from portal.mentoring.talk_changes import ask_whether_met, record_changes
from portal.mentoring.talk_checks import refuse_closed, refuse_fewer, refuse_nonsense
from portal.mentoring.talk_programmes import count_for, taken_out
from portal.mentoring.talks import Talk
from portal.mentoring.texts import add_text, keep_text
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "contact.logged": _l("%(actor)s wrote down a talk of %(minutes)s minutes"),
        "contact.joined": _l("%(actor)s made one of two talks that were written down twice"),
        "contact.confirmed": _l("%(actor)s confirmed the talk"),
        "contact.disputed": _l("%(actor)s said that the talk was otherwise"),
    }
)


@operation
def log_contact(
    pairing: Pairing, by: int, talk: Talk, key: bytes, time_zone: str, twins: Sequence[PairTalk] = ()
) -> PairTalk:
    """Write down a talk of a pair, and of the other pairs that sat in it. Returns it as it stands in this pair's book.

    ``twins`` are what others of a group had written down of it alone: they become part of this one, with their texts and
    ticks; whoever had written another length is asked about this one.
    A draft of the writer for this pair is gone afterwards. Raises DomainError for a date outside the pair's time or in a
    closed month, for unlikely minutes, and for a kind that does not fit its writer.
    """
    pairs = [pairing, *_others(pairing, by, talk)]
    refuse_nonsense(pairs, by, talk, time_zone)
    contact = _new_contact(pairing, by, talk)
    alone = {told.pairing_id for told in twins}
    contact.talks = [PairTalk(pairing=one) for one in pairs if one.id not in alone]
    db.session.add(contact)
    db.session.flush()
    history.record(by, "contact.logged", "contact", contact.id, pairing.network_id, minutes=talk.minutes)
    for one in contact.talks:
        ask_whether_met(one)
    ticks = [one.contact for one in twins]
    own = {one.id: taken_out(one, _day_of(one.contact, time_zone)) for one in twins}
    for told in twins:
        _take_in(contact, told, by)
    told = next(one for one in contact.talks if one.pairing_id == pairing.id)
    note_who_took_part(contact, by)
    day = _day_of(contact, time_zone)
    for one in contact.talks:
        count_for(one, day, (talk.not_for or ()) if one is told else own.get(one.id, ()))
    _tick(contact, talk, ticks)
    _keep_notes(told, by, talk, key)
    if talk.how == "page":
        forget_draft(Place(DRAFT, pairing.id), by, key)
    return told


@operation
def change_contact(told: PairTalk, by: int, talk: Talk, key: bytes, time_zone: str, seen: str = "") -> None:
    """Correct a talk. What was changed has to be confirmed again and leaves both figures in the history.

    ``seen`` is its mark when the form was drawn (``stale.mark_of``); Raises Conflict when it changed since then,
    DomainError like ``log_contact``.
    """
    contact = told.contact
    if seen:
        refuse_stale(told, by, talk, key, seen)
    added = [one for one in _others(told.pairing, by, talk) if one.id not in {old.pairing_id for old in contact.talks}]
    pairs = [told.pairing, *(one.pairing for one in contact.talks if one is not told), *added]
    refuse_nonsense(pairs, by, talk, time_zone)
    refuse_fewer(contact, talk)
    before = _day_of(contact, time_zone)
    refuse_closed(pairs, before, time_zone)
    has_changed = record_changes(contact, by, talk, time_zone)
    contact.starts_at, contact.minutes, contact.mode = talk.at, talk.minutes, talk.mode
    contact.contact_kind, contact.focus, contact.next_at = talk.kind, talk.focus, talk.next_at
    contact.has_time = talk.has_time
    # Ticks hang on it: they change it too, for whoever has it open in a second window.
    flag_modified(contact, "minutes")
    add_pairs(contact, added, time_zone)
    note_who_took_part(contact, by)
    _count_again(contact, told, before, talk, time_zone)
    _tick(contact, talk)
    _keep_notes(told, by, talk, key)
    forget_draft(Place(BESIDE, told.id), by, key)
    for one in contact.talks:
        if has_changed:
            one.confirmed_at = one.disputed_at = None
        if has_changed or one.pairing in added:
            ask_whether_met(one)


@operation
def add_notes(told: PairTalk, by: int, talk: Talk, key: bytes) -> None:
    """Put private texts beside a talk that is written down already, beneath what this author had written there."""
    refuse_when_gone(told.pairing, talk.texts)
    add_text(key, "talk", told.id, by, "we_two", talk.shared)
    add_text(key, "talk", told.id, by, "only_me", {"note": talk.only_me})


@operation
def confirm_contact(told: PairTalk, by: int, seen: str = "") -> None:
    """Yes, we met. Twice yes is one yes.

    ``seen`` is what she said yes to, where that is known (``stale.fact_of``); raises DomainError where it was put
    right meanwhile.
    """
    if seen and seen != fact_of(told.contact.starts_at, told.contact.minutes):
        raise DomainError(_("It was put right while you looked. Read it once more, then say whether it is right."))
    if told.confirmed_at is None:
        told.confirmed_at, told.disputed_at = clock.now(), None
        history.record(by, "contact.confirmed", "contact", told.contact_id, told.contact.network_id)


@operation
def dispute_contact(told: PairTalk, by: int) -> None:
    """It was otherwise: shown to the one who wrote it down, who can correct it. Said twice it is said once."""
    if told.disputed_at is None:
        told.disputed_at, told.confirmed_at = clock.now(), None
        history.record(by, "contact.disputed", "contact", told.contact_id, told.contact.network_id)


def _day_of(contact: MentoringContact, time_zone: str) -> date:
    return clock.local(contact.starts_at, time_zone).date()


def _new_contact(pairing: Pairing, by: int, talk: Talk) -> MentoringContact:
    now = clock.now()
    return MentoringContact(
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


def _others(pairing: Pairing, by: int, talk: Talk) -> list[Pairing]:
    """The other pairs of a group: those of the same mentor, in the same network."""
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


def _take_in(contact: MentoringContact, told: PairTalk, by: int) -> None:
    """What one of a group wrote down alone moves into the talk of all. Both have said so where both said the same length."""
    alone = told.contact
    told.contact = contact
    told.confirmed_at, told.disputed_at = clock.now() if alone.minutes == contact.minutes else None, None
    if told.confirmed_at is None:
        ask_whether_met(told)
    contact.next_at = contact.next_at or alone.next_at
    alone.deleted_at = alone.cancelled_at = clock.now()
    history.record(by, "contact.joined", "contact", contact.id, contact.network_id)


def _count_again(contact: MentoringContact, told: PairTalk, before: date, talk: Talk, time_zone: str) -> None:
    """For this pair what was ticked now; for the others of a group, and where nothing was asked, what was out stays out."""
    day = _day_of(contact, time_zone)
    for one in contact.talks:
        is_said = one is told and talk.not_for is not None
        count_for(one, day, (talk.not_for or ()) if is_said else taken_out(one, before))


def _tick(contact: MentoringContact, talk: Talk, others: Sequence[MentoringContact] = ()) -> None:
    """What she ticked, with what ``others`` had ticked who become part of this talk."""
    codes = {*talk.activities, *(one.code for other in others for one in other.activities)}
    lines = {*talk.standards, *(one.line_id for other in others for one in other.standards)}
    contact.activities = [ContactActivity(code=code) for code in sorted(codes)]
    contact.standards = [ContactStandard(line_id=line_id) for line_id in sorted(lines)]


def _keep_notes(told: PairTalk, author: int, talk: Talk, key: bytes) -> None:
    refuse_when_gone(told.pairing, talk.texts)
    keep_text(key, "talk", told.id, author, "we_two", talk.shared)
    keep_text(key, "talk", told.id, author, "only_me", {"note": talk.only_me})
