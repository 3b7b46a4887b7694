"""Who may do what in a network's own pages. Handed plain standings and nothing of the web."""

from portal.networks.scope import Standing


def can_manage(membership: Standing) -> bool:
    """Change the charter and settings, invite, answer, give roles, remove: the coordinators."""
    return membership.is_coordinator


def can_export_members(membership: Standing) -> bool:
    """The list of members as a file leaves the portal: only in a coordinator's hands."""
    return membership.is_coordinator


def can_see_everything_of(membership: Standing, person_id: int) -> bool:
    """What a person keeps out of the directory is still seen by herself and by the coordinators."""
    return membership.is_coordinator or membership.person_id == person_id
