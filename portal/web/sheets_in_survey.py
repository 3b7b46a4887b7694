"""One pass over all rows of a table that came in: how many, how wide, and what is odd about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from flask_babel import gettext as _

from portal.web.sheets_in_sheet import SheetError, tidy

MAX_ROWS = 200_000
MAX_COLUMNS = 200
# A workbook cannot be longer; a text that is holds nothing but line ends.
MAX_RECORDS = 1_048_576
MANY_PARTS = 2


@dataclass
class Survey:
    """One pass over all rows: how many, how wide, and what is odd about them."""

    heading_row: int
    heading_width: int
    rows: int = 0
    width: int = 0
    delimiter: str | None = None
    longer: list[int] = field(default_factory=list)
    swallowed: list[int] = field(default_factory=list)

    def over(self, records: Iterator[Sequence[str]]) -> Self:
        self.width = self.heading_width
        for number, record in enumerate(records, start=1):
            if number > self.heading_row and (cells := tidy(record)):
                self._count(number, len(cells))
                self._look_for_rows_in(number, cells)
            if self.rows > MAX_ROWS or number > MAX_RECORDS:
                raise SheetError(
                    _("This table has more than %(limit)s rows. Please send it in parts.", limit=f"{MAX_ROWS:,}"),
                    "too-many-rows",
                )
        return self

    def _count(self, number: int, width: int) -> None:
        self.rows += 1
        self.width = max(self.width, width)
        if width > MAX_COLUMNS:
            raise SheetError(
                _(
                    "Row %(row)s has more than %(limit)s columns. Is this the right file?",
                    row=number,
                    limit=MAX_COLUMNS,
                ),
                "too-many-columns",
            )
        if self.heading_row and width > self.heading_width:
            self.longer.append(number)

    def _look_for_rows_in(self, number: int, cells: list[str]) -> None:
        """A cell of several lines, one of them cut like a whole row: a quotation mark that closed too late."""
        if self.delimiter and self.heading_width > MANY_PARTS and any("\n" in cell for cell in cells):
            lines = (line for cell in cells if "\n" in cell for line in cell.split("\n"))
            if any(self._is_like_a_row(line, self.delimiter) for line in lines):
                self.swallowed.append(number)

    def _is_like_a_row(self, line: str, delimiter: str) -> bool:
        # In a sentence a blank follows the comma, in a row hardly ever.
        return line.count(delimiter) == self.heading_width - 1 and f"{delimiter} " not in line

    def notes(self) -> list[str]:
        notes = []
        if self.longer:
            notes.append(
                _("Some rows have more cells than there are headings: row %(rows)s.", rows=_first(self.longer))
            )
        if self.swallowed:
            sentence = _(
                "A cell looks like several rows, in row %(rows)s. Is a quotation mark too many there?",
                rows=_first(self.swallowed),
            )
            notes.append(sentence)
        return notes


def _first(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers[:5]) + ("…" if len(numbers) > 5 else "")
