"""Who may do what with pairs and talks. Coordinators see rhythm and silence, never content."""

from portal.mentoring.models import Pairing, PairTalk
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


def may_change(membership: Standing, told: PairTalk) -> bool:
    return told.contact.logged_by == membership.person_id


def may_confirm(membership: Standing, told: PairTalk) -> bool:
    """The other one of the two; nobody was there to confirm the mentor's own time."""
    return (
        is_of_pair(membership.person_id, told.pairing)
        and told.contact.logged_by != membership.person_id
        and told.contact.contact_kind != "support"
    )


def other_of(person_id: int, pairing: Pairing) -> int:
    return pairing.mentee_id if person_id == pairing.mentor_id else pairing.mentor_id
