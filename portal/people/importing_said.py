"""What a row says once its organisation is found, and who finds organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from portal.people.importing_cells import Told


class Workplaces(Protocol):
    """The organisations that the rows name: found, or made when the chunk is written."""

    def open(self, named: Iterable[tuple[str, str, str]], scheme: str, of_districts: bool, keep: bool) -> None:
        """Look up (name, code, place) of a chunk."""

    def find(self, name: str, code: str, place: str) -> int | None:
        """The organisation, a negative number for one that is to be made, None where none is named. Raises RowRefused."""

    def known(self) -> Iterable[int]: ...

    def label(self, organisation_id: int) -> str: ...

    def flush(self) -> dict[int, int]:
        """Make what is to be made; negative number → id."""


@dataclass
class Said:
    """What a row says, with the organisation found."""

    told: Told
    organisation_id: int | None
    # Fields of the person that the row sets, when it is the first of the file to speak of her.
    facts: dict[str, str]
