"""Who asks for things of a network: what she may see is decided where they are looked up."""

from typing import Protocol


class Reader(Protocol):
    """Who asks, and in which network: ``networks.scope.Standing`` is one."""

    @property
    def person_id(self) -> int: ...
    @property
    def network_id(self) -> int: ...
    @property
    def is_coordinator(self) -> bool: ...
