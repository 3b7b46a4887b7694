"""Who may do what with organisations: everybody signed in reads, those who run a network keep them right."""

from typing import Protocol


class Person(Protocol):
    @property
    def is_administrator(self) -> bool: ...
    @property
    def coordinates(self) -> bool: ...


def can_keep(person: Person) -> bool:
    """Make, change, close, import and merge organisations."""
    return person.coordinates or person.is_administrator
