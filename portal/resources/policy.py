"""Who may do what with a pack. Handed plain objects: a membership, and a pack that she may see."""

from typing import Protocol


class Member(Protocol):
    """What a policy needs to know of somebody: ``networks.scope.Standing`` is one."""

    @property
    def person_id(self) -> int: ...
    @property
    def is_coordinator(self) -> bool: ...
    @property
    def may_write(self) -> bool: ...


class Owned(Protocol):
    @property
    def owner_id(self) -> int: ...


def can_make_pack(member: Member) -> bool:
    """Any member may; observers read along."""
    return member.may_write


def can_import_packs(member: Member) -> bool:
    """Coordinators bring in catalogues, and share what they brought."""
    return member.is_coordinator


def can_edit_pack(member: Member, pack: Owned) -> bool:
    """Its owner, and coordinators for a pack that they can see (never somebody else's draft)."""
    return member.may_write and (member.is_coordinator or pack.owner_id == member.person_id)


def can_record_use(member: Member) -> bool:
    """Whoever teaches in this network; an observer has no class here."""
    return member.may_write


def can_withdraw_use(member: Member, use_person_id: int) -> bool:
    """Only she who told of it."""
    return member.person_id == use_person_id
