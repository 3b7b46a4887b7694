"""Mails about events: booked, moved up, changed, called off, back on. Each is a row in the act's own transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.events import words
from portal.events.calendar_files import calendar_for_mail
from portal.events.models import Booking, Event, Session
from portal.events.moves import Moved
from portal.events.queries_letters import Recipient, Sender, recipients, sender_of
from portal.events.signed import booking_url
from portal.mail import kinds, outbox
from portal.web import clock

BOOKED = _l("You get this because you booked a place.")
for key in ("booking", "booking-moved-up", "event-changed", "event-called-off", "event-back-on"):
    kinds.declare(key, why=BOOKED)


def tell_booked(event: Event, person_id: int, bookings: Sequence[Booking]) -> int:
    """One mail for one booking act, with the link to change or cancel it."""
    sender = sender_of(event)
    waits = {booking.session_id for booking in bookings if booking.waiting_since}
    dates = _dates([one for one in event.sessions if one.id in {b.session_id for b in bookings}], sender)
    by_waiting = [(line, session.id in waits) for session, line in dates]
    if waits and len(waits) == len(bookings):
        subject = _("On the waiting list: %(title)s", title=event.title)
    else:
        subject = _("Your place: %(title)s", title=event.title)
    people = [one for one in recipients([b.session_id for b in bookings]) if one.person_id == person_id]
    placed = [session for session, _line in dates if session.id not in waits]
    return _send("booking", people, subject, "booking", event, sender, placed, dates=by_waiting)


def tell_moved_up(session: Session, people: Sequence[int]) -> int:
    """A place came free: those who moved up from the waiting list are coming now."""
    if not people:
        return 0
    sender = sender_of(session.event)
    subject = _("You have a place: %(title)s", title=session.event.title)
    told = [one for one in recipients([session.id]) if one.person_id in people]
    [(_session, line)] = _dates([session], sender)
    return _send("booking-moved-up", told, subject, "booking_moved_up", session.event, sender, [session], line=line)


def tell_changed(event: Event, moves: Iterable[Moved]) -> int:
    """Those who booked a session that moved, with how it was and how it is. Past sessions move nobody."""
    sender = sender_of(event)
    ahead = [move for move in moves if max(move.old_starts_at, move.session.starts_at) > clock.now()]
    changes = [(_line(move, sender), None if move.is_taken_out else _line(move.session, sender)) for move in ahead]
    subject = _("Changed: %(title)s", title=event.title)
    people = recipients([move.session.id for move in ahead])
    return _send(
        "event-changed",
        people,
        subject,
        "event_changed",
        event,
        sender,
        [move.session for move in ahead],
        changes=changes,
    )


def tell_called_off(event: Event, sessions: Sequence[Session]) -> int:
    sender = sender_of(event)
    subject = _("Called off: %(title)s", title=event.title)
    lines = [line for _session, line in _dates(sessions, sender)]
    people = recipients([one.id for one in sessions])
    return _send("event-called-off", people, subject, "event_called_off", event, sender, sessions, lines=lines)


def tell_back_on(event: Event, sessions: Sequence[Session]) -> int:
    sender = sender_of(event)
    subject = _("It takes place after all: %(title)s", title=event.title)
    lines = [line for _session, line in _dates(sessions, sender)]
    people = recipients([one.id for one in sessions])
    return _send("event-back-on", people, subject, "event_back_on", event, sender, sessions, lines=lines)


def _send(
    kind: str,
    people: Iterable[Recipient],
    subject: str,
    template: str,
    event: Event,
    sender: Sender,
    sessions: Sequence[Session] = (),
    **context: Any,
) -> int:
    """One mail a person, with a calendar file of ``sessions``; returns how many."""
    told = 0
    for person in people:
        link = booking_url(event.id, person.person_id)
        outbox.queue(
            kind,
            person.address,
            subject,
            template,
            to_name=person.name,
            person_id=person.person_id,
            network_id=event.network_id,
            from_name=sender.from_name,
            reply_to=sender.reply_to,
            first_name=person.first_name,
            event=event,
            sender=sender,
            link=link,
            calendar_file=calendar_for_mail(event, sessions, sender.network, sender.time_zone, link),
            calendar=f"{link}/calendar.ics",
            **context,
        )
        told += 1
    return told


def _dates(sessions: Iterable[Session], sender: Sender) -> list[tuple[Session, str]]:
    return [(one, _line(one, sender)) for one in sorted(sessions, key=lambda one: one.starts_at)]


def _line(one: Any, sender: Sender) -> str:
    return f"{words.date_and_hours(one, sender.time_zone)}, {words.where(one)}"
