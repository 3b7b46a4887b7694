"""The dates of a digest: those she holds in this period, what was called off, her next meetings, and what she may book."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.activities.meetings import NOON, moment
from portal.digest import words
from portal.digest.content import Act, Item, Make
from portal.digest.gathering import Facts
from portal.digest.periods import SPANS
from portal.digest.queries_dates import SessionAhead, by_event
from portal.digest.queries_readers import Place, Reader
from portal.events.words import where
from portal.web import clock, dates
from portal.web.links import act_link


def hers(reader: Reader, facts: Facts) -> list[Item]:
    """What she booked or waits for in this period and no other mail reminds her of, next meetings, and what was called off."""
    until = clock.now() + SPANS.get(reader.rhythm, SPANS["weekly"])
    found = [*_held(reader, facts), *_talks(reader, facts), *_meetings(reader, facts)]
    found.sort(key=lambda dated: dated[0])
    return [item for at, item in found if at < until or item.told[0].startswith("off:")]


def _held(reader: Reader, facts: Facts) -> Iterator[tuple[datetime, Item]]:
    for place in reader.places_with("events"):
        for session in facts.dates.sessions.get(place.id, ()):
            state = facts.dates.held.get(reader.id, {}).get(session.id)
            if state in ("placed", "waiting"):
                item = _held_item(session, state, reader, place, facts)
                if item is not None:
                    yield session.starts_at, item


def _held_item(session: SessionAhead, state: str, reader: Reader, place: Place, facts: Facts) -> Item | None:
    at = words.when(session, reader, place)
    if session.cancelled_at:
        told = f"off:{session.id}"
        if told in reader.told or facts.dates.was_told_off(reader.id, session.cancelled_at):
            return None
        return Item(session.title, (told,), at, words.sentence(_("Called off"), session.cancel_reason))
    if (reader.id, session.id, session.starts_at) in facts.dates.reminded:
        return None
    how = _("You are coming") if state == "placed" else _("You are on the waiting list")
    return Item(
        session.title,
        (key("yours", session),),
        at,
        words.sentence(_capital(where(session)), how),
        act_link("coming", reader.id, session.id, days=_days(session)),
        _("If you can’t come after all:"),
        (Act(_("I can’t come"), act_link("coming", reader.id, session.id, days=_days(session), choice="no")),),
    )


def _talks(reader: Reader, facts: Facts) -> Iterator[tuple[datetime, Item]]:
    open_here = {place.id: place for place in reader.places_with("mentoring")}
    for talk in facts.dates.talks.get(reader.id, ()):
        if talk.network_id in open_here:
            title = _("Your next talk with %(name)s", name=talk.other)
            told = f"talk:{talk.pairing_id}@{int(talk.at.timestamp())}"
            yield talk.at, Item(title, (told,), words.on_her_clock(talk.at, reader))


def _meetings(reader: Reader, facts: Facts) -> Iterator[tuple[datetime, Item]]:
    """Of each two schools the soonest date that has not passed on the clocks of their network."""
    open_here = {place.id: place for place in reader.places_with("mentoring")}
    seen: set[int] = set()
    for one in facts.dates.meetings.get(reader.id, ()):
        place = open_here.get(one.network_id)
        if place and one.pair_id not in seen and one.on >= clock.today(place.time_zone):
            seen.add(one.pair_id)
            title = _("%(mentor)s and %(mentee)s meet", mentor=one.mentor, mentee=one.mentee)
            told = f"schools:{one.pair_id}@{one.on.isoformat()}"
            yield moment(one.on, NOON, place.time_zone), Item(title, (told,), dates.short_day(one.on))


def to_book(reader: Reader, facts: Facts) -> list[Make]:
    """Events with a date that she neither holds nor gave back, nor was told of in this state or by a letter."""
    found: list[tuple[datetime, Make]] = []
    for place in reader.places_with("events"):
        held = facts.dates.held.get(reader.id, {})
        open_ones = [
            one
            for one in facts.dates.sessions.get(place.id, ())
            if not one.cancelled_at and one.owner_id != reader.id and one.id not in held
        ]
        told = reader.told
        fresh = [one for one in open_ones if not {key("session", one), f"event:{one.event_id}"} & told]
        for sessions in by_event(fresh).values():
            found.append((sessions[0].starts_at, partial(_offered, sessions, reader, place, facts)))
    found.sort(key=lambda dated: dated[0])
    return [make for _at, make in found]


def _offered(sessions: list[SessionAhead], reader: Reader, place: Place, facts: Facts) -> Item:
    first, further = sessions[0], len(sessions) - 1
    more = ngettext("and one more date", "and %(num)s more dates", further) if further else ""
    at = f"{words.when(first, reader, place)}, {more}" if more else words.when(first, reader, place)
    places = facts.dates.places_in(first.id)
    coming = _("Put me on the list") if places.is_full(first.capacity) else _("I’m coming")
    return Item(
        first.title,
        tuple(key("session", one) for one in sessions),
        at,
        words.sentence(_capital(where(first)), words.places(places.left(first.capacity)), of_network(reader, place)),
        act_link("coming", reader.id, first.id, days=_days(first)),
        _("Coming or not:"),
        (
            Act(coming, act_link("coming", reader.id, first.id, days=_days(first), choice="yes"), strong=True),
            Act(_("Can’t"), act_link("coming", reader.id, first.id, days=_days(first), choice="no")),
        ),
    )


def key(kind: str, session: SessionAhead) -> str:
    """A session as it stands: when its time moves it is news again."""
    return f"{kind}:{session.id}@{int(session.starts_at.timestamp())}"


def of_network(reader: Reader, place: Place) -> str:
    """Whose it is, for a reader of several networks."""
    return place.short_name if len(reader.places) > 1 else ""


def _days(session: SessionAhead) -> int:
    """The link works until the day after."""
    return (session.starts_at - clock.now()).days + 2


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
