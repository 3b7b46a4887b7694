"""What somebody types who is not on the list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Name and address, a school in her own words, and as what she came.

    ``wants_more`` is the wording that she agreed to, or nothing.
    """

    name: str
    address: str = ""
    school: str = ""
    capacity: str = "participant"
    wants_more: str = ""
