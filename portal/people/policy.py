"""Who may see and do what with a person. ``level`` is how near the reader stands; it comes from one query."""

from typing import Protocol

from portal.people.levels import KEEPER, SELF


class Reader(Protocol):
    @property
    def is_administrator(self) -> bool: ...
    @property
    def coordinates(self) -> bool: ...


def can_list_people(reader: Reader) -> bool:
    """The list of people, imports and merges: for those who run a network, and administrators."""
    return reader.coordinates or reader.is_administrator


def can_change(level: str) -> bool:
    """Name, what she teaches, where she works."""
    return level in {SELF, KEEPER}
