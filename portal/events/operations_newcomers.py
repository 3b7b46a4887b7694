"""Somebody who books or comes without being known yet: a Person is made, never an account."""

from dataclasses import dataclass
from datetime import date

from portal.db import db
from portal.events.namesakes import can_be
from portal.events.queries_newcomers import (
    name_behind,
    person_named,
    person_reached_by,
    person_with_address,
    school_named,
)
from portal.networks.models import NetworkOrganisation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Consent, EmailAddress, Person
from portal.people.names import fold_address, sort_name
from portal.web import clock


@dataclass(frozen=True, slots=True)
class Guest:
    """Who booked without an account: whether she was unknown, and whether the address belongs to another name."""

    person_id: int
    is_new: bool
    shares_address: bool = False


def guest_who_came(name: str, address: str, organisation_id: int | None, how: str, today: date) -> Guest:
    """The person of that address if the name can be hers, else a person of her own beside whoever has the address.

    Two people may share a mailbox, and anybody may mistype: a stranger never becomes somebody else by an address alone.
    ``how`` is "booking" or "walk-in". Belongs into the operation that books or signs in.
    """
    holder = name_behind(address)
    if holder is None or can_be(name, holder):
        return Guest(*find_or_make(name, address, organisation_id, how, today))
    known = person_reached_by(address, name)
    if known:
        return Guest(known, False, True)
    return Guest(_make(name, "", organisation_id, how, today, None), True, True)


def find_or_make(
    name: str, address: str, organisation_id: int | None, how: str, today: date, by: int | None = None
) -> tuple[int, bool]:
    """The person with this address, or of this name at this school, else a new one.

    Returns her id and whether she is new. Belongs into the operation that needs her. What is known of her stays as it
    is: a stranger can't change it by booking.
    """
    known = person_with_address(address) if address else person_named(name, organisation_id)
    if known:
        return known, False
    return _make(name, address, organisation_id, how, today, by), True


def _make(name: str, address: str, organisation_id: int | None, how: str, today: date, by: int | None) -> int:
    person = Person(
        name=name, sort_name=sort_name(name), listing={}, created_at=clock.now(), added_by=by, how_added=how
    )
    if address:
        person.addresses.append(EmailAddress(address=address, folded=fold_address(address), is_primary=True))
    if organisation_id:
        person.affiliations.append(Affiliation(organisation_id=organisation_id, started_on=today))
    db.session.add(person)
    db.session.flush()
    return person.id


def find_or_make_school(network_id: int, name: str, today: date) -> int | None:
    """The school of that name, else a new one in this network's list. For coordinators; guests' words stay words."""
    known = school_named(network_id, name)
    if known or not name:
        return known
    school = Organisation(name=name, sort_name=name, kind="school", created_at=clock.now())
    db.session.add(school)
    db.session.flush()
    db.session.add(NetworkOrganisation(network_id=network_id, organisation_id=school.id, since=today))
    return school.id


def note_consent(person_id: int, kind: str, wording: str) -> None:
    """Keep what somebody agreed to, in the words that she read."""
    db.session.add(Consent(person_id=person_id, kind=kind, wording=wording, given_at=clock.now()))
