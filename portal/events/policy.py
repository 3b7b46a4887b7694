"""Who may do what with events. Handed plain objects: a membership, and ids of the event's people."""

from typing import Protocol


class Member(Protocol):
    @property
    def person_id(self) -> int: ...
    @property
    def is_coordinator(self) -> bool: ...
    @property
    def role(self) -> str: ...


def can_plan(member: Member) -> bool:
    """Coordinators put events on."""
    return member.is_coordinator


def can_edit(member: Member, owner_id: int) -> bool:
    """Coordinators, and whoever the event belongs to."""
    return member.is_coordinator or member.person_id == owner_id


def can_see_draft(member: Member, owner_id: int) -> bool:
    """A draft is nobody's business but of those who may edit it."""
    return can_edit(member, owner_id)


def can_see_names(member: Member, owner_id: int) -> bool:
    """Who booked, by name, and what they asked us to know. Members see schools and counts."""
    return can_edit(member, owner_id)


def can_take_attendance(member: Member, owner_id: int, facilitator_ids: frozenset[int]) -> bool:
    """Those who may edit the event, and who leads the session."""
    return can_edit(member, owner_id) or member.person_id in facilitator_ids


def booking_kind(member: Member) -> str:
    """Observers (critical friends) are counted apart from members."""
    return "observer" if member.role == "observer" else "member"
