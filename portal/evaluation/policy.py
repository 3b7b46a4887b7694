"""Who may do what with evaluations. Handed plain objects."""

from portal.events.policy import Member, can_edit


def can_arrange(member: Member, owner_id: int) -> bool:
    """What is asked, and the figures: coordinators, and whoever the event belongs to."""
    return can_edit(member, owner_id)


def can_read_words(member: Member) -> bool:
    """What people wrote in their own words: they were told that the coordinators alone read it."""
    return member.is_coordinator
