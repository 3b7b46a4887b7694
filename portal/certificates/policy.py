"""Who makes and voids certificates. Handed plain objects."""

from portal.events.policy import Member, can_edit


def can_certify(member: Member, owner_id: int) -> bool:
    """Coordinators, and whoever the event belongs to: those who may close its sheets."""
    return can_edit(member, owner_id)
