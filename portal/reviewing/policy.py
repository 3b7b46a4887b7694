"""Who looks at packs: the coordinators, each at those of others. One who is alone looks at her own too, and it says so."""

from typing import Protocol

from portal.resources.policy import Member


class Looked(Protocol):
    @property
    def owner_id(self) -> int: ...
    @property
    def standing(self) -> str: ...


def can_review(member: Member) -> bool:
    return member.is_coordinator


def may_look_at(member: Member, pack: Looked, has_colleague: bool) -> bool:
    """Whether this pack is hers to look at: handed in or shared, and not her own while another coordinator is there."""
    is_open = pack.standing not in ("draft", "retired")
    return member.is_coordinator and is_open and (pack.owner_id != member.person_id or not has_colleague)
