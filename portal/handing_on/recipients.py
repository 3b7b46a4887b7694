"""Whom something is for, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """A member of the network, or somebody with a name and an address."""

    person_id: int | None = None
    name: str = ""
    address: str = ""
    organisation: str = ""
