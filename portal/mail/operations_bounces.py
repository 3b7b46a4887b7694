"""Addresses to which mail comes back: one hard answer or five given up mark them, one arrival forgives.

Addresses stand a storey above; here they are rows with a folded address. What a mark means to people (a line of
history) is told by a hook from there.
"""

from collections.abc import Callable, Iterable

from sqlalchemy import bindparam, select, update

from portal.db import db, operation
from portal.mail.models import ADDRESS, OutboxMail, folded
from portal.mail.reasons import is_hard, reason_of
from portal.web import clock

SOFT_BOUNCES = 5
# Made once: they are asked for each mail that leaves.
_FORGIVE = (
    update(ADDRESS)
    .where(
        ADDRESS.c.folded == select(OutboxMail.recipient).where(OutboxMail.id == bindparam("mail_id")).scalar_subquery(),
        ADDRESS.c.soft_bounces > 0,
        ADDRESS.c.bounced_at.is_(None),
    )
    .values(soft_bounces=0)
)
_when_marked: list[Callable[[int, str], None]] = []


def when_marked(hook: Callable[[int, str], None]) -> None:
    """Have ``hook(person_id, reason)`` called inside the transaction that marks an address."""
    if hook not in _when_marked:
        _when_marked.append(hook)


@operation
def note_bounce(message_id: str, address: str, status: str, reason: str) -> bool:
    """A notice says that a mail of ours did not arrive. ``status`` is like "5.1.1"; 5 is for good, 4 for now.

    The Message-ID is the proof: only who had our mail knows it. A notice about another address than ours (she has her
    mail sent on) counts as one for now. Returns False for a mail that we do not know; a second notice changes nothing.
    """
    mail = db.session.execute(select(OutboxMail).where(OutboxMail.message_id == message_id)).scalar_one_or_none()
    if mail is None:
        return False
    if mail.came_back_at is None:
        said = f"{status} {reason}".replace(mail.to_address, "…")
        mail.came_back_at, mail.last_error = clock.now(), said[:500]
        is_ours = not address or folded(address) == mail.recipient
        count_against(mail.recipient, said, hard=is_ours and is_hard(status))
    return True


def count_against(recipient: str, said: str, hard: bool) -> None:
    """One mail to this address did not arrive; belongs inside an operation."""
    row = db.session.execute(select(ADDRESS).where(ADDRESS.c.folded == recipient)).first()
    if row is None:
        return
    soft = row.soft_bounces + (0 if hard else 1)
    values: dict[str, object] = {"soft_bounces": soft}
    is_new = row.bounced_at is None and (hard or soft >= SOFT_BOUNCES)
    if is_new:
        reason = reason_of(said)
        values |= {"bounced_at": clock.now(), "bounce_reason": reason if hard or reason == "full" else "too-often"}
    db.session.execute(update(ADDRESS).where(ADDRESS.c.id == row.id).values(values))
    if is_new:
        for hook in _when_marked:
            hook(row.person_id, str(values["bounce_reason"]))


def forgive(mail_id: int) -> None:
    """A mail arrived: what did not get through before is forgotten. A mark stays until its owner proves the address."""
    db.session.execute(_FORGIVE, {"mail_id": mail_id})


def marked_among(recipients: Iterable[str]) -> set[str]:
    """Those addresses to which mail comes back (one query)."""
    marked = select(ADDRESS.c.folded).where(ADDRESS.c.folded.in_(set(recipients)), ADDRESS.c.bounced_at.is_not(None))
    return set(db.session.execute(marked).scalars())
