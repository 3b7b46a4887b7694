"""Whom of the network she can choose as a reader."""

from portal.mentoring.queries_people import members_to_pair


def members_to_choose(network_id: int, person_id: int) -> list[tuple[int, str]]:
    """(id, name) of everybody else who is a member now."""
    return [(number, name) for number, name in members_to_pair(network_id) if number != person_id]
