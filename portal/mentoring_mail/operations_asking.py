"""Asking by mail whether a talk is right: one mail a day and person at most, with all that waits; once more after a week."""

from collections.abc import Iterable
from datetime import datetime

from portal.db import db, operation, writing
from portal.mentoring.operations_contacts import confirm_contact
from portal.mentoring_mail.letters_asking import write_whether_met
from portal.mentoring_mail.queries_asking import (
    KIND,
    reader_of,
    talks_asked_by,
    talks_to_ask,
    who_is_due_again,
    who_is_new,
    written_to,
)
from portal.web import clock


def ask_about_new_talks() -> int:
    """At each round of the worker: whoever has talks to say yes to and got no such mail today. Returns how many mails."""
    return _ask_all(who_is_new(clock.now()))


def ask_once_more() -> int:
    """About once an hour: whoever was asked a week ago. Returns how many mails."""
    return _ask_all(who_is_due_again(clock.now()))


def _ask_all(people: Iterable[tuple[int, int]]) -> int:
    db.session.rollback()
    written = 0
    for network_id, person_id in people:
        with writing():
            written += _ask(network_id, person_id)
    return written


@operation
def _ask(network_id: int, person_id: int) -> int:
    """One small transaction. Whom no mail reaches sees it on her page: then it counts as asked."""
    now = clock.now()
    reader = reader_of(KIND, network_id, person_id)
    if written_to([person_id], now):
        return 0
    found = talks_to_ask(network_id, person_id, now)
    for told, _waiting in found:
        if told.asked_at is None:
            told.asked_at = now
        else:
            told.reminded_at = now
    if reader is None or not found:
        return 0
    write_whether_met(reader, [waiting for _told, waiting in found])
    return 1


@operation
def confirm_all(network_id: int, person_id: int, issued_at: datetime) -> int:
    """Yes to all that the mail of that moment asked about and still waits. Returns how many; twice is once."""
    waiting = talks_asked_by(network_id, person_id, issued_at)
    for told in waiting:
        confirm_contact(told, person_id)
    return len(waiting)
