"""Sending a letter: set its hour, call it back, and write it to the outbox in batches, each its own transaction.

A crash between or within batches writes nobody twice: a batch and how far it got are one transaction, and no letter
can have two rows for one person.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, func, insert, select

from portal.db import db, operation, writing
from portal.history import phrases, record
from portal.letters.about import is_gone
from portal.letters.mailing import Mailing, sender_of
from portal.letters.models import Letter, LetterRecipient
from portal.letters.operations import note, open_letter
from portal.letters.queries import already_written, letter_in, next_due
from portal.letters.queries_audience import count_by_reason, getting_it
from portal.letters.question import questioned, read
from portal.letters.telling import tell_given_back
from portal.mail.models import OutboxMail
from portal.networks.models import Network
from portal.networks.scope import Here, Standing, scope_of
from portal.people.models import Person
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from portal.web.housekeeping import each_round

# Small enough that whoever saves something meanwhile waits for a moment only.
BATCH, BATCHES = 100, 10
# A letter that goes "now" can be called back that long.
GRACE = timedelta(minutes=2)
LATEST = timedelta(days=366)

phrases.declare(
    {
        "letter.scheduled": _l("%(actor)s sent this letter on its way (people: %(count)s)"),
        "letter.called_back": _l("%(actor)s called this letter back before it went"),
        "letter.given_back": _l("This letter did not go: see why, and send it again"),
        "letter.sent": _l("This letter went out (people: %(count)s)"),
    }
)


@operation
def send_letter(here: Here, letter_id: int, version: int, at: datetime | None = None) -> Letter:
    """Set the hour at which a letter goes (None: in two minutes), in the name of whoever does this.

    Raises Conflict when it was changed since it was looked at, DomainError for an hour in the past, nobody to write
    to, or something to tell of that is gone.
    """
    letter = open_letter(here.membership, letter_id)
    if letter.row_version != version:
        raise Conflict({"subject": letter.subject, "body": letter.body})
    now = clock.now()
    if at is not None and not now < at < now + LATEST:
        raise DomainError(_("This hour is over, or more than a year away."), "day")
    if is_gone(letter, here.network):
        raise DomainError(_("What this letter is about is no longer there, or over. Choose something else."))
    count = count_by_reason(read(questioned(letter.question), here.network, here.membership.person_id), letter.id)
    if not count.get(""):
        raise DomainError(_("Nobody would get it. Change who gets it first."))
    letter.send_at, letter.sent_by, letter.given_back = at or now + GRACE, here.membership.person_id, ""
    note(here.membership, "letter.scheduled", letter.id, count=count[""])
    return letter


@operation
def call_back(standing: Standing, letter_id: int) -> None:
    """Make a letter that waits a draft again. Raises DomainError once it goes."""
    letter = letter_in(standing.network_id, letter_id)
    if letter.begun_at:
        raise DomainError(_("It has gone already."))
    if letter.send_at:
        letter.send_at = letter.sent_by = None
        note(standing, "letter.called_back", letter.id)


def write_due_letters() -> None:
    """A few batches of each letter whose hour has come; called at every round of the worker."""
    letter_id = next_due(clock.now())
    while letter_id is not None:
        for _batch in range(BATCHES):
            with writing():
                if write_batch(letter_id):
                    break
        letter_id = next_due(clock.now(), after=letter_id)


@operation
def write_batch(letter_id: int) -> bool:
    """Write the next people of a letter to the outbox; True when nobody is left. Who gets it is worked out now."""
    letter = db.session.get_one(Letter, letter_id, with_for_update=True)
    if letter.finished_at or letter.send_at is None or letter.deleted_at:
        return True
    here = _standing_of(letter)
    if here is None or is_gone(letter, here.network):
        return _give_back(letter, "gone" if here else "no_coordinator")
    reading = read(questioned(letter.question), here.network, here.membership.person_id)
    people = getting_it(reading, letter.id).where(Person.id > letter.reached).order_by(Person.id).limit(BATCH)
    batch = db.session.execute(people).all()
    if not batch and not letter.begun_at:
        return _give_back(letter, "nobody")
    letter.begun_at = letter.begun_at or clock.now()
    _write(letter, here, batch)
    if len(batch) < BATCH:
        _finish(letter)
    else:
        letter.reached = batch[-1].id
    return len(batch) < BATCH


def _standing_of(letter: Letter) -> Here | None:
    """The coordinator in whose name it goes, if she still is one."""
    slug = db.session.get_one(Network, letter.network_id).slug
    here = scope_of(slug, letter.sent_by or 0)
    return here if here and here.membership.is_coordinator else None


def _give_back(letter: Letter, why: str) -> bool:
    """A draft again, with the reason. Once it has begun, what is left of it ends instead."""
    if letter.begun_at:
        return _finish(letter)
    letter.send_at, letter.given_back = None, why
    tell_given_back(letter)
    record(None, "letter.given_back", "letter", letter.id, letter.network_id)
    return True


def _write(letter: Letter, here: Here, batch: Sequence[Row[Any]]) -> None:
    mailing = Mailing(letter, here.network, sender_of(here.membership.person_id))
    done = already_written(letter.id, [one.id for one in batch])
    mails = {one: _mail(mailing, one) for one in batch if one.id not in done}
    # Once for the whole batch: each mail has its number then.
    db.session.flush()
    rows = [
        {
            "letter_id": letter.id,
            "person_id": one.id,
            "network_id": one.network_id,
            "mail_id": mail.id if mail else None,
            "written_at": clock.now(),
        }
        for one, mail in mails.items()
    ]
    if rows:
        db.session.execute(insert(LetterRecipient), rows)


def _mail(mailing: Mailing, reader: Row[Any]) -> OutboxMail | None:
    """Her mail in the outbox; None for an address that no mail can have, so that the others get theirs."""
    try:
        return mailing.queue(reader)
    except ValueError:
        return None


def _finish(letter: Letter) -> bool:
    count = select(func.count()).where(LetterRecipient.letter_id == letter.id)
    db.session.flush()
    letter.finished_at = clock.now()
    record(None, "letter.sent", "letter", letter.id, letter.network_id, count=db.session.execute(count).scalar_one())
    return True


each_round(write_due_letters)
