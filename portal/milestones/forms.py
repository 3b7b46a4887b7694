"""A milestone as a coordinator types it, and what one of the two says of one."""

from collections.abc import Sequence
from typing import Any

from babel.dates import get_month_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.milestones.models import Milestone, MilestoneLine
from portal.milestones.queries import values_of, version_of
from portal.milestones.words import DUES, KNOWN_BY, WHO, shown
from portal.web.choices import Boxes, choices_of
from portal.web.day_fields import DateField
from portal.web.forms import Form
from portal.web.tables_dates import Unreadable
from portal.web.tables_numbers import read_int

TOO_LONG = _l("Keep it under %(max)d characters.")
MOST_DAYS, MOST_LINES, LONGEST_LINE = 366, 30, 200
# A month of a leap year has so many days.
DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class MilestoneForm(Form):
    name = StringField(
        _l("What is asked for"),
        [DataRequired(_l("Type what it is, like First observation.")), Length(max=120, message=TOO_LONG)],
    )
    hint = TextAreaField(_l("What the two should know of it"), [Optional(), Length(max=500, message=TOO_LONG)])
    due = RadioField(_l("When"), [InputRequired(_l("Choose when it is due."))], default="after_start")
    within_days = StringField(_l("So many days after the start"), [Optional()])
    by_day = StringField(_l("Day of the month"), [Optional()])
    by_month = SelectField(_l("Month"), coerce=int, default=9)
    known_by = SelectField(_l("How it is known"), default="hand")
    who = SelectField(_l("Who sees to it, and is reminded"), default="both")
    checklist = TextAreaField(
        _l("Its checklist, a line for each thing"), [Optional(), Length(max=6000, message=TOO_LONG)]
    )
    version = HiddenField(default="")

    def __init__(self, milestone: Milestone | None = None) -> None:
        given = values_of(milestone) | {"version": version_of(milestone)} if milestone else {}
        super().__init__(data={key: value for key, value in given.items() if value is not None})
        self.due.choices = choices_of(DUES.items())
        self.known_by.choices = choices_of(KNOWN_BY.items())
        self.who.choices = choices_of(WHO.items())
        self.by_month.choices = choices_of(get_month_names("wide", "stand-alone", get_locale()).items())

    def validate(self, extra_validators: Any = None) -> bool:
        """The day that belongs to the answer above it, and a checklist only where somebody ticks."""
        fine = bool(super().validate(extra_validators))
        if self.due.data == "after_start":
            self._number(self.within_days, MOST_DAYS)
        if self.due.data == "each_year" and self._number(self.by_day, 31):
            self._day_of_month()
        self._checklist()
        return fine and not self.errors

    def _number(self, field: StringField, most: int) -> int | None:
        try:
            number = int(read_int(str(field.data or "")))
        except Unreadable:
            number = 0
        if 1 <= number <= most:
            return number
        field.errors = [*field.errors, _("Type a number from %(least)s to %(most)s.", least=1, most=most)]
        return None

    def _day_of_month(self) -> None:
        month = self.by_month.data or 0
        if 1 <= month <= len(DAYS_IN) and int(read_int(str(self.by_day.data))) > DAYS_IN[month - 1]:
            self.by_day.errors = [_("That month has no such day.")]

    def _checklist(self) -> None:
        lines = self._lines()
        if lines and self.known_by.data != "hand":
            self.checklist.errors = [_("A checklist is for what one of the two says. Empty it, or choose that above.")]
        elif len(lines) > MOST_LINES:
            self.checklist.errors = [_("Keep it to %(number)s lines.", number=MOST_LINES)]
        elif any(len(line) > LONGEST_LINE for line in lines):
            self.checklist.errors = [
                _("One line is too long. Keep each under %(number)s characters.", number=LONGEST_LINE)
            ]

    def _lines(self) -> list[str]:
        typed = (" ".join(line.split()) for line in (self.checklist.data or "").splitlines())
        return list(dict.fromkeys(line for line in typed if line))

    def values(self) -> dict[str, Any]:
        """What was typed, by column, once the form was accepted. What does not belong to the answer is left out."""
        is_yearly, is_after = self.due.data == "each_year", self.due.data == "after_start"
        return {
            "name": self.name.data,
            "hint": self.hint.data or "",
            "due": self.due.data,
            "within_days": int(read_int(self.within_days.data or "")) if is_after else None,
            "by_month": self.by_month.data if is_yearly else None,
            "by_day": int(read_int(self.by_day.data or "")) if is_yearly else None,
            "known_by": self.known_by.data,
            "who": self.who.data,
            "checklist": "\n".join(self._lines()),
        }

    def text_of(self, name: str) -> str:
        return shown(name, self[name].data)


class DoneForm(Form):
    done_on = DateField(_l("Done on"), validators=[InputRequired(_l("Say on which day."))])


class TickForm(Form):
    """The checklist; ``seen`` is what was ticked when the page was drawn."""

    ticked = Boxes(_l("What you two have been through"), coerce=int)
    seen = HiddenField(default="")

    def offer(self, lines: Sequence[MilestoneLine], ticked: Sequence[int] | None = None) -> "TickForm":
        live = [line.id for line in lines]
        self.ticked.choices = choices_of((line.id, line.words) for line in lines)
        if ticked is not None:
            self.ticked.data = [one for one in ticked if one in live]
            self.seen.data = " ".join(str(one) for one in self.ticked.data)
        elif self.ticked.data:
            # One that was taken out while she ticked is not hers to put right.
            self.ticked.data = [one for one in self.ticked.data if one in live]
        return self

    def was_seen(self) -> list[int]:
        return [int(one) for one in (self.seen.data or "").split() if one.isascii() and one.isdigit()]
