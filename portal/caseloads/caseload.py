"""The lines of a caseload: a pair's figures with how it stands against its rules, in the order in which they are due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.mentoring.spans import Spans
from portal.mentoring.standing import InProgramme, Standing, standing_of
from portal.web import clock

LATEST = date.max


@dataclass(frozen=True, slots=True)
class Line:
    """One pair: ``row`` are its figures (see ``queries``), ``stands`` how it stands today."""

    row: Any
    stands: Standing
    next_on: date | None
    last_on: date | None

    @property
    def is_open(self) -> bool:
        return self.row.ended_on is None

    @property
    def due_on(self) -> date | None:
        return self.stands.due.on if self.stands.due else None

    @property
    def weeks_silent(self) -> int:
        return (self.stands.silent or 0) // 7


def lines_of(rows: Iterable[Any], programmes: Mapping[int, Sequence[InProgramme]], spans: Spans) -> list[Line]:
    return [_line(row, programmes.get(row.id, ()), spans) for row in rows]


def _line(row: Any, programmes: Sequence[InProgramme], spans: Spans) -> Line:
    last_on, next_on = (_day(moment, spans.time_zone) for moment in (row.last_at, row.next_at))
    stands = standing_of(row.started_on, row.ended_on, row.every_days, last_on, programmes, spans.today)
    return Line(row, stands, next_on, last_on)


def _day(moment: datetime | None, time_zone: str) -> date | None:
    return clock.local(moment, time_zone).date() if moment else None


def most_due(line: Line) -> tuple[object, ...]:
    """Open before ended; a date that is fixed says when; else the day by which they should talk; else the longest unseen."""
    return (not line.is_open, line.next_on or line.due_on or LATEST, line.last_on or date.min, line.row.id)


def longest_unseen(line: Line) -> tuple[object, ...]:
    return (not line.is_open, line.last_on or date.min, line.row.id)


def by_name(line: Line) -> tuple[object, ...]:
    return (not line.is_open, line.row.mentee_sort, line.row.id)
