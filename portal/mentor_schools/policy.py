"""Who may do what with mentor schools. Members of the network read it all; the two leads and coordinators write."""

from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.pairs import leads, side_of, state_of
from portal.networks.scope import Standing


def may_propose(membership: Standing) -> bool:
    """Any member for a place where she works, a coordinator for any two; the operation looks where she works."""
    return membership.may_write


def may_write(membership: Standing, pair: OrganisationPair) -> bool:
    return membership.is_coordinator or membership.person_id in leads(pair)


def may_name_leads(membership: Standing) -> bool:
    return membership.is_coordinator


def may_answer(person_id: int, pair: OrganisationPair) -> bool:
    """A lead whose side has not said yes; after a no whoever said it, who may think better of it."""
    side = side_of(person_id, pair)
    if not side or pair.ended_on or pair.declined_by not in (None, person_id):
        return False
    return (pair.mentor_accepted_at if side == "mentor" else pair.mentee_accepted_at) is None


def may_take_back(membership: Standing, pair: OrganisationPair) -> bool:
    """A proposal that does not stand yet, by whoever made it or a coordinator."""
    is_hers = membership.is_coordinator or membership.person_id == pair.proposed_by
    return is_hers and state_of(pair) in ("proposed", "declined")
