"""Mails about events: booked, changed, called off, back on. Each is a row in the act's own transaction."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.events import words
from portal.events.calendar_files import calendar_for_mail
from portal.events.credit_lines import hours_given
from portal.events.models import Booking, Event, Session
from portal.events.moves import Moved
from portal.events.queries_bookings import place_in_line
from portal.events.queries_letters import Recipient, Sender, recipients, sender_of
from portal.events.signed import booking_url
from portal.mail import kinds, outbox
from portal.web import clock
from portal.web.languages import in_language
from portal.web.links import act_link

BOOKED = _l("You get this because you booked a place.")
for key in ("booking", "event-changed", "event-called-off", "session-called-off", "event-back-on"):
    kinds.declare(key, why=BOOKED)
DAYS = 60


# Subject and what else a mail says, asked for in its reader's language.
Say = Callable[[], tuple[str, dict[str, Any]]]


def tell_booked(event: Event, person_id: int, bookings: Sequence[Booking], **more: Any) -> int:
    """One mail for one booking act, with the link to change, cancel or pass it on; ``more`` goes into its words."""
    sender = sender_of(event)
    in_line = {one.session_id: place_in_line(one) for one in bookings if one.waiting_since}
    booked = in_order(one for one in event.sessions if one.id in {b.session_id for b in bookings})
    placed = [one for one in booked if one.id not in in_line]
    waiting = [one for one in booked if one.id in in_line]
    # A link passes one place: where each date is a place of its own, the page behind "My booking" offers it for each.
    passes_all = len(booked) == 1 or event.books_whole

    def say() -> tuple[str, dict[str, Any]]:
        on_the_list = _("On the waiting list: %(title)s", title=event.title)
        subject = on_the_list if not placed else _("Your place: %(title)s", title=event.title)
        return subject, {
            "places": dates_of(placed, sender),
            "waiting": [(line(one, sender), in_line[one.id]) for one in waiting],
            "pass_on": act_link("passon", person_id, booked[0].id, days=DAYS) if booked and passes_all else "",
            "hours": hours_given(event, sender.time_zone),
        } | more

    people = [one for one in recipients([b.session_id for b in bookings]) if one.person_id == person_id]
    return send("booking", people, say, event, sender, placed)


def tell_changed(event: Event, moves: Iterable[Moved], reason: str = "") -> int:
    """Those who booked a session that moved, with how it was and how it is. Past sessions move nobody."""
    sender = sender_of(event)
    ahead = [move for move in moves if max(move.old_starts_at, move.session.starts_at) > clock.now()]
    sessions = [move.session for move in ahead]

    def say() -> tuple[str, dict[str, Any]]:
        was = [None if move.is_new else line(move, sender) for move in ahead]
        now = [None if move.is_taken_out else line(move.session, sender) for move in ahead]
        changes = list(zip(was, now, strict=True))
        return _("Changed: %(title)s", title=event.title), {"changes": changes, "reason": reason}

    return send("event-changed", recipients([one.id for one in sessions]), say, event, sender, sessions)


def tell_called_off(event: Event, sessions: Sequence[Session]) -> int:
    return _tell_all("event-called-off", _l("Called off: %(title)s", title=event.title), event, sessions)


def tell_session_off(session: Session) -> int:
    """One date of a series does not take place; the others stay."""
    subject = _l("One date is called off: %(title)s", title=session.event.title)
    return _tell_all("session-called-off", subject, session.event, [session], reason=session.cancel_reason)


def tell_back_on(event: Event, sessions: Sequence[Session]) -> int:
    return _tell_all("event-back-on", _l("It takes place after all: %(title)s", title=event.title), event, sessions)


def _tell_all(kind: str, subject: object, event: Event, sessions: Sequence[Session], **more: Any) -> int:
    sender = sender_of(event)

    def say() -> tuple[str, dict[str, Any]]:
        return str(subject), {"lines": dates_of(sessions, sender)} | more

    return send(kind, recipients([one.id for one in sessions]), say, event, sender, sessions)


def send(
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


def in_order(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda one: one.starts_at)


def dates_of(sessions: Iterable[Session], sender: Sender) -> list[str]:
    """Each date in one line, in order."""
    return [line(session, sender) for session in in_order(sessions)]


def line(one: Any, sender: Sender) -> str:
    return f"{words.date_and_hours(one, sender.time_zone)}, {words.where(one)}"
