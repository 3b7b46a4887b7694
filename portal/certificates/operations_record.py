"""My record by mail: whoever owns an address may have a link to what is on record for it, without a password."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from portal.certificates.signed import record_link
from portal.db import db, operation
from portal.history import phrases, record
from portal.mail import kinds, outbox
from portal.people.models import EmailAddress, Person
from portal.people.names import fold_address
from portal.web import limits
from portal.web.errors import DomainError
from portal.web.languages import in_language

kinds.declare("record", why=_l("You get this because somebody typed your address to see your record."))
phrases.declare({"record-sent": _l("A link to her own record went to a member by mail")})
PER_ADDRESS, PER_CLIENT, WINDOW = 4, 30, 60


@operation
def send_record(address: str, client: str, region_locale: str) -> None:
    """Mail a link that works for half an hour, where the address belongs to somebody; else nothing happens.

    The page says the same either way. Raises DomainError when there were too many, per address and per client.
    """
    folded = fold_address(address)
    crowded = limits.too_many("record-client", client, PER_CLIENT, WINDOW)
    if limits.too_many("record-address", folded, PER_ADDRESS, WINDOW) or crowded:
        raise DomainError(_("That is many in a short time. Wait an hour, then ask again."), "address")
    found = _whose(folded)
    if found is None:
        return
    person, to = found
    with in_language(person.locale or region_locale):
        outbox.queue(
            "record", to, _("Your record: hours and certificates"), "record",
            to_name=person.name, person_id=person.id, first_name=person.first_name, link=record_link(person.id),
        )  # fmt: skip
    record(None, "record-sent", "person", person.id)


def _whose(folded: str) -> tuple[Person, str] | None:
    """Somebody with that address who may hold it, her first one or one that she has proved; and how it is written.

    The link goes to the address that we have: of two that are compared as one, the typed one may be a stranger's.
    """
    row = db.session.execute(
        select(Person, EmailAddress.address)
        .join(EmailAddress)
        .where(
            EmailAddress.folded == folded,
            or_(EmailAddress.is_primary, EmailAddress.verified_at.is_not(None)),
            Person.erased_at.is_(None),
            Person.merged_into.is_(None),
        )
    ).first()
    return (row[0], row[1]) if row else None
