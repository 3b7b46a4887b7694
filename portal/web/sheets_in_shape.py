"""From raw records to a sheet: which row holds the headings, what the columns are called, and whether it is too large."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from flask_babel import gettext as _

from portal.web.sheets_in_sheet import Grid, Sheet, SheetError, tidy
from portal.web.sheets_in_survey import Survey

LOOK_AHEAD = 60


def shape(grid: Grid, heading_row: int | None = None) -> Sheet:
    """Give a grid its headings. ``heading_row`` is a row number, 0 for a table without headings, None to look for it.

    Raises ``SheetError`` (``no-rows``, ``too-many-rows``, ``too-many-columns``).
    """
    head = [tidy(record) for record in itertools.islice(grid.records(), LOOK_AHEAD)]
    if heading_row is None:
        heading_row = _find_headings(head)
    titles = head[heading_row - 1] if 0 < heading_row <= len(head) else []
    survey = Survey(heading_row, len(titles), delimiter=grid.delimiter).over(grid.records())
    if not titles and not survey.rows:
        raise SheetError(_("There are no rows in this file. Was the right sheet saved?"), "no-rows")
    notes = grid.notes + _notes_on_head(head, heading_row) + survey.notes()
    return Sheet(
        headings=name_columns(titles, survey.width),
        heading_row=heading_row,
        row_count=survey.rows,
        kind=grid.kind,
        sheet_names=grid.sheet_names,
        sheet_name=grid.sheet_name,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        notes=notes,
        _records=grid.records,
    )


def _find_headings(head: list[list[str]]) -> int:
    """The first row that is about as full as most rows are; titles and remarks above it are fuller of air."""
    filled = [sum(1 for cell in cells if cell) for cells in head]
    usual = Counter(count for count in filled if count)
    if not usual:
        return 1
    most = max(usual.values())
    typical = min(count for count, times in usual.items() if times == most)
    needed = 1 if typical == 1 else max(2, -(-typical * 6 // 10))
    return next(number for number, count in enumerate(filled, start=1) if count >= needed)


def name_columns(titles: Iterable[str], width: int) -> list[str]:
    """Headings for ``width`` columns: a blank one becomes "Column 3", a repeated one "Name (2)"."""
    padded = [*titles, *[""] * width][: max(width, 1)]
    named: list[str] = []
    taken = {title for title in padded if title}
    for place, title in enumerate(padded, start=1):
        wanted = " ".join(title.split()) or _("Column %(number)s", number=place)
        if wanted not in named:
            named.append(wanted)
            continue
        number = next(n for n in itertools.count(2) if f"{wanted} ({n})" not in taken.union(named))
        named.append(f"{wanted} ({number})")
    return named


def _notes_on_head(head: list[list[str]], heading_row: int) -> list[str]:
    notes = []
    above = sum(1 for cells in head[: max(heading_row - 1, 0)] if cells)
    if above:
        notes.append(_("The headings are taken from row %(row)s; what stands above it is left out.", row=heading_row))
    titles = head[heading_row - 1] if 0 < heading_row <= len(head) else []
    if titles and all(re.fullmatch(r"[\d.,\s-]*", title) for title in titles):
        notes.append(_("The first row looks like data. If this table has no headings, say so."))
    return notes
