"""What an import means to do with one row, and what whoever knows the records has to answer."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask_babel import gettext as _

from portal.web.importing_columns import Field


class RowRefused(Exception):
    """This row can't be taken: one sentence for the person, which comes back beside the row."""

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)


@dataclass(frozen=True)
class Row:
    """One row of the sheet: its number in the file, its cells as they came, and the chosen columns by field."""

    number: int
    cells: Sequence[str]
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        return self.values.get(key, "")

    def has(self, key: str) -> bool:
        """Whether the sheet has such a column at all: a column that is not there changes nothing."""
        return key in self.values


@dataclass
class Create:
    """Nothing like it is known: make it. ``values`` are the importer's own."""

    values: Any
    # Said beside the row in the preview: "a shared mailbox".
    remarks: list[str] = field(default_factory=list)


@dataclass
class Update:
    """It is known and differs: ``differences`` are name of the field → (what stands there, what the row says)."""

    id: int
    differences: dict[str, tuple[str, str]]
    values: Any
    # What is known of it, for the preview: "Brackenhythe Academy, Brackenhythe".
    existing: str = ""
    # Only adds (a second school, another address): done even where duplicates are to be left alone.
    adds_only: bool = False
    remarks: list[str] = field(default_factory=list)


@dataclass
class Unchanged:
    """It is known and the row says nothing new."""

    id: int
    existing: str = ""


@dataclass(frozen=True)
class Candidate:
    """Something known that the row may mean, and why one might think so."""

    id: int
    label: str
    why: str


@dataclass
class Ask:
    """Something like it is known: a person decides. Nobody asked (a command): ``otherwise`` is done."""

    candidates: list[Candidate]
    otherwise: "Create | Update | Unchanged | RowRefused"


Plan = Create | Update | Unchanged | Ask


class Importer(ABC):
    """Whoever knows the records. One object serves one run: ``begin``, then for each chunk of rows ``prepare``,
    ``plan`` and ``write`` row by row, and ``flush``.

    ``prepare`` looks everything up that the chunk needs, in a bounded number of queries. ``write`` must be known to
    the next ``plan`` at once (rows repeat within a file), but may wait for ``flush`` to reach the database.
    ``keep`` tells whether anything is kept: in a preview ``write`` is called too, and ``flush`` is not.
    """

    what: ClassVar[str]
    fields: ClassVar[Sequence[Field]]

    def begin(self, columns: Mapping[str, str], keep: bool) -> None:
        """A run starts: heading → field, and whether it is kept or only a preview."""
        self.columns = dict(columns)
        self.keep = keep

    @abstractmethod
    def prepare(self, rows: Sequence[Row]) -> None: ...

    @abstractmethod
    def plan(self, row: Row) -> Plan:
        """What to do with the row. Raises RowRefused."""

    def plan_as(self, row: Row, record_id: int) -> Create | Update | Unchanged:
        """What to do with the row when a person has said that it means that record. Raises RowRefused."""
        raise RowRefused(_("Rows of this list can’t be matched by hand."))

    @abstractmethod
    def write(self, plan: Create | Update, row: Row) -> None: ...

    def flush(self) -> None:  # noqa: B027 - not every importer waits
        """The end of a chunk: everything written so far reaches the database now."""

    def finish(self, outcome: Any) -> None:  # noqa: B027 - nor has a last word
        """The end of the run, in its transaction: a history line, a reindex."""
