"""Mails about events: booked, moved up, changed, called off, back on. Each is a row in the act's own transaction."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.events import words
from portal.events.calendar_files import calendar_for_mail
from portal.events.credit_lines import hours_given
from portal.events.models import Booking, Event, Session
from portal.events.moves import Moved
from portal.events.queries_letters import Recipient, Sender, recipients, sender_of
from portal.events.signed import booking_url
from portal.mail import kinds, outbox
from portal.web import clock
from portal.web.languages import in_language

BOOKED = _l("You get this because you booked a place.")
for key in ("booking", "booking-moved-up", "event-changed", "event-called-off", "event-back-on"):
    kinds.declare(key, why=BOOKED)


# Subject and what else a mail says, asked for in its reader's language.
Say = Callable[[], tuple[str, dict[str, Any]]]


def tell_booked(event: Event, person_id: int, bookings: Sequence[Booking]) -> int:
    """One mail for one booking act, with the link to change or cancel it."""
    sender = sender_of(event)
    waits = {booking.session_id for booking in bookings if booking.waiting_since}
    booked = _in_order(one for one in event.sessions if one.id in {b.session_id for b in bookings})

    def say() -> tuple[str, dict[str, Any]]:
        waiting = _("On the waiting list: %(title)s", title=event.title)
        subject = waiting if len(waits) == len(bookings) else _("Your place: %(title)s", title=event.title)
        dates = [(_line(session, sender), session.id in waits) for session in booked]
        return subject, {"dates": dates, "hours": hours_given(event, sender.time_zone)}

    people = [one for one in recipients([b.session_id for b in bookings]) if one.person_id == person_id]
    return _send("booking", people, say, event, sender, [one for one in booked if one.id not in waits])


def tell_moved_up(session: Session, people: Sequence[int]) -> int:
    """A place came free: those who moved up from the waiting list are coming now."""
    if not people:
        return 0
    event, sender = session.event, sender_of(session.event)

    def say() -> tuple[str, dict[str, Any]]:
        return _("You have a place: %(title)s", title=event.title), {"line": _line(session, sender)}

    told = [one for one in recipients([session.id]) if one.person_id in people]
    return _send("booking-moved-up", told, say, event, sender, [session])


def tell_changed(event: Event, moves: Iterable[Moved]) -> int:
    """Those who booked a session that moved, with how it was and how it is. Past sessions move nobody."""
    sender = sender_of(event)
    ahead = [move for move in moves if max(move.old_starts_at, move.session.starts_at) > clock.now()]
    sessions = [move.session for move in ahead]

    def say() -> tuple[str, dict[str, Any]]:
        now = [None if move.is_taken_out else _line(move.session, sender) for move in ahead]
        changes = list(zip([_line(move, sender) for move in ahead], now, strict=True))
        return _("Changed: %(title)s", title=event.title), {"changes": changes}

    return _send("event-changed", recipients([one.id for one in sessions]), say, event, sender, sessions)


def tell_called_off(event: Event, sessions: Sequence[Session]) -> int:
    return _tell_all("event-called-off", _l("Called off: %(title)s", title=event.title), event, sessions)


def tell_back_on(event: Event, sessions: Sequence[Session]) -> int:
    return _tell_all("event-back-on", _l("It takes place after all: %(title)s", title=event.title), event, sessions)


def _tell_all(kind: str, subject: object, event: Event, sessions: Sequence[Session]) -> int:
    sender = sender_of(event)

    def say() -> tuple[str, dict[str, Any]]:
        return str(subject), {"lines": [_line(session, sender) for session in _in_order(sessions)]}

    return _send(kind, recipients([one.id for one in sessions]), say, event, sender, sessions)


def _send(
    kind: str, people: Iterable[Recipient], say: Say, event: Event, sender: Sender, sessions: Sequence[Session]
) -> int:
    """One mail a person, in her language, with a calendar file of ``sessions``; returns how many."""
    told = 0
    for person in people:
        with in_language(person.locale or sender.locale):
            _queue(kind, person, *say(), event, sender, sessions)
        told += 1
    return told


def _queue(
    kind: str,
    person: Recipient,
    subject: str,
    context: dict[str, Any],
    event: Event,
    sender: Sender,
    sessions: Sequence[Session],
) -> None:
    link = booking_url(event.id, person.person_id)
    file = calendar_for_mail(event, sessions, sender.network, sender.time_zone, link)
    outbox.queue(
        kind, person.address, subject, kind.replace("-", "_"), to_name=person.name, person_id=person.person_id,
        network_id=event.network_id, from_name=sender.from_name, reply_to=sender.reply_to, calendar_file=file,
        first_name=person.first_name, event=event, sender=sender, link=link, calendar=f"{link}/calendar.ics", **context,
    )  # fmt: skip


def _in_order(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda one: one.starts_at)


def _line(one: Any, sender: Sender) -> str:
    return f"{words.date_and_hours(one, sender.time_zone)}, {words.where(one)}"
