"""Whom of the network she can choose as a reader, and whether what she sends reaches that one."""

from sqlalchemy import select

from portal.db import db
from portal.mentoring.queries_people import members_to_pair
from portal.networks.models import Membership
from portal.people.models import EmailAddress


def members_to_choose(network_id: int, person_id: int) -> list[tuple[int, str]]:
    """(id, name) of everybody else who is a member now."""
    return [(number, name) for number, name in members_to_pair(network_id) if number != person_id]


def is_member(network_id: int, person_id: int) -> bool:
    """Whether she can still come to the page on which it waits: a draft may lie for weeks (one query)."""
    here = select(Membership.id).where(
        Membership.network_id == network_id, Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    return db.session.execute(here.limit(1)).first() is not None


def has_address(person_id: int) -> bool:
    """Whether mail can reach her: not everybody has an address that works (one query)."""
    works = select(EmailAddress.id).where(
        EmailAddress.person_id == person_id, EmailAddress.is_primary, EmailAddress.bounced_at.is_(None)
    )
    return db.session.execute(works.limit(1)).first() is not None
