"""The administrator's acts: setting up, the region, administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal import history
from portal.credit.operations_types import start_credit_types
from portal.db import db, operation
from portal.fulltext.synonyms import start_synonyms
from portal.history import phrases
from portal.networks.models import Region
from portal.networks.operations_known import admit, known_person, person_at
from portal.networks.operations_membership import join
from portal.networks.operations_network import make_network
from portal.networks.queries import forget_region
from portal.people.models import Person
from portal.programmes.operations_frames import start_frames
from portal.surveys.operations_items import start_items
from portal.vocabulary.operations import start_words
from portal.web import clock, limits
from portal.web.errors import DomainError, NotHere

phrases.declare(
    {
        "region.set_up": _l("%(actor)s set up the portal"),
        "region.changed": _l("%(actor)s changed the region’s settings"),
        "administrator.added": _l("%(actor)s made %(person)s an administrator"),
        "administrator.removed": _l("%(person)s is no longer an administrator (%(actor)s)"),
    }
)
KEY_TRIES = 20
REGION = ("name", "time_zone", "locale", "contact", "contact_words")


@dataclass(frozen=True)
class Beginning:
    """What the wizard asks for besides the region itself."""

    name: str
    address: str
    network: str
    slug: str
    is_coordinator: bool


@operation
def set_up(region: Mapping[str, Any], beginning: Beginning) -> int:
    """Make the region, what it begins with, its first administrator and network, all or nothing.

    Returns the person's id.
    """
    if db.session.execute(select(Region.id)).first():
        raise DomainError(_("This portal has been set up already. Sign in."))
    made = Region(**{key: region[key] for key in REGION}, set_up_at=clock.now())
    db.session.add(made)
    db.session.flush()
    start_words()
    start_items()
    start_synonyms()
    start_credit_types()
    start_frames()
    person = known_person(beginning.name, beginning.address, "first-run", None)
    admit(person)
    person.is_administrator = True
    network = make_network(beginning.network, beginning.slug, None, person.id)
    if beginning.is_coordinator:
        join(network.id, person.id, "coordinator", "first-run", None)
    history.record(person.id, "region.set_up", "region", made.id)
    forget_region()
    return person.id


@operation
def guessed_too_often(client: str) -> bool:
    """Count one try of the setup key; it is long, and guessing it is slow besides."""
    return limits.too_many("setup-key", client, KEY_TRIES, 15)


@operation
def change_region(values: Mapping[str, Any], by: int) -> Region:
    """Name, clock, language and contact of the region."""
    region = db.session.execute(select(Region)).scalar_one()
    for key in REGION:
        setattr(region, key, values[key])
    history.record(by, "region.changed", "region", region.id)
    forget_region()
    return region


@operation
def add_administrator(address: str, by: int) -> str:
    """Make somebody who has come in an administrator; returns her name. Raises DomainError for anybody else."""
    person = person_at(address)
    if person is None or person.admitted_at is None or person.erased_at:
        raise DomainError(_("Nobody who has come in has this address. Invite her to a network first."), "address")
    return _add(person, by)


@operation
def restore_administrator(person_id: int, by: int) -> str:
    """Undo a removal; returns her name."""
    person = db.session.get(Person, person_id)
    if person is None or person.admitted_at is None or person.erased_at:
        raise NotHere
    return _add(person, by)


@operation
def remove_administrator(person_id: int, by: int) -> str:
    """No longer an administrator; returns her name. Raises DomainError for the last one."""
    person = db.session.get(Person, person_id)
    if person is None or not person.is_administrator:
        raise NotHere
    others = select(func.count()).where(
        Person.is_administrator, Person.id != person_id, Person.admitted_at.is_not(None), Person.erased_at.is_(None)
    )
    if not db.session.execute(others).scalar_one():
        raise DomainError(_("The portal needs an administrator, and there is no other. Add one first."))
    person.is_administrator = False
    history.record(by, "administrator.removed", "person", person_id, person_id=person_id)
    return person.name


def _add(person: Person, by: int) -> str:
    if not person.is_administrator:
        person.is_administrator = True
        history.record(by, "administrator.added", "person", person.id, person_id=person.id)
    return person.name
