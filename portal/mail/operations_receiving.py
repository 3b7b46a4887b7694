"""What becomes of a mail that came in. Each of these is one transaction: the line that it was here, and what it did."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from portal.db import db, operation
from portal.mail import letters_receiving as letters
from portal.mail.answers import Answer, Asked, Brought, answerable
from portal.mail.models_receiving import ReceivedMail
from portal.mail.operations_bounces import note_bounce
from portal.mail.queries_receiving import Writer, coordinators_with_address
from portal.mail.receiving_bounces import Bounce
from portal.mail.receiving_letter import Letter
from portal.web import clock, limits
from portal.web.errors import DomainError, NotHere
from portal.web.housekeeping import each_hour

KEPT, LINES_KEPT = timedelta(days=30), timedelta(days=400)
MOST_AN_HOUR = 10
# To the coordinators of one network; the rest waits for an administrator, who sees what is going on.
MOST_PASSED_ON = 20
# Of all mails that are kept; beyond it only the beginnings are, so that nobody fills the disk from outside.
MOST_BYTES, BEGINNING = 500_000_000, 100_000
# A storm of one person's program must not fill the disk: of what is counted only so much is kept whole.
MOST_KEPT = 30
NO_COORDINATOR = _l("No coordinator of this network can be reached by mail.")


@operation
def came_too_often(person_id: int) -> bool:
    """Count one more answer of this person."""
    return limits.too_many("answers", str(person_id), MOST_AN_HOUR, 60)


@operation
def take_answer(letter: Letter, writer: Writer, asked: Asked, network_id: int | None, text: str, kept: Brought) -> str:
    """Do what the answer asks, in the one transaction that also remembers the mail. Raises what the room raises."""
    handler = answerable(asked.what)
    if handler is None:
        raise NotHere
    note(letter, "answered", person_id=writer.person_id, network_id=network_id)
    handler.take(Answer(writer.person_id, asked.thing_id, text, letter.files), kept)
    if kept.refused:
        letters.tell_refused_files(letter, writer, network_id, kept.refused)
    return "answered"


@operation
def send_back(letter: Letter, writer: Writer, network_id: int | None, reason: str, sentence: object, words: str) -> str:
    """Tell her why her answer was not taken, with her words in it."""
    note(letter, "sent-back", reason, writer.person_id, network_id)
    letters.send_back(letter, writer, network_id, sentence, words)
    return "sent-back"


@operation
def pass_on(letter: Letter, network_id: int, reason: str, person_id: int | None = None) -> str:
    """Send it to the coordinators of its network; where none can be reached it waits for an administrator."""
    readers = coordinators_with_address(network_id)
    too_many = limits.too_many("passed-on", str(network_id), MOST_PASSED_ON, 60)
    if not readers or too_many:
        why = "too-many" if readers else "nobody"
        note(letter, "unplaced", why, person_id, network_id, keep=True, waits=True)
        return "unplaced"
    for reader in readers:
        letters.pass_on(letter, reader, network_id, reason)
    note(letter, "passed-on", reason, person_id, network_id, keep=True)
    return "passed-on"


@operation
def set_aside(letter: Letter, reason: str, network_id: int | None = None) -> str:
    """Keep it for an administrator, with all its bytes."""
    note(letter, "unplaced", reason, network_id=network_id, keep=True, waits=True)
    return "unplaced"


@operation
def count_only(letter: Letter, became: str, person_id: int | None = None) -> str:
    """Leave alone what no person wrote; what came too often is kept as far as it is no storm."""
    recent = (ReceivedMail.became == became, ReceivedMail.received_at > clock.now() - timedelta(hours=1))
    few = len(db.session.execute(select(ReceivedMail.id).where(*recent).limit(MOST_KEPT)).all()) < MOST_KEPT
    is_kept = became == "too-many" and few
    note(letter, became, became if is_kept else "", person_id, keep=is_kept, waits=is_kept)
    return became


@operation
def take_bounce(letter: Letter, bounce: Bounce) -> str:
    """Note against an address that a mail of ours did not arrive; a notice that it is late changes nothing."""
    note(letter, "bounce")
    if bounce.message_id and bounce.action not in ("delayed", "relayed", "delivered", "expanded"):
        note_bounce(bounce.message_id, bounce.address, bounce.status or "4.0.0", bounce.reason)
    return "bounce"


@operation
def pass_on_by_hand(mail: ReceivedMail, letter: Letter, network_id: int) -> int:
    """An administrator sends a mail to the coordinators of a network; returns to how many. Raises DomainError for none."""
    readers = coordinators_with_address(network_id)
    if not readers:
        raise DomainError(NO_COORDINATOR, "network_id")
    for reader in readers:
        letters.pass_on(letter, reader, network_id, "forwarded")
    mail.became, mail.reason, mail.is_waiting, mail.network_id = "passed-on", "forwarded", False, network_id
    return len(readers)


@operation
def forget_mail(mail_id: int) -> None:
    """Delete what a mail said; that it came stays, so that it never acts."""
    values = {"raw": None, "is_waiting": False, "subject": "", "from_address": ""}
    db.session.execute(update(ReceivedMail).where(ReceivedMail.id == mail_id).values(values))


@operation
def forget_received() -> None:
    """What found no place goes after 30 days, and the line that a mail came after a good year."""
    now = clock.now()
    old = (ReceivedMail.received_at < now - KEPT, ReceivedMail.subject != "")
    values = {"raw": None, "is_waiting": False, "subject": "", "from_address": ""}
    db.session.execute(update(ReceivedMail).where(*old).values(values))
    db.session.execute(update(ReceivedMail).where(ReceivedMail.received_at < now - KEPT).values(raw=None))
    db.session.execute(delete(ReceivedMail).where(ReceivedMail.received_at < now - LINES_KEPT))


def forget_received_of(person_id: int) -> None:
    """She deletes herself: what she wrote and where from is gone. Belongs inside an operation."""
    values = {"raw": None, "is_waiting": False, "subject": "", "from_address": "", "person_id": None}
    db.session.execute(update(ReceivedMail).where(ReceivedMail.person_id == person_id).values(values))


def note(
    letter: Letter,
    became: str,
    reason: str = "",
    person_id: int | None = None,
    network_id: int | None = None,
    keep: bool = False,
    waits: bool = False,
) -> None:
    """Remember that a mail came, so that it never acts twice. Belongs inside an operation."""
    line = ReceivedMail(
        message_id=letter.message_id[:300],
        from_address=letter.sender[:320] if keep else "",
        subject=letter.subject[:300] if keep else "",
        size=letter.size,
        received_at=clock.now(),
        became=became,
        reason=reason,
        person_id=person_id,
        network_id=network_id,
        is_waiting=waits,
        raw=_kept(letter.raw) if keep else None,
    )
    db.session.add(line)
    # A second one of the same mail stops here, before anything is done twice.
    db.session.flush()


def _kept(raw: bytes) -> bytes:
    held = select(func.sum(ReceivedMail.size)).where(ReceivedMail.raw.is_not(None))
    return raw if (db.session.execute(held).scalar() or 0) < MOST_BYTES else raw[:BEGINNING]


each_hour(forget_received)
