"""Addresses to which mail comes back: told in the history, and taken as good again when their owner proves them.

The mark itself is set by the outbox, a storey below, from what mail servers say.
"""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mail.operations_bounces import when_marked
from portal.people.models import EmailAddress
from portal.web.errors import NotHere

phrases.declare(
    {
        "person.mail_came_back": _l("Mail to %(person)s came back, so nothing but codes goes there"),
        "person.address_works": _l("%(actor)s showed that mail reaches her address again"),
        "person.address_trusted": _l("%(actor)s had mail go to %(person)s again"),
    }
)


def note_mark(person_id: int, reason: str) -> None:
    """A line in the history of the person; her coordinators see it on Today."""
    history.record(None, "person.mail_came_back", "person", person_id, person_id=person_id, reason=reason)


def note_proved(person_id: int, folded: str) -> None:
    """A code that was sent to the address was typed here: it works. Belongs inside an operation."""
    address = db.session.execute(select(EmailAddress).where(EmailAddress.folded == folded)).scalar_one_or_none()
    if address is not None and _trust(address):
        history.record(person_id, "person.address_works", "person", person_id)


@operation
def write_again(person_id: int, address_id: int, by: int) -> str:
    """Somebody who keeps the record says that the address works; returns it. A mail that comes back marks it again."""
    address = db.session.get(EmailAddress, address_id)
    if address is None or address.person_id != person_id:
        raise NotHere
    if _trust(address):
        history.record(by, "person.address_trusted", "person", person_id, person_id=person_id)
    return address.address


def comes_back(folded: str) -> bool:
    """Whether mail to this address comes back."""
    query = select(EmailAddress.id).where(EmailAddress.folded == folded, EmailAddress.bounced_at.is_not(None))
    return db.session.execute(query).first() is not None


def _trust(address: EmailAddress) -> bool:
    was_marked = address.bounced_at is not None
    address.bounced_at, address.bounce_reason, address.soft_bounces = None, "", 0
    return was_marked


when_marked(note_mark)
