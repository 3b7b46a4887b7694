"""Who reads what stays with an event, and who adds to it. Handed plain objects, like ``policy``."""

from portal.events.policy import Member, can_edit

EVERYTHING = frozenset({"coordinators", "coming", "members", "public"})
IN_THE_NETWORK = frozenset({"members", "public"})
ANYBODY = frozenset({"public"})


def can_keep_papers(member: Member, owner_id: int) -> bool:
    """Those who may edit the event: they answer for what stands beside it."""
    return can_edit(member, owner_id)


def circles_of(member: Member, owner_id: int) -> frozenset[str]:
    """What somebody reads by what she is. That she comes is asked of the event besides."""
    return EVERYTHING if can_edit(member, owner_id) else IN_THE_NETWORK
