"""What is typed to plan a rotation, and to shift what is left of one."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.lending.calendar_weeks import Term
from portal.lending.forms import not_too_far
from portal.lending.models import Loan
from portal.lending.queries_rotations import Colleague
from portal.lending.rotations_plan import TooFar, Turn, laid_out, length_of, turns_from
from portal.web.choices import choices_of
from portal.web.errors import DomainError
from portal.web.forms import Form

ROWS, MOST_ROWS = 4, 12
# How somebody may be named, the surest first.
KNOWN_AS: tuple[Callable[[Colleague], str], ...] = (
    lambda one: one.label.casefold(),
    lambda one: one.address,
    lambda one: one.name.casefold(),
)


class RotationForm(Form):
    """Kit, first day, weeks with each, days between, and who gets it in which order."""

    kit_id = SelectField(_l("Which box"), coerce=int)
    title = StringField(_l("Name of the plan"), [Optional(), Length(max=200)])
    first_day = DateField(_l("First day"), [DataRequired(_l("Say on which day it begins.")), not_too_far])
    weeks = IntegerField(
        _l("Weeks with each"), [InputRequired(_l("How many weeks?")), NumberRange(1, 40, _l("From 1 to 40 weeks."))]
    )
    between = IntegerField(
        _l("Days between"), [InputRequired(_l("How many days?")), NumberRange(0, 90, _l("From 0 to 90 days."))]
    )
    jumps = BooleanField(_l("Jump over half-terms and holidays"))

    def __init__(self, today: date, kits: Sequence[Any], colleagues: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today, self.kits, self.people = today, kits, list[Colleague]()
        self.colleagues = colleagues
        self.kit_id.choices = choices_of(
            (kit.id, f"{kit.asset_code}, {kit.title}" if kit.asset_code else kit.title) for kit in kits
        )

    def turns(self, terms: Sequence[Term]) -> list[Turn]:
        """Whose days are which, in the order of ``people``; empty, with an error, where that leads too far."""
        weeks, between = self.weeks.data or 1, self.between.data or 0
        try:
            return turns_from(
                self.first_day.data or self.today, weeks, between, len(self.people), terms, self.jumps.data
            )
        except TooFar:
            self.weeks.errors = [*self.weeks.errors, _("That reaches further than anybody can plan.")]
            return []

    def validate_first_day(self, field: Field) -> None:
        if field.data < self.today:
            raise ValidationError(_("This day has gone by."))

    def validate_between(self, field: Field) -> None:
        kit = next((kit for kit in self.kits if kit.id == self.kit_id.data), None)
        if kit and (field.data or 0) < kit.turn_round_days:
            raise ValidationError(_("This box is turned round in %(days)s days.", days=kit.turn_round_days))

    @property
    def rows(self) -> list[Field]:
        """The fields for who gets it: those that are filled, and some to spare."""
        rows = [self[f"who_{number}"] for number in range(1, MOST_ROWS + 1)]
        filled = max((number for number, row in enumerate(rows, 1) if row.data), default=0)
        return rows[: max(ROWS, filled + 2)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each as the list offers her, or by her name or address alone; in the order of the rows."""
        is_right = super().validate(extra_validators)
        self.people = [one for row in self.rows if (one := self._named(row))]
        if len(self.people) < 2 and not any(row.errors for row in self.rows):
            self.refuse(DomainError(_("Name at least two. For one classroom, book the box."), "who_1"))
        return bool(is_right) and not any(row.errors for row in self.rows)

    def _named(self, row: Field) -> Colleague | None:
        text = " ".join((row.data or "").split())
        try:
            return self._colleague(text) if text else None
        except ValidationError as fault:
            row.errors = [*row.errors, str(fault)]
            return None

    def _colleague(self, text: str) -> Colleague:
        wanted = text.casefold()
        for known_as in KNOWN_AS:
            found = [one for one in self.colleagues if known_as(one) == wanted]
            if len(found) == 1:
                return found[0]
            if found:
                raise ValidationError(_("There is more than one “%(name)s”: choose her from the list.", name=text[:80]))
        raise ValidationError(_("Nobody here is called “%(name)s”. Choose from the list.", name=text[:80]))


for number in range(1, MOST_ROWS + 1):
    label = _l("Classroom %(number)s", number=number)
    setattr(RotationForm, f"who_{number}", StringField(label, [Length(max=500)]))


class ShiftForm(Form):
    """From which turn on, and its new first day."""

    loan_id = SelectField(_l("From whose turn on"), coerce=int)
    first_day = DateField(_l("New first day"), [DataRequired(_l("Say a day.")), not_too_far])

    def __init__(self, today: date, turns: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today
        self.loan_id.choices = choices_of(turns)

    def windows(self, left: Sequence[Loan], turn_round: int, terms: Sequence[Term]) -> dict[int, Turn]:
        """The chosen turn from its new day on and all after it, each as long as it was, with the days between."""
        at = next(n for n, loan in enumerate(left) if loan.id == self.loan_id.data)
        lengths = [length_of(Turn(loan.starts_on, loan.ends_on), terms) for loan in left[at:]]
        gaps = [(after.starts_on - before.ends_on).days - 1 for before, after in pairwise(left[at:])]
        # A holiday between two turns is no gap that anybody chose.
        between = max(turn_round, min(gaps, default=0))
        turns = laid_out(self.first_day.data or self.today, lengths, between, terms)
        return dict(zip((loan.id for loan in left[at:]), turns, strict=True))

    def validate_first_day(self, field: Field) -> None:
        if field.data < self.today:
            raise ValidationError(_("This day has gone by."))
