"""Who may do what with a kit. Handed plain objects: a membership, and a kit that she may see."""

from typing import Protocol


class Member(Protocol):
    """What a policy needs to know of somebody: ``networks.scope.Standing`` is one."""

    @property
    def person_id(self) -> int: ...
    @property
    def network_id(self) -> int: ...
    @property
    def is_coordinator(self) -> bool: ...
    @property
    def may_write(self) -> bool: ...


class Kept(Protocol):
    @property
    def network_id(self) -> int: ...
    @property
    def keeper_id(self) -> int | None: ...


def can_make_kit(member: Member) -> bool:
    """The network's coordinators: a box belongs to somebody, and they answer for it."""
    return member.is_coordinator


def can_edit_kit(member: Member, kit: Kept) -> bool:
    """What the kit is and who may borrow it: the coordinators of its own network."""
    return member.is_coordinator and kit.network_id == member.network_id


def can_mind_kit(member: Member, kit: Kept) -> bool:
    """Handing over, checking, refilling, settling problems: its coordinators, and its keeper at the door."""
    return can_edit_kit(member, kit) or (
        member.may_write and kit.keeper_id == member.person_id and kit.network_id == member.network_id
    )
