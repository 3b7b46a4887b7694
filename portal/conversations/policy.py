"""Who may do what in a conversation. Everybody in the network reads everything."""

from portal.networks.scope import Standing


def can_write(standing: Standing) -> bool:
    """Start topics, answer, mark as useful: everybody but observers, who read along."""
    return standing.may_write


def can_edit(standing: Standing, author_id: int) -> bool:
    """Words are changed by nobody but their author."""
    return standing.may_write and standing.person_id == author_id


def can_remove(standing: Standing, author_id: int) -> bool:
    """The author, or a coordinator; either way it can be taken back for seven days."""
    return standing.is_coordinator or can_edit(standing, author_id)


def can_bring_back(standing: Standing, deleted_by: int | None) -> bool:
    """Whoever removed it, or a coordinator."""
    return standing.is_coordinator or (deleted_by is not None and standing.person_id == deleted_by)


def can_pin(standing: Standing) -> bool:
    """What stands on top of the list is the coordinators' choice."""
    return standing.is_coordinator


def can_close(standing: Standing, author_id: int) -> bool:
    """Coordinators and whoever asked."""
    return standing.is_coordinator or can_edit(standing, author_id)
