"""Who may do what with digests: each reads her own, administrators choose when all are written."""

from typing import Protocol


class Reader(Protocol):
    @property
    def is_administrator(self) -> bool: ...


def can_choose_time(reader: Reader) -> bool:
    """The day and the hour are the region's."""
    return reader.is_administrator
