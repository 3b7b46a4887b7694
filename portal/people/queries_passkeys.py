"""Questions about passkeys: a person's own, and the one that a device names."""

from sqlalchemy import select

from portal.db import db
from portal.people.models import EmailAddress, Person
from portal.people.models_passkeys import Passkey, PasskeyQuestion
from portal.people.models_slips import Slip
from portal.people.queries_slips import is_unknown
from portal.web import clock
from portal.web.errors import NotHere


def passkeys_of(person_id: int) -> list[Passkey]:
    query = select(Passkey).where(Passkey.person_id == person_id, Passkey.made_for == person_id)
    return list(db.session.execute(query.order_by(Passkey.made_at, Passkey.id)).scalars())


def passkey_in(person_id: int, passkey_id: int) -> Passkey:
    """One of her own. Raises NotHere for anybody else's."""
    found = db.session.get(Passkey, passkey_id)
    if found is None or found.person_id != person_id:
        raise NotHere
    return found


def passkey_named(credential_id: str) -> Passkey | None:
    """The key that a device names, while its person may come in. A merge carries no key over to another record."""
    query = (
        select(Passkey)
        .join(Person, Person.id == Passkey.person_id)
        .where(
            Passkey.credential_id == credential_id,
            Passkey.made_for == Passkey.person_id,
            Person.admitted_at.is_not(None),
            Person.erased_at.is_(None),
        )
    )
    return db.session.execute(query).scalar_one_or_none()


def question_open(question_id: int | None, purpose: str, person_id: int | None) -> PasskeyQuestion | None:
    """What this browser was asked to have signed, if it still may be answered."""
    found = db.session.get(PasskeyQuestion, question_id or 0)
    if found is None or found.used_at or found.expires_at <= clock.now():
        return None
    return found if (found.purpose, found.person_id) == (purpose, person_id) else None


def slip_of_key(passkey: Passkey) -> int | None:
    """The slip that a key goes back to, until she says that it was all right."""
    return db.session.execute(select(Slip.id).where(Slip.id == passkey.slip_id, is_unknown())).scalar()


def names_for_device(person_id: int) -> tuple[str, str]:
    """The address and the name under which a device keeps the key."""
    query = (
        select(EmailAddress.address, Person.name)
        .join_from(Person, EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary, isouter=True)
        .where(Person.id == person_id)
    )
    address, name = db.session.execute(query).one()
    return address or name, name


def address_for_news(person_id: int) -> str | None:
    """Where she is told of a change to her keys."""
    query = select(EmailAddress.address).where(EmailAddress.person_id == person_id, EmailAddress.is_primary)
    return db.session.execute(query).scalar()
