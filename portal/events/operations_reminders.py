"""Reminders: a week ahead, a day ahead, and the question afterwards to whom nobody has marked."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation, writing
from portal.events import words
from portal.events.credit_lines import hours_given
from portal.events.models import Session, SessionNotice
from portal.events.queries_letters import Recipient, Sender, person_to_write, sender_of
from portal.events.queries_reminders import Due, due_after, due_ahead
from portal.events.signed import booking_url
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.web import clock
from portal.web.housekeeping import each_round
from portal.web.languages import in_language
from portal.web.links import act_link

kinds.declare(
    "event-reminder", why=_l("You get this because you have a place."), name=_l("Reminders of dates that you booked")
)
kinds.declare(
    "event-after", why=_l("You get this because you had a place."), name=_l("Questions whether you were there")
)
BATCH = 50
DAYS = 30
# Nobody's telephone rings at night.
FROM_HOUR, TO_HOUR = 8, 20


def remind() -> int:
    """Write what is due, in small transactions; returns how many mails. Done at each round of the worker."""
    now = clock.now()
    due = {"week": due_ahead("week", now), "day": due_ahead("day", now), "after": due_after(now)}
    return sum(_in_batches(kind, query) for kind, query in due.items())


def _in_batches(kind: str, query: Due) -> int:
    written = 0
    while db.session.execute(query.limit(1)).first():
        with writing():
            found = _write_batch(kind, query)
        written += found
        if found == 0:
            break
    return written


@operation
def _write_batch(kind: str, query: Due) -> int:
    """One small transaction: each mail and the note that it was written."""
    rows = db.session.execute(query.limit(BATCH)).all()
    sessions = {session_id: db.session.get_one(Session, session_id) for session_id, _person, _start in rows}
    senders = {session.id: sender_of(session.event) for session in sessions.values()}
    written = 0
    for session_id, person_id, starts_at in rows:
        session, sender = sessions[session_id], senders[session_id]
        if not _is_daytime(sender):
            continue
        db.session.add(_noted(kind, session_id, person_id, starts_at))
        to = person_to_write(person_id)
        mail = "event-after" if kind == "after" else "event-reminder"
        if to and not has_stopped(person_id, mail, session.network_id):
            with in_language(to.locale or sender.locale):
                _write(kind, mail, session, to, sender)
        written += 1
    return written


def _noted(kind: str, session_id: int, person_id: int, starts_at: datetime) -> SessionNotice:
    return SessionNotice(
        session_id=session_id, person_id=person_id, kind=kind, starts_at=starts_at, told_at=clock.now()
    )


def _is_daytime(sender: Sender) -> bool:
    return FROM_HOUR <= clock.local(clock.now(), sender.time_zone).hour < TO_HOUR


def _write(kind: str, mail: str, session: Session, to: Recipient, sender: Sender) -> None:
    event = session.event
    local = clock.local(session.starts_at, sender.time_zone)
    subjects = {
        "week": _("In a week: %(title)s", title=event.title),
        "day": _("Tomorrow: %(title)s", title=event.title),
        "after": _("Were you there? %(title)s", title=event.title),
    }
    outbox.queue(
        mail, to.address, subjects[kind], f"event_{kind}", to_name=to.name, person_id=to.person_id,
        network_id=session.network_id, from_name=sender.from_name, reply_to=sender.reply_to, sender=sender,
        first_name=to.first_name, event=event, session=session, is_today=local.date() == clock.today(sender.time_zone),
        hours=hours_given(event, sender.time_zone),
        line=f"{words.date_and_hours(session, sender.time_zone)}, {words.where(session)}",
        joining=session.joining_link if session.mode != "in_person" else "",
        cant=act_link("coming", to.person_id, session.id, days=DAYS, choice="no"),
        was_there=act_link("wasthere", to.person_id, session.id, days=14, choice="yes"),
        calendar=booking_url(event.id, to.person_id) + "/calendar.ics",
    )  # fmt: skip


each_round(remind)
