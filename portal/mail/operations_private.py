"""What becomes of a private answer: one transaction each, and not one word of hers in it."""

from portal.db import operation
from portal.mail import letters_receiving as letters
from portal.mail.answers import Answer, Asked, Brought, answerable
from portal.mail.operations_receiving import note
from portal.mail.queries_receiving import Writer, address_of
from portal.mail.receiving_letter import Letter
from portal.web import limits
from portal.web.errors import NotHere

# A mentor may well write a whole month down in an hour.
MOST_AN_HOUR = 40
# How often she is told that something was not taken; what strangers send in her name is told twice a day.
TOLD_AN_HOUR, TOLD_OF_OTHERS = 10, 2
DAY = 24 * 60


@operation
def came_too_often(person_id: int) -> bool:
    """Count one more answer of this person."""
    return limits.too_many("private-answers", str(person_id), MOST_AN_HOUR, 60)


@operation
def take_private(letter: Letter, writer: Writer, asked: Asked, network_id: int | None, answer: Answer) -> str:
    """Let its room read it, in the one transaction that also remembers that it came. Raises what the room raises."""
    handler = answerable(asked.what)
    if handler is None:
        raise NotHere
    note(letter, "read", person_id=writer.person_id, network_id=network_id)
    handler.take(answer, Brought())
    return "read"


@operation
def refuse(letter: Letter, writer: Writer, network_id: int | None, reason: str, sentence: object, instead: str) -> str:
    """Tell the one who was asked, at an address of her own, that it was not taken, and where it can be done."""
    note(letter, "not-kept", reason, writer.person_id, network_id)
    is_other = reason == "other-address"
    address = address_of(writer.person_id) if is_other else letter.sender
    bucket = "private-strays" if is_other else "private-told"
    most, minutes = (TOLD_OF_OTHERS, DAY) if is_other else (TOLD_AN_HOUR, 60)
    if address and not limits.too_many(bucket, str(writer.person_id), most, minutes):
        letters.tell_not_kept(address, writer, network_id, sentence, instead)
    return "not-kept"


@operation
def note_gone(letter: Letter) -> str:
    """It can't be told whose it is: that it came is remembered, and nothing else."""
    note(letter, "not-kept", "unknown")
    return "not-kept"
