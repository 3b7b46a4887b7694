"""Who may do what with a loan. Handed plain objects: a membership, a kit, a loan that she may see."""

from typing import Protocol

from portal.kit.policy import Kept, Member, can_mind_kit


class Borrowed(Protocol):
    @property
    def person_id(self) -> int: ...


def can_borrow(member: Member) -> bool:
    """Whoever teaches in a network; an observer has no class here."""
    return member.may_write


def can_decide(member: Member, kit: Kept) -> bool:
    """Approve, decline, hand over, check, close: whoever minds the kit."""
    return can_mind_kit(member, kit)


def can_cancel(member: Member, kit: Kept, loan: Borrowed) -> bool:
    """The borrower, and whoever minds the kit."""
    return loan.person_id == member.person_id or can_mind_kit(member, kit)


def can_tell_use(member: Member, kit: Kept, loan: Borrowed) -> bool:
    return can_cancel(member, kit, loan)


def can_ask_longer(member: Member, kit: Kept, loan: Borrowed) -> bool:
    return can_cancel(member, kit, loan)


def can_write_agreement(member: Member) -> bool:
    """The coordinators of a network, for its kits."""
    return member.is_coordinator


class Driven(Protocol):
    @property
    def network_id(self) -> int: ...
    @property
    def driver_id(self) -> int | None: ...


def can_plan_runs(member: Member) -> bool:
    """The network's coordinators."""
    return member.is_coordinator


def can_work_run(member: Member, run: Driven) -> bool:
    """Its list names people and places: for whoever drives, and the coordinators."""
    hers = member.is_coordinator or (member.may_write and run.driver_id == member.person_id)
    return hers and run.network_id == member.network_id
