"""What is typed on the sheet: here, part or not here for each person, and the few words for somebody who walks in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional

from portal.activities.operations import Mark
from portal.attendance.queries import Sheet, SheetRow
from portal.events import words
from portal.events.times import to_utc
from portal.events.typed import minutes_typed, time_typed
from portal.web import clock
from portal.web.choices import choices_of, one_line
from portal.web.errors import DomainError
from portal.web.forms import Form

HERE, PART, AWAY = "here", "part", "away"
ANSWERS = ((HERE, _l("Here")), (PART, _l("Part")), (AWAY, _l("Not here")))


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the sheet as it is drawn: what is marked, or what was just typed."""

    row: SheetRow
    answer: str
    start: str
    end: str
    minutes: str
    capacity: str
    error: str = ""

    @property
    def id(self) -> str:
        return f"p{self.row.person_id}"


class SheetForm(Form):
    """The whole sheet. Its rows come from the session, so they are read by name and not by WTForms fields."""

    def __init__(self, sheet: Sheet, starts_at: datetime, minutes: int, time_zone: str) -> None:
        super().__init__()
        self.sheet, self.starts_at, self.minutes, self.time_zone = sheet, starts_at, minutes, time_zone
        self.typed: Mapping[str, str] = {}
        self.row_errors: dict[int, str] = {}

    def read(self, typed: Mapping[str, str]) -> list[Mark]:
        """The rows that were changed on this sheet; errors stand beside their rows."""
        self.typed = typed
        marks = [mark for row in self.sheet.rows if (mark := self._read_row(row)) is not None]
        return [] if self.row_errors else marks

    def lines(self) -> Iterable[tuple[str, str]]:
        yield from super().lines()
        for row in self.sheet.rows:
            if row.person_id in self.row_errors:
                yield f"p{row.person_id}", f"{row.name}: {self.row_errors[row.person_id]}"

    def line(self, row: SheetRow) -> Line:
        """How a row is drawn: as typed when the sheet comes back with something to put right, else as marked."""
        key = str(row.person_id)
        if f"was-{key}" in self.typed:
            answer, start, end, minutes, capacity = (
                self.typed.get(f"{name}-{key}", "") for name in ("is", "from", "to", "min", "cap")
            )
            return Line(row, answer, start, end, minutes, capacity, self.row_errors.get(row.person_id, ""))
        return Line(
            row, self._answer(row), self._hour(row.arrived_at), self._hour(row.left_at), self._part(row), row.capacity
        )

    def _read_row(self, row: SheetRow) -> Mark | None:
        key = str(row.person_id)
        was, answer = self.typed.get(f"was-{key}"), self.typed.get(f"is-{key}", "")
        if was is None or not answer:
            return None
        try:
            mark = self._mark(row, answer, self.typed.get(f"cap-{key}") or row.capacity)
        except DomainError as refusal:
            self.row_errors[row.person_id] = refusal.sentence
            return None
        if f"{mark.minutes}.{mark.capacity}" == was and not (mark.arrived_at and row.arrived_at is None):
            return None
        if was != row.state:
            self.row_errors[row.person_id] = _("somebody else marked this row while you wrote. Look at it again.")
            return None
        return mark

    def _mark(self, row: SheetRow, answer: str, capacity: str) -> Mark:
        arrived_at = left_at = None
        if answer == HERE:
            minutes = self.minutes
        elif answer == PART:
            minutes, arrived_at, left_at = self._part_typed(str(row.person_id))
        else:
            minutes = 0
        return Mark(row.person_id, minutes, capacity, arrived_at, left_at, row.organisation_id)

    def _part_typed(self, key: str) -> tuple[int, datetime | None, datetime | None]:
        """From and to, where both are typed and new; else the minutes."""
        start, end, minutes = (self.typed.get(f"{name}-{key}", "").strip() for name in ("from", "to", "min"))
        if minutes and not (start and end):
            return self._at_most(minutes_typed(minutes)), None, None
        if not (start and end):
            raise DomainError(_("say from when to when, or how many minutes."))
        arrived_at, left_at = self._moment(time_typed(start)), self._moment(time_typed(end))
        if left_at <= arrived_at:
            raise DomainError(_("the end, %(end)s, is before the start, %(start)s.", end=end, start=start))
        last = self.starts_at + timedelta(minutes=self.minutes)
        counted = min(left_at, last) - max(arrived_at, self.starts_at)
        return self._at_most(max(0, int(counted.total_seconds() // 60))), arrived_at, left_at

    def _moment(self, at: time) -> datetime:
        """That hour on the session's day, or past midnight when the session runs over it."""
        first = clock.local(self.starts_at, self.time_zone)
        last = clock.local(self.starts_at + timedelta(minutes=self.minutes), self.time_zone)
        day = last.date() if last.date() != first.date() and at < time(12) else first.date()
        return to_utc(day, at, self.time_zone, fold=first.fold)

    def _at_most(self, minutes: int) -> int:
        if not 0 < minutes <= self.minutes:
            raise DomainError(_("it lasted %(most)s minutes, so part of it is 1 to %(most)s.", most=self.minutes))
        return minutes

    def _answer(self, row: SheetRow) -> str:
        if row.minutes is None:
            return ""
        return AWAY if row.minutes == 0 else HERE if row.minutes == self.minutes else PART

    def _part(self, row: SheetRow) -> str:
        return str(row.minutes) if row.minutes and row.minutes != self.minutes and not row.arrived_at else ""

    def _hour(self, moment: datetime | None) -> str:
        return clock.local(moment, self.time_zone).strftime("%H:%M") if moment else ""


class WalkInForm(Form):
    """Somebody came without booking."""

    name = StringField(_l("Name"), filters=[one_line], validators=[DataRequired(_l("Type her name.")), Length(max=200)])
    address = EmailField(
        _l("Email"),
        description=_l("So that her hours find her. Without it we go by name and school."),
        validators=[Optional(), Length(max=320), Email(_l("An address looks like name@school.example."))],
    )
    school = StringField(_l("School or college"), filters=[one_line], validators=[Length(max=250)])
    capacity = SelectField(_l("Was there as"), choices=choices_of(words.CAPACITIES.items()), default="participant")
