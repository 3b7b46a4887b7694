"""The import pipeline, without one word of what is imported: a sheet, chosen columns, an importer, one transaction.

Importing the same sheet twice changes nothing the second time; rows that can't be taken come back as they came, with
the reason beside each. See ``importing_plans.Importer`` for what a room writes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from flask_babel import gettext as _

from portal.db import operation
from portal.web.importing_columns import (
    Field,
    check_columns,
    guess_columns,
    parse_columns,
    remember_columns,
    remembered_columns,
)
from portal.web.importing_plans import Ask, Candidate, Create, Importer, Plan, Row, RowRefused, Unchanged, Update
from portal.web.tables import Column, csv_bytes

__all__ = [
    "Ask",
    "Candidate",
    "Create",
    "Field",
    "Importer",
    "Outcome",
    "Rejected",
    "Row",
    "RowRefused",
    "Unchanged",
    "Update",
    "check_columns",
    "guess_columns",
    "parse_columns",
    "rehearse",
    "rejects_csv",
    "remember_columns",
    "remembered_columns",
    "run",
]

CHUNK = 500
# Per-row decisions: "update", "keep" (leave what exists), "new" (it is another one), or the id of the record it means.
Decisions = Mapping[int, str]
Watch = Callable[[Row, Plan | RowRefused], None]


class AnySheet(Protocol):
    """What is needed of a sheet (``portal.web.tables.Sheet`` is one)."""

    headings: list[str]

    def numbered(self) -> Iterator[tuple[int, list[str]]]: ...


@dataclass(frozen=True)
class Rejected:
    """A row that could not be taken: its number in the file, its cells as they came, and why."""

    number: int
    cells: list[str]
    reason: str


@dataclass
class Outcome:
    """What came of an import; read = created + updated + unchanged + skipped + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        numbers = {key: getattr(self, key) for key in ("read", "created", "updated", "unchanged", "skipped")}
        return numbers | {"rejected": len(self.rejected)}


@operation
def run(
    importer: Importer,
    sheet: AnySheet,
    columns: Mapping[str, str],
    on_duplicate: str = "update",
    decisions: Decisions | None = None,
) -> Outcome:
    """Import the whole sheet in one transaction. ``columns`` is heading → field key.

    ``on_duplicate`` is ``update`` or ``skip`` (what exists stays as it is); ``decisions`` overrule it row by row.
    Raises DomainError when the columns can't be used.
    """
    return _go(importer, sheet, columns, on_duplicate, decisions or {}, keep=True)


def rehearse(
    importer: Importer,
    sheet: AnySheet,
    columns: Mapping[str, str],
    on_duplicate: str = "update",
    decisions: Decisions | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """What ``run`` would do, without writing; ``watch`` is shown each row with its plan or its refusal."""
    return _go(importer, sheet, columns, on_duplicate, decisions or {}, keep=False, watch=watch)


def rejects_csv(outcome: Outcome, sheet: AnySheet) -> bytes:
    """The rows that could not be taken, as they came, with the row's number and the reason after them."""
    headings = [*sheet.headings, _("Row"), _("What to put right")]
    rows = ([*one.cells, one.number, one.reason] for one in outcome.rejected)
    return csv_bytes([Column(heading) for heading in headings], rows)


def _go(
    importer: Importer,
    sheet: AnySheet,
    columns: Mapping[str, str],
    on_duplicate: str,
    decisions: Decisions,
    keep: bool,
    watch: Watch | None = None,
) -> Outcome:
    check_columns(columns, sheet.headings, importer.fields)
    outcome = Outcome()
    importer.begin(columns, keep)
    for chunk in _chunks(_rows(sheet, columns)):
        importer.prepare(chunk)
        for row in chunk:
            _take(importer, row, outcome, on_duplicate, decisions, watch)
        if keep:
            importer.flush()
    if keep:
        importer.finish(outcome)
    return outcome


def _rows(sheet: AnySheet, columns: Mapping[str, str]) -> Iterator[Row]:
    places = [(sheet.headings.index(heading), key) for heading, key in columns.items()]
    for number, cells in sheet.numbered():
        yield Row(number, cells, {key: cells[place] for place, key in places})


def _chunks(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _take(
    importer: Importer, row: Row, outcome: Outcome, on_duplicate: str, decisions: Decisions, watch: Watch | None
) -> None:
    outcome.read += 1
    decision = decisions.get(row.number, "")
    try:
        found = importer.plan(row)
        if watch:
            watch(row, found)
        _do(importer, row, _decided(importer, row, found, decision), outcome, decision or on_duplicate)
    except RowRefused as refusal:
        if watch:
            watch(row, refusal)
        outcome.rejected.append(Rejected(row.number, list(row.cells), refusal.sentence))


def _decided(importer: Importer, row: Row, found: Plan, decision: str) -> Create | Update | Unchanged | None:
    """The plan after a person's decision about the row; None leaves the row out. Raises RowRefused."""
    if decision.isdecimal():
        return importer.plan_as(row, int(decision))
    if not isinstance(found, Ask):
        return found
    if decision == "keep":
        return None
    if isinstance(found.otherwise, RowRefused):
        raise found.otherwise
    return found.otherwise


def _do(importer: Importer, row: Row, plan: Create | Update | Unchanged | None, outcome: Outcome, how: str) -> None:
    if plan is None:
        outcome.skipped += 1
    elif isinstance(plan, Unchanged):
        outcome.unchanged += 1
    elif isinstance(plan, Update) and how in {"skip", "keep"} and not plan.adds_only:
        outcome.skipped += 1
    else:
        importer.write(plan, row)
        if isinstance(plan, Create):
            outcome.created += 1
        else:
            outcome.updated += 1
