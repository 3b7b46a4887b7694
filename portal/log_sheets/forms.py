"""A paper sheet, typed back: up to twelve rows of one month. Nothing typed is lost; each row says what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from portal.activities.meetings import MODES, NOON, moment
from portal.log_sheets.rows_refused import RowsRefused
from portal.mentoring.models import PairTalk
from portal.mentoring.months import month_of
from portal.mentoring.talks import Talk
from portal.mentoring.words import KINDS
from portal.web import clock, dates
from portal.web.choices import choices_of
from portal.web.errors import DomainError
from portal.web.forms import Form

ROWS = 12
FIELDS = ("day", "start", "minutes", "mode", "kind", "ticks")
# Where the operation's refusals belong in a row.
PLACES = {"on": "day", "minutes": "minutes", "kind": "kind"}
MONTHS_BACK = 12
SKIP, ALSO = "skip", "also"


@dataclass
class Row:
    """One row as it was typed. ``twins`` are talks of that day that stand there already."""

    number: int
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    twins: Sequence[PairTalk] = ()
    choice: str = ""

    def value(self, name: str) -> str:
        return self.typed.get(name, "")

    @property
    def is_empty(self) -> bool:
        """How and kind are chosen beforehand: they alone are no row."""
        return not any(self.value(name) for name in ("day", "start", "minutes", "ticks"))


class SheetForm(Form):
    """Its rows are read by name: ``day-1``, ``minutes-1`` and so on."""

    month = SelectField(_l("Month of the sheet"))

    def __init__(self, today: date, words: Sequence[tuple[int, str, str]], month: date | None = None) -> None:
        super().__init__(month=f"{month or month_of(today):%Y-%m}")
        self.month.choices = choices_of([(f"{one:%Y-%m}", dates.month(one)) for one in months_back(today)])
        self.today = today
        self.words = {str(number): code for number, code, _label in words}
        self.rows = [Row(number) for number in range(1, ROWS + 1)]
        self.skipped = 0

    @property
    def of_month(self) -> date:
        return month_asked(self.month.data or "", self.today)

    def read(
        self, typed: Mapping[str, str], there: Mapping[date, Sequence[PairTalk]], time_zone: str
    ) -> dict[int, Talk] | None:
        """The talks by the number of their row; None with a sentence beside each field that is to be put right."""
        talks: dict[int, Talk] = {}
        seen: dict[tuple[date, str, int], int] = {}
        for row in self.rows:
            row.typed = {name: typed.get(f"{name}-{row.number}", "").strip()[:60] for name in FIELDS}
            row.choice = typed.get(f"twin-{row.number}", "")
            if row.is_empty:
                continue
            talk = self._talk(row, time_zone)
            if talk is None:
                continue
            day = clock.local(talk.at, time_zone).date()
            first = seen.setdefault((day, row.value("start"), talk.minutes), row.number)
            if first != row.number:
                row.errors["day"] = _("This is row %(number)s once more. Empty one of them.", number=first)
                continue
            row.twins = there.get(day, ())
            if self._is_new(row):
                talks[row.number] = talk
        if any(row.errors for row in self.rows):
            return None
        if not talks and not self.skipped:
            self.form_errors.append(_("Type at least one row: its day and its minutes."))
            return None
        return talks

    def lines(self) -> Iterable[tuple[str, str]]:
        yield from super().lines()
        for row in self.rows:
            for name, sentence in row.errors.items():
                yield f"{name}-{row.number}", _("Row %(number)s: %(sentence)s", number=row.number, sentence=sentence)

    def refuse(self, refusal: DomainError) -> None:
        """Each row's sentence beside its field."""
        if not isinstance(refusal, RowsRefused):
            super().refuse(refusal)
            return
        for number, one in refusal.rows.items():
            self.rows[number - 1].errors[PLACES.get(one.field or "", "day")] = one.sentence

    def _is_new(self, row: Row) -> bool:
        """A talk of that day stands there: whoever types says whether it is the same one."""
        if not row.twins or row.choice == ALSO:
            return True
        if row.choice == SKIP:
            self.skipped += 1
            return False
        row.errors["twin"] = _("A talk of that day is written down already. Is it this one?")
        return False

    def _talk(self, row: Row, time_zone: str) -> Talk | None:
        day, minutes = self._day(row), _number(row, "minutes", _("Type the minutes as a number, like 45."))
        start = self._start(row)
        mode = _one_of(row, "mode", dict(MODES), _("Choose how you met."))
        kind = _one_of(row, "kind", dict(KINDS), _("Choose what kind it was."))
        activities = self._activities(row)
        if row.errors or day is None or minutes is None:
            return None
        return Talk(
            at=moment(day, start or NOON, time_zone), minutes=minutes, mode=mode, kind=kind, has_time=start is not None,
            activities=activities, how="sheet",
        )  # fmt: skip

    def _day(self, row: Row) -> date | None:
        number = _number(row, "day", _("Type the day of the month as a number."))
        if number is None:
            return None
        try:
            return self.of_month.replace(day=number)
        except ValueError:
            row.errors["day"] = _("%(month)s has no day %(number)s.", month=dates.month(self.of_month), number=number)
            return None

    def _start(self, row: Row) -> time | None:
        said = row.value("start").replace(".", ":")
        if not said:
            return None
        try:
            return time.fromisoformat(said.zfill(5) if ":" in said else f"{int(said):02}:00")
        except ValueError:
            row.errors["start"] = _("Type the time like 15:45, or leave it empty.")
            return None

    def _activities(self, row: Row) -> list[str]:
        numbers = row.value("ticks").replace(",", " ").replace(";", " ").split()
        unknown = [one for one in numbers if one not in self.words]
        if unknown:
            row.errors["ticks"] = _("“%(number)s” is no number of the list below.", number=unknown[0])
        return [self.words[one] for one in numbers if one in self.words]


def months_back(today: date) -> list[date]:
    """This month and the twelve before it, the newest first."""
    found = [month_of(today)]
    while len(found) <= MONTHS_BACK:
        found.append(month_of(found[-1].replace(day=1) - date.resolution))
    return found


def month_asked(said: str, today: date) -> date:
    """The month that an address names; this one where it names none, or one of long ago."""
    return next((one for one in months_back(today) if f"{one:%Y-%m}" == said), month_of(today))


def _number(row: Row, name: str, sentence: str) -> int | None:
    said = row.value(name)
    if said.isdecimal() and len(said) < 5:
        return int(said)
    row.errors[name] = sentence
    return None


def _one_of(row: Row, name: str, known: Mapping[str, object], sentence: str) -> str:
    if row.value(name) not in known:
        row.errors[name] = sentence
    return row.value(name)
