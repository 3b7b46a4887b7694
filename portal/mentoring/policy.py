"""Who may do what with pairs and talks. Coordinators see rhythm and silence, never content."""

from portal.mentoring.models import MentoringContact, Pairing
from portal.networks.scope import Standing


def may_pair(membership: Standing) -> bool:
    return membership.is_coordinator


def is_of_pair(person_id: int, pairing: Pairing) -> bool:
    return person_id in (pairing.mentor_id, pairing.mentee_id)


def may_see_pair(membership: Standing, pairing: Pairing) -> bool:
    """That the pair exists, its dates and minutes."""
    return is_of_pair(membership.person_id, pairing) or membership.is_coordinator


def may_log(membership: Standing, pairing: Pairing) -> bool:
    """Only the two write down their talks; nobody does it for them."""
    return is_of_pair(membership.person_id, pairing)


def may_change(membership: Standing, contact: MentoringContact) -> bool:
    return contact.logged_by == membership.person_id


def may_confirm(membership: Standing, contact: MentoringContact) -> bool:
    """The other one of the two."""
    return is_of_pair(membership.person_id, contact.pairing) and contact.logged_by != membership.person_id


def other_of(person_id: int, pairing: Pairing) -> int:
    return pairing.mentee_id if person_id == pairing.mentor_id else pairing.mentor_id
