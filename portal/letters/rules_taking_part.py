"""What somebody took part in: came, booked, stayed away, was not seen; used a pack; mentors or is mentored."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.activities.models import Activity, Participation, Use
from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.letters.rules import Part, Rule, Span, declare, true_of_her
from portal.letters.rules_people import member_now
from portal.mentoring.models import Pairing
from portal.networks.models import Membership
from portal.people.models import Person
from portal.resources.models import Pack
from portal.web import clock
from portal.web.dates import short_day
from portal.web.numbers import number_of

MOST_SESSIONS, MOST_PACKS = 80, 60


def _sessions(span: Span, answer: str) -> Select[int]:
    """The ids of the sessions of an answer: ``e12`` is all of an event, ``s34`` one session. Ours only."""
    number = number_of(answer[1:])
    which = Session.event_id == number if answer[:1] == "e" else Session.id == number
    return (
        select(Session.id)
        .join(Event, Event.id == Session.event_id)
        .where(which, Event.network_id.in_(span.network_ids), Event.deleted_at.is_(None))
    )


def _took_part(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """She was there for more than no minutes, at something that took place."""
    return true_of_her(
        Participation.person_id == Person.id,
        Participation.minutes > 0,
        Activity.id == Participation.activity_id,
        Activity.held_at.is_not(None),
        Activity.cancelled_at.is_(None),
        *where,
    )


def _came(span: Span, answer: str) -> ColumnElement[bool]:
    return _took_part(Activity.id.in_(_sessions(span, answer)))


def _booked(span: Span, answer: str) -> ColumnElement[bool]:
    """She holds a place or waits for one."""
    return true_of_her(
        Booking.person_id == Person.id, Booking.cancelled_at.is_(None), Booking.session_id.in_(_sessions(span, answer))
    )


def _answered(span: Span, answer: str) -> ColumnElement[bool]:
    """She booked, gave a place back, or said that she can't come: whichever, she needs no invitation."""
    return true_of_her(Booking.person_id == Person.id, Booking.session_id.in_(_sessions(span, answer)))


def _stayed_away(span: Span, answer: str) -> ColumnElement[bool]:
    """She held a place and is marked as not there. Without a mark nobody knows, and nothing is guessed."""
    return true_of_her(
        Booking.person_id == Person.id,
        Booking.cancelled_at.is_(None),
        Booking.waiting_since.is_(None),
        Booking.session_id.in_(_sessions(span, answer)),
        Participation.activity_id == Booking.session_id,
        Participation.person_id == Person.id,
        Participation.minutes == 0,
    )


def _events(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    """The published events of late and ahead with their dates, and each session where there are several; newest first."""
    found = span.once("events", lambda: _named(_event_rows(span)))
    missing = [one for one in answers if one not in found]
    return {**found, **_named(_event_rows(span, missing))} if missing else found


def _named(rows: Sequence[Any]) -> dict[str, str]:
    by_event: dict[int, list[Any]] = {}
    for row in rows:
        by_event.setdefault(row.event_id, []).append(row)
    found: dict[str, str] = {}
    for event_id, sessions in by_event.items():
        first = sessions[-1]
        found[f"e{event_id}"] = _("“%(title)s”, %(day)s", title=first.title, day=short_day(first.starts_at))
        for row in reversed(sessions if len(sessions) > 1 else []):
            found[f"s{row.id}"] = _(
                "“%(title)s”, session %(number)s, %(day)s",
                title=row.title,
                number=row.position,
                day=short_day(row.starts_at),
            )
    return found


def _event_rows(span: Span, answers: Sequence[str] = ()) -> list[Any]:
    ours = (
        select(Session.id, Session.event_id, Session.position, Session.starts_at, Event.title)
        .join(Event, Event.id == Session.event_id)
        .where(Event.network_id.in_(span.network_ids), Event.deleted_at.is_(None), Event.published_at.is_not(None))
        .order_by(Session.starts_at.desc(), Session.id.desc())
    )
    if answers:
        asked = or_(*(Session.id.in_(_sessions(span, one)) for one in answers))
        return list(db.session.execute(ours.where(Session.event_id.in_(select(Session.event_id).where(asked)))))
    return list(db.session.execute(ours.limit(MOST_SESSIONS)))


def _seen_since(span: Span, moment: Any) -> ColumnElement[bool]:
    used = true_of_her(
        Use.person_id == Person.id,
        Use.network_id.in_(span.network_ids),
        Use.withdrawn_at.is_(None),
        Use.recorded_at >= moment,
    )
    return or_(_took_part(Activity.network_id.in_(span.network_ids), Activity.starts_at >= moment), used)


def _unseen(span: Span, answer: str) -> ColumnElement[bool]:
    """Seen is as on the list of schools: she took part in something held, or told of using something."""
    began = span.terms_ago(number_of(answer) or 1)
    # Who joined later could not have been seen.
    return and_(member_now(span, Membership.started_at < began), ~_seen_since(span, began))


def _terms(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {str(count): ngettext("%(num)s term", "%(num)s terms", count) for count in (1, 2, 3)}


def _never_came(span: Span, answer: str) -> ColumnElement[bool]:
    return ~_took_part(Activity.network_id.in_(span.network_ids), Activity.kind == "session")


def _yes(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {"yes": _("Only those")}


def _used(span: Span, answer: str) -> ColumnElement[bool]:
    ours = select(Pack.id).where(Pack.id == number_of(answer), Pack.network_id.in_(span.network_ids))
    return true_of_her(
        Use.person_id == Person.id, Use.withdrawn_at.is_(None), Use.subject_kind == "pack", Use.subject_id.in_(ours)
    )


def _packs(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    """The packs that are used most, and those that were asked for."""
    ours = (
        select(Pack.id, Pack.title)
        .where(Pack.network_id.in_(span.network_ids), Pack.deleted_at.is_(None), Pack.shared_at.is_not(None))
        .order_by(Pack.uses_count.desc(), Pack.title)
    )
    rows = span.once("packs", lambda: list(db.session.execute(ours.limit(MOST_PACKS))))
    missing = [number_of(one) for one in answers if one not in {str(row.id) for row in rows}]
    more = db.session.execute(ours.where(Pack.id.in_(missing))) if missing else ()
    return {str(row.id): _("“%(title)s”", title=row.title) for row in [*rows, *more]}


def _paired(span: Span, answer: str) -> ColumnElement[bool]:
    today = clock.today(span.network.time_zone)
    sides = {"mentor": (Pairing.mentor_id,), "mentee": (Pairing.mentee_id,)}
    hers = or_(*(side == Person.id for side in sides.get(answer, (Pairing.mentor_id, Pairing.mentee_id))))
    now = or_(Pairing.ended_on.is_(None), Pairing.ended_on > today)
    paired = true_of_her(Pairing.network_id.in_(span.network_ids), now, hers)
    return ~paired if answer == "none" else paired


def _sides(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {"mentor": _("mentors somebody"), "mentee": _("is mentored"), "none": _("is in no pair")}


def _about_events(key: str, label: Any, sentence: Any, holds: Any, negative: bool = False) -> Rule:
    return Rule(key, label, sentence, holds, _events, Part.CAME, negative=negative, room="events")


for _rule in (
    _about_events("came", _l("Came to"), _l("came to %(what)s"), _came),
    _about_events("missed", _l("Did not come to"), _l("did not come to %(what)s"), _came, negative=True),
    _about_events("booked", _l("Booked for"), _l("booked for %(what)s"), _booked),
    _about_events("unbooked", _l("Not booked for"), _l("has not booked for %(what)s"), _booked, negative=True),
    _about_events(
        "silent",
        _l("Has not answered about"),
        _l("has neither booked nor said no to %(what)s"),
        _answered,
        negative=True,
    ),
    _about_events("away", _l("Booked and did not come to"), _l("booked for %(what)s and was not there"), _stayed_away),
    Rule("unseen", _l("Not seen for"), _l("was not seen for %(what)s"), _unseen, _terms, Part.SINCE, asks="one"),
    Rule(
        "never",
        _l("Never came to a meeting"),
        _l("never came to a meeting"),
        _never_came,
        _yes,
        Part.SINCE,
        asks="one",
        room="events",
    ),
    Rule("used", _l("Used the pack"), _l("used %(what)s"), _used, _packs, Part.DID, room="resources"),
    Rule("pair", _l("Mentoring"), _l("%(what)s"), _paired, _sides, Part.DID, room="mentoring"),
):
    declare(_rule)
