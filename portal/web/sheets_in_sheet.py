"""What a table that came in is: headings, rows of text, and the row numbers that a person sees.

A reader (delimited text, workbook, HTML, JSON) hands over a ``Grid`` of raw records, ``sheets_in_shape`` makes a ``Sheet``
of it. A sheet reads its rows again whenever it is asked, so nothing is held in memory but the source.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from portal.web.errors import DomainError

_EDGES = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff"
# The apostrophe that our own exports put before a formula sign (sheets_out) is taken away again.
_GUARDED = re.compile(r"'(?='*[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20])")


class SheetError(DomainError):
    """This file cannot be read as a table: a sentence for the person, and ``reason``, a word for the program."""

    def __init__(self, sentence: object, reason: str, field: str | None = None) -> None:
        super().__init__(sentence, field)
        self.reason = reason


@dataclass
class Grid:
    """Raw records as they stand in the file, blank ones included; ``records`` starts again at each call."""

    kind: str
    records: Callable[[], Iterator[Sequence[str]]]
    sheet_names: list[str] = field(default_factory=list)
    sheet_name: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    notes: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """A table to import.

    ``headings`` are never blank and never repeat; every row has as many cells as there are headings, trimmed.
    ``heading_row`` is 0 when the file has no headings. ``notes`` are sentences about what was noticed on the way.
    """

    headings: list[str]
    heading_row: int
    row_count: int
    kind: str
    sheet_names: list[str]
    sheet_name: str
    encoding: str | None
    delimiter: str | None
    notes: list[str]
    _records: Callable[[], Iterator[Sequence[str]]]

    def __len__(self) -> int:
        return self.row_count

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number in the file, counted from 1 as a spreadsheet counts; blank rows are left out."""
        width = len(self.headings)
        for number, record in enumerate(self._records(), start=1):
            if number > self.heading_row and (cells := tidy(record)):
                yield number, cells + [""] * (width - len(cells))

    @property
    def rows(self) -> Iterator[list[str]]:
        """The rows alone, from the first, at each access."""
        return (cells for _number, cells in self.numbered())

    def named(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row as heading → cell, with its number in the file."""
        for number, cells in self.numbered():
            yield number, dict(zip(self.headings, cells, strict=True))

    def sample(self, count: int = 10) -> list[list[str]]:
        """The first rows, for a preview."""
        return list(itertools.islice(self.rows, count))

    def column(self, heading: str) -> Iterator[str]:
        """One column from top to bottom; ``ValueError`` for a heading that is not there."""
        place = self.headings.index(heading)
        return (cells[place] for cells in self.rows)


def tidy(record: Sequence[str]) -> list[str]:
    """Cells without blanks around them and without blank cells at the end; a blank row is an empty list."""
    cells = [
        _GUARDED.sub("", cell, count=1) if cell[:1] == "'" else cell for raw in record for cell in [raw.strip(_EDGES)]
    ]
    while cells and not cells[-1]:
        cells.pop()
    return cells
