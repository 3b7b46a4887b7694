"""Taking mails from the outbox, and noting what became of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, or_, select, update

from portal.db import UTCDateTime, db, operation
from portal.mail import caps
from portal.mail.models import CODE, MailStop, OutboxMail, folded
from portal.mail.operations_bounces import count_against, forgive, marked_among
from portal.mail.operations_switch import the_switch
from portal.mail.reasons import is_hard
from portal.mail.set_back import set_right
from portal.web import clock

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
_MAIL = cast(Table, OutboxMail.__table__)
_NOTE_SENT = (
    update(_MAIL)
    .where(_MAIL.c.id == bindparam("mail_id"))
    .values(
        sent_at=bindparam("now", type_=UTCDateTime()), counted_at=bindparam("now", type_=UTCDateTime()),
        attempts=_MAIL.c.attempts + 1, outcome="sent", leased_until=None, last_error=None,
    )
)  # fmt: skip
# So many leave the outbox together; each is noted by itself before the next one goes.
BATCH = 20


@dataclass(frozen=True)
class Taken:
    """Mails to send now, and whether it is worth asking again at once."""

    mails: list[OutboxMail]
    more: bool


@operation
def take_mails(per_hour: int, lease: timedelta, most: int = BATCH) -> Taken:
    """Lease the mails that are due, codes first, within the limits. Two workers never hold the same one.

    A mail over a limit is moved on; one that must not go is put away with its reason. ``lease`` has to be longer than
    a server may take over a mail.
    """
    now = clock.now()
    set_right(now)
    for_codes = caps.room_for_codes(per_hour, now)
    room = caps.room_for_others(per_hour, for_codes)
    only_codes = the_switch().paused_at is not None or room <= 0
    room = min(most, for_codes if only_codes else room)
    if room <= 0:
        return Taken([], more=False)
    due = [*_due(now), OutboxMail.rank == CODE] if only_codes else _due(now)
    found = _left_behind(due, now, lease) or _fresh(due, room)
    return Taken(_admitted(found, now, lease) if found else [], more=bool(found))


def _due(now: datetime) -> list[ColumnElement[bool]]:
    return [OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None), OutboxMail.send_after <= now]


def _left_behind(due: list[ColumnElement[bool]], now: datetime, lease: timedelta) -> list[OutboxMail]:
    """A mail whose lease ran out may have ended its worker: it goes alone, and takes no other along.

    A lease that ends later than any given now was given before the clock was set back.
    """
    over = or_(OutboxMail.leased_until < now, OutboxMail.leased_until > now + lease)
    return _first([*due, OutboxMail.leased_until.is_not(None), over], 1)


def _fresh(due: list[ColumnElement[bool]], most: int) -> list[OutboxMail]:
    return _first([*due, OutboxMail.leased_until.is_(None)], most)


def _first(which: list[ColumnElement[bool]], most: int) -> list[OutboxMail]:
    order = (OutboxMail.rank, OutboxMail.send_after, OutboxMail.id)
    oldest = select(OutboxMail).where(*which).order_by(*order).limit(most).with_for_update(skip_locked=True)
    return list(db.session.execute(oldest).scalars())


def _admitted(found: list[OutboxMail], now: datetime, lease: timedelta) -> list[OutboxMail]:
    for mail in found:
        # A row from before this column was kept.
        mail.recipient = mail.recipient or folded(mail.to_address)
    marked = marked_among(mail.recipient for mail in found)
    stopped = _stopped(found)
    sent = caps.recent(found, now)
    taken = []
    for mail in found:
        if mail.rank > CODE and mail.recipient in marked:
            _put_away(mail, "comes-back", now)
        elif mail.id in stopped:
            _put_away(mail, "stopped", now)
        elif until := caps.held_until(mail, sent, now):
            mail.send_after, mail.held_at, mail.leased_until = until, mail.held_at or now, None
        else:
            mail.leased_until, mail.counted_at, mail.held_at = now + lease, now, None
            caps.note_taken(mail, sent, now)
            taken.append(mail)
    return taken


def _stopped(found: list[OutboxMail]) -> set[int]:
    """Those that their readers stopped after they were written."""
    anywhere = or_(MailStop.network_id.is_(None), MailStop.network_id == OutboxMail.network_id)
    same = (MailStop.person_id == OutboxMail.person_id) & (MailStop.kind == OutboxMail.kind) & anywhere
    query = select(OutboxMail.id).join(MailStop, same).where(OutboxMail.id.in_([mail.id for mail in found]))
    return set(db.session.execute(query).scalars())


def _put_away(mail: OutboxMail, outcome: str, now: datetime) -> None:
    mail.failed_at, mail.outcome, mail.leased_until, mail.held_at = now, outcome, None, None


@operation
def give_back(mail_ids: list[int]) -> None:
    """Not tried after all: others may take them at once, and no try is counted."""
    untried = {"leased_until": None, "counted_at": None}
    db.session.execute(update(OutboxMail).where(OutboxMail.id.in_(mail_ids)).values(untried))


@operation
def note_sent(mail_id: int) -> None:
    """It has left. Written without loading it: this is done for each mail by itself, and its text is long."""
    db.session.execute(_NOTE_SENT, {"mail_id": mail_id, "now": clock.now()})
    forgive(mail_id)


@operation
def note_failure(mail_id: int, reason: str, is_final: bool = False, about_address: bool = False) -> None:
    """It has not left: try again after a while that grows, or give up after the last try.

    ``about_address``: the server spoke of the address, not of the mail, so it counts against the address.
    """
    mail = db.session.get(OutboxMail, mail_id)
    if mail is None:
        # Its reader deleted herself, or newer words took its place, while it was on its way.
        return
    # Addresses stay out of what is shown to whoever looks after the portal.
    mail.last_error = reason.replace(mail.to_address, "…")[:500]
    mail.leased_until = None
    mail.attempts += 1
    if not is_final and mail.attempts <= len(PAUSES):
        mail.send_after = clock.now() + PAUSES[mail.attempts - 1]
        return
    mail.failed_at, mail.outcome = clock.now(), "refused" if is_final else "given-up"
    if about_address:
        count_against(mail.recipient, reason, hard=is_final and is_hard(reason))
