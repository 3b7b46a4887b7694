"""Finding the person and the school that somebody named, among those that are known already."""

from sqlalchemy import exists, func, or_, select

from portal.db import db
from portal.events.models import Booking, Event
from portal.events.namesakes import can_be
from portal.networks.models import Membership, NetworkOrganisation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, EmailAddress, Person
from portal.people.names import fold_address, sort_name
from portal.web.errors import NotHere

MOST = 500


def school_names(network_id: int) -> list[str]:
    """The schools of a network, to choose from (one query)."""
    query = (
        select(Organisation.name)
        .join(NetworkOrganisation, NetworkOrganisation.organisation_id == Organisation.id)
        .where(
            NetworkOrganisation.network_id == network_id,
            Organisation.closed_on.is_(None),
            Organisation.merged_into.is_(None),
        )
        .order_by(Organisation.sort_name)
        .limit(MOST)
    )
    return list(db.session.execute(query).scalars())


def school_named(network_id: int, typed: str) -> int | None:
    """The school of that name: one of the network's, else the only one of that name in the directory."""
    if not typed:
        return None
    same_name = or_(Organisation.name == typed, func.lower(Organisation.name) == typed.lower())
    found = db.session.execute(
        select(Organisation.id, NetworkOrganisation.network_id)
        .outerjoin(
            NetworkOrganisation,
            (NetworkOrganisation.organisation_id == Organisation.id) & (NetworkOrganisation.network_id == network_id),
        )
        .where(same_name, Organisation.merged_into.is_(None))
        .limit(3)
    ).all()
    ours = [school_id for school_id, ours in found if ours]
    if len(ours) == 1:
        return int(ours[0])
    return int(found[0][0]) if len(found) == 1 else None


def person_with_address(address: str) -> int | None:
    """The person that an address belongs to, following a merge."""
    row = db.session.execute(
        select(Person.id, Person.merged_into)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(EmailAddress.folded == fold_address(address), Person.erased_at.is_(None))
    ).first()
    return None if row is None else int(row.merged_into or row.id)


def name_behind(address: str) -> str | None:
    """The name of the person that an address belongs to, None for an unknown one."""
    known = person_with_address(address)
    return None if known is None else db.session.execute(select(Person.name).where(Person.id == known)).scalar_one()


def person_reached_by(address: str, name: str) -> int | None:
    """Who booked with that address of somebody else before, under a name that can be the same (one query)."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Booking, Booking.person_id == Person.id)
        .where(
            func.lower(Booking.reach_by) == fold_address(address),
            Person.erased_at.is_(None),
            Person.merged_into.is_(None),
        )
        .order_by(Person.id)
    )
    return next((int(person_id) for person_id, known in rows if can_be(name, known)), None)


def person_named(name: str, organisation_id: int | None) -> int | None:
    """The only person of that name at that school; None without a school, since two people may share a name."""
    if organisation_id is None:
        return None
    rows = db.session.execute(
        select(Person.id)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(
            Person.sort_name == sort_name(name),
            Affiliation.organisation_id == organisation_id,
            Person.erased_at.is_(None),
            Person.merged_into.is_(None),
        )
        .distinct()
        .limit(2)
    ).scalars()
    found = list(rows)
    return int(found[0]) if len(found) == 1 else None


def merged_person(person_id: int) -> int:
    """The person whom an older link means today (one query). Raises NotHere for one who deleted herself."""
    row = db.session.execute(select(Person.merged_into, Person.erased_at).where(Person.id == person_id)).first()
    if row is None or row.erased_at:
        raise NotHere
    return int(row.merged_into or person_id)


def is_member(network_id: int, person_id: int) -> bool:
    """Whether she belongs to the network now, however she booked."""
    mine = exists().where(
        Membership.network_id == network_id, Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    return bool(db.session.execute(select(mine)).scalar())


def network_of_event(event_id: int) -> int | None:
    """The network that an event belongs to, for a link that names the event alone."""
    query = select(Event.network_id).where(Event.id == event_id, Event.deleted_at.is_(None))
    return db.session.execute(query).scalar_one_or_none()
