"""The signed paper, typed back in one go: who signed, when each came and left, and who walked in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import Length

from portal.activities.operations import Mark
from portal.attendance.forms_row import Overtaken, overtaken, says_the_same
from portal.attendance.forms_walk_in import WalkIn, WalkInLines
from portal.attendance.hours import Hours, Part
from portal.attendance.paper_list import PaperList
from portal.attendance.queries import SheetRow
from portal.web import dates
from portal.web.errors import DomainError
from portal.web.forms import Form

_HOURS = re.compile(r"\d?(?:[.,]\d{1,2})?[¼½¾]?")
_RUN = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Change:
    """What saving will do to one row, in words."""

    number: int | None
    name: str
    now: str
    old: str = ""


@dataclass
class Plan:
    """All that saving will write."""

    marks: list[Mark] = field(default_factory=list)
    walk_ins: list[WalkIn] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


class PaperForm(Form):
    """One dense form. Its rows are read by name: ``tick-``, ``from-``, ``to-``, ``min-`` and ``was-`` with a person's id."""

    whole = StringField(
        _l("Signed, and stayed from start to end"),
        description=_l("Numbers of the paper, like 1-14, 17. Hours typed in a row below count instead."),
        validators=[Length(max=400)],
    )
    rest_away = BooleanField(_l("Whoever did not sign was not here"))

    def __init__(self, listed: PaperList, hours: Hours) -> None:
        super().__init__()
        self.listed, self.hours = listed, hours
        self.typed: Mapping[str, str] = {}
        self.row_errors: dict[int, str] = {}
        self.walk_ins = WalkInLines(listed, hours)

    def read(self, typed: Mapping[str, str]) -> Plan | None:
        """What is to be written, or None with sentences beside the rows that have something to put right."""
        self.typed = typed
        plan, whole = Plan(), self._whole()
        for number, row in [*self.listed.numbered, *((None, row) for row in self.listed.later)]:
            self._read_row(plan, number, row, number in whole)
        for walk_in in self.walk_ins.read(typed, whole):
            plan.walk_ins.append(walk_in)
            plan.changes.append(Change(walk_in.number, walk_in.name, self._says(walk_in.part.minutes), _("walks in")))
        return None if self.row_errors or self.walk_ins.errors or self.errors else plan

    def value(self, name: str, person_id: int) -> str:
        """What was typed, so that nothing is lost."""
        return self.typed.get(f"{name}-{person_id}", "")

    def lines(self) -> Iterable[tuple[str, str]]:
        yield from super().lines()
        for row in self.listed.rows:
            if row.person_id in self.row_errors:
                yield f"from-{row.person_id}", f"{row.name}: {self.row_errors[row.person_id]}"
        yield from self.walk_ins.lines()

    def _whole(self) -> set[int]:
        try:
            return numbers_typed(self.whole.data or "", self.listed.empty[-1])
        except DomainError as refusal:
            self.whole.errors = [*self.whole.errors, refusal.sentence]
            return set()

    def _read_row(self, plan: Plan, number: int | None, row: SheetRow, is_whole: bool) -> None:
        try:
            mark = self._mark(row, is_whole)
            if mark is None or says_the_same(mark, row):
                return
            if self.value("was", row.person_id) != row.state:
                raise Overtaken(overtaken(row))
        except DomainError as refusal:
            self.row_errors[row.person_id] = refusal.sentence
            return
        plan.marks.append(mark)
        plan.changes.append(Change(number, row.name, self._says(mark.minutes), self._stands(row)))

    def _mark(self, row: SheetRow, is_whole: bool) -> Mark | None:
        start, end, minutes = (self.value(name, row.person_id).strip() for name in ("from", "to", "min"))
        if start or end or minutes:
            part = self._part(start, end, minutes, row)
            return Mark(row.person_id, part.minutes, row.capacity, part.arrived_at, part.left_at, row.organisation_id)
        if is_whole or self.value("tick", row.person_id):
            whole = self.hours.whole(row.arrived_at)
            return Mark(row.person_id, whole.minutes, row.capacity, whole.arrived_at, None, row.organisation_id)
        if self.rest_away.data and row.is_expected and not row.is_marked:
            return Mark(row.person_id, 0, row.capacity, organisation_id=row.organisation_id)
        return None

    def _part(self, start: str, end: str, fewer: str, row: SheetRow) -> Part:
        """When she came and left; whoever asked for fewer hours gets no more than these."""
        asked = self.hours.part("", "", _as_hours(fewer), row.arrived_at) if fewer else None
        if asked and not (start or end):
            return asked
        there = self.hours.part(start, end, arrived_at=row.arrived_at)
        return replace(there, minutes=min(there.minutes, asked.minutes)) if asked else there

    def _stands(self, row: SheetRow) -> str:
        if row.is_in_room:
            return _("signed in at %(time)s", time=dates.time(row.arrived_at))
        return "" if row.minutes is None else self._says(row.minutes)

    def _says(self, minutes: int) -> str:
        if minutes == 0:
            return _("not here")
        return _("here from start to end") if minutes == self.hours.lasts else dates.minutes(minutes)


def _as_hours(text: str) -> str:
    """A bare 1 or 1.5 in a column of hours is hours."""
    return f"{text} h" if _HOURS.fullmatch(text) else text


def numbers_typed(text: str, last: int) -> set[int]:
    """1-14, 17 as numbers. Raises DomainError for anything else, and for numbers that are not on the paper."""
    found: set[int] = set()
    joined = re.sub(r"\s*[-–—]\s*", "-", text.strip())
    for part in filter(None, re.split(r"[,;.\s]+", joined)):
        run = _RUN.fullmatch(part)
        if run is None:
            raise DomainError(_("“%(part)s” is no number of the paper. Type them like 1-14, 17.", part=part))
        first, end = int(run[1]), int(run[2] or run[1])
        if not 1 <= first <= end <= last:
            raise DomainError(_("%(part)s is not on the paper: its lines are 1 to %(last)s.", part=part, last=last))
        found.update(range(first, end + 1))
    return found
