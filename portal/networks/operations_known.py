"""People whom a network hears of: found by their address or noted down, let in, or forgotten before they ever came."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.models import JoinRequest
from portal.networks.models_asking import OutsideAsk
from portal.people.models import EmailAddress, Person
from portal.people.names import fold_address, sort_name
from portal.people.operations_leaving import erase_person
from portal.web import clock

phrases.declare(
    {
        "person.noted": _l("%(actor)s added %(person)s"),
        "person.admitted": _l("%(person)s came in for the first time"),
    }
)


def person_at(address: str) -> Person | None:
    """The person whom an address belongs to."""
    query = select(Person).join(EmailAddress).where(EmailAddress.folded == fold_address(address))
    return db.session.execute(query).scalar_one_or_none()


@operation
def known_person(name: str, address: str, how: str, by: int | None) -> Person:
    """Find a person by her address, or note her down with it. She can't sign in by that alone."""
    found = person_at(address)
    if found:
        return found
    name = name or address.partition("@")[0]
    person = Person(
        name=name, sort_name=sort_name(name), listing={}, created_at=clock.now(), added_by=by, how_added=how
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(EmailAddress(person_id=person.id, address=address, folded=fold_address(address), is_primary=True))
    history.record(by, "person.noted", "person", person.id, person_id=person.id)
    return person


@operation
def admit(person: Person, address: str | None = None) -> None:
    """From here on a sign-in code opens the door; ``address`` proved to be hers just now."""
    if person.admitted_at is None:
        person.admitted_at = clock.now()
        history.record(person.id, "person.admitted", "person", person.id, person_id=person.id)
    if address:
        verify_address(person.id, address, clock.now())


def verify_address(person_id: int, address: str, at: datetime) -> None:
    """Note that mail to this address reaches her."""
    db.session.execute(
        update(EmailAddress)
        .where(
            EmailAddress.person_id == person_id,
            EmailAddress.folded == fold_address(address),
            EmailAddress.verified_at.is_(None),
        )
        .values(verified_at=at)
    )


@operation
def forget_known(person: Person) -> None:
    """Forget whoever was noted down and never came in, as if she had deleted herself.

    Somebody who did come in does that on her own page; nothing happens to her here.
    """
    if person.admitted_at is None and person.erased_at is None:
        erase_person(person.id)


def forget_asking(person_id: int) -> None:
    """This room's part of forgetting a person: she no longer asks to come in anywhere, and typed no school."""
    asked = select(JoinRequest.id).where(JoinRequest.person_id == person_id)
    db.session.execute(update(OutsideAsk).where(OutsideAsk.join_request_id.in_(asked)).values(school=""))
    waiting = (JoinRequest.person_id == person_id, JoinRequest.decided_at.is_(None))
    db.session.execute(update(JoinRequest).where(*waiting).values(decided_at=clock.now()))
