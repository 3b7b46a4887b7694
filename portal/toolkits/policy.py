"""Who may do what with a toolkit. Handed plain objects: a membership, and a toolkit that she may see."""

from portal.resources.policy import Member, Owned


def can_make_toolkit(member: Member) -> bool:
    """Any member may make her own; observers read along."""
    return member.may_write


def can_edit_toolkit(member: Member, toolkit: Owned) -> bool:
    """Its owner, and coordinators for a toolkit that they can see (never somebody else's draft)."""
    return member.may_write and (member.is_coordinator or toolkit.owner_id == member.person_id)
