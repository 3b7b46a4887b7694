"""What a letter is about: an event, a pack or a conversation, with the buttons that let its reader act without signing in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from portal.conversations.models import Topic
from portal.db import Rows, db
from portal.events import words
from portal.events.credit_lines import Hours, hours_given
from portal.events.models import Event, Session
from portal.letters.models import Letter
from portal.networks.scope import NetworkHere
from portal.resources.models import Pack
from portal.web import clock
from portal.web.dates import short_day
from portal.web.links import absolute, act_link

MOST_OFFERED, MOST_SESSIONS, DAYS = 30, 4, 60
Linker = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Thing:
    """What a letter is about. ``sessions`` are those of an event that are still to come, ``hours`` what it may promise."""

    kind: str
    id: int
    title: str
    address: str
    sessions: Sequence[Any] = ()
    hours: Sequence[Hours] = ()
    # One booking is for all of them.
    is_whole: bool = False

    def lines(self, time_zone: str) -> list[str]:
        """When and where, and what hours it gives once they are approved, in the language of whoever reads."""
        dates = [f"{words.date_and_hours(one, time_zone)}, {words.where(one)}" for one in self.sessions]
        return [*dates, *([", ".join(map(str, self.hours))] if self.hours else [])]


def thing_of(letter: Letter, network: NetworkHere) -> Thing | None:
    """What the letter is about as it stands now; None when it is about nothing, or that is gone or called off."""
    if not letter.about_id or ROOMS.get(letter.about_kind, "") not in network.rooms:
        return None
    return {"event": _event, "pack": _pack, "topic": _topic}[letter.about_kind](letter.about_id, network)


def is_gone(letter: Letter, network: NetworkHere) -> bool:
    """Whether it is about something that nobody can be told of any more."""
    return bool(letter.about_kind) and thing_of(letter, network) is None


def buttons(thing: Thing, person_id: int, link: Linker = act_link) -> list[tuple[str, str]]:
    """(address, label) of what this reader can do about it."""
    if thing.kind == "pack":
        return [(thing.address, _("Look at the pack")), (link("used", person_id, thing.id, days=DAYS), _("I used it"))]
    if thing.kind == "topic":
        return [(link("answer", person_id, thing.id, days=DAYS), _("Answer"))]
    if len(thing.sessions) == 1 or thing.is_whole:
        only = thing.sessions[0].id
        return [
            (link("coming", person_id, only, days=DAYS, choice="yes"), _("I’m coming")),
            (link("coming", person_id, only, days=DAYS, choice="no"), _("I can’t come")),
        ]
    return [
        (
            link("coming", person_id, one.id, days=DAYS, choice="yes"),
            _("I’m coming on %(day)s", day=short_day(one.starts_at)),
        )
        for one in thing.sessions[:MOST_SESSIONS]
    ]


ROOMS = {"event": "events", "pack": "resources", "topic": "conversations"}


def offered(network: NetworkHere) -> list[tuple[str, str]]:
    """("event:12", its name) of what a letter can be about: what is coming, what was shared, what is talked about."""
    found = [("", _("Nothing in particular"))]
    for kind, query in (("event", _events_ahead), ("pack", _packs), ("topic", _topics)):
        if ROOMS[kind] in network.rooms:
            rows = db.session.execute(query(network.id).limit(MOST_OFFERED))
            found += [(f"{kind}:{row.id}", _label(kind, row)) for row in rows]
    return found


def _label(kind: str, row: Any) -> str:
    if kind == "event":
        return _("%(day)s: %(title)s", day=short_day(row.starts_at), title=row.title)
    named = {"pack": _("Pack: %(title)s", title=row.title), "topic": _("Conversation: %(title)s", title=row.title)}
    return named[kind]


def _events_ahead(network_id: int) -> Rows:
    first = func.min(Session.starts_at).label("starts_at")
    events = select(Event.id, Event.title, first).join(Session, Session.event_id == Event.id)
    return events.where(*_on(network_id)).group_by(Event.id, Event.title).order_by(first)


def _on(network_id: int) -> tuple[Any, ...]:
    return (
        Event.network_id == network_id,
        Event.published_at.is_not(None),
        Event.cancelled_at.is_(None),
        Event.deleted_at.is_(None),
        Session.cancelled_at.is_(None),
        Session.starts_at > clock.now(),
    )


def _shared(network_id: int) -> tuple[Any, ...]:
    return (
        Pack.network_id == network_id,
        Pack.shared_at.is_not(None),
        Pack.retired_at.is_(None),
        Pack.deleted_at.is_(None),
    )


def _packs(network_id: int) -> Rows:
    return select(Pack.id, Pack.title).where(*_shared(network_id)).order_by(Pack.shared_at.desc(), Pack.id)


def _talked(network_id: int) -> tuple[Any, ...]:
    return (Topic.network_id == network_id, Topic.deleted_at.is_(None), Topic.closed_at.is_(None))


def _topics(network_id: int) -> Rows:
    return select(Topic.id, Topic.title).where(*_talked(network_id)).order_by(Topic.last_post_at.desc(), Topic.id)


def _event(event_id: int, network: NetworkHere) -> Thing | None:
    columns = (
        Session.id,
        Session.starts_at,
        Session.minutes,
        Session.mode,
        Session.place,
        Event.title,
        Event.is_public,
        Event.books_whole,
    )
    query = select(*columns).join(Event, Event.id == Session.event_id).where(*_on(network.id), Event.id == event_id)
    rows = list(db.session.execute(query.order_by(Session.starts_at, Session.id)))
    if not rows:
        return None
    if rows[0].is_public:
        address = absolute("public_events.show", slug=network.slug, event_id=event_id)
    else:
        address = absolute("events.show", network=network.slug, event_id=event_id)
    hours = hours_given(db.session.get_one(Event, event_id), network.time_zone)
    return Thing("event", event_id, rows[0].title, address, rows, hours, rows[0].books_whole)


def _pack(pack_id: int, network: NetworkHere) -> Thing | None:
    row = db.session.execute(select(Pack.title).where(Pack.id == pack_id, *_shared(network.id))).first()
    address = absolute("resources.show", network=network.slug, pack_id=pack_id)
    return Thing("pack", pack_id, row.title, address) if row else None


def _topic(topic_id: int, network: NetworkHere) -> Thing | None:
    row = db.session.execute(select(Topic.title).where(Topic.id == topic_id, *_talked(network.id))).first()
    address = absolute("conversations.show", network=network.slug, topic_id=topic_id)
    return Thing("topic", topic_id, row.title, address) if row else None
