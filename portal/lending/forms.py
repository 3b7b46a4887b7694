"""What people type about a loan: the days, what it is for, an answer, another window, the agreement."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.lending.fields import Asked
from portal.lending.windows import FARTHEST, Term, Window, lengths, said
from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.numbers import number_of


def not_too_far(form: Form, field: Field) -> None:
    """A year like 20262 is a slip of the pen, and no calendar reaches it."""
    if field.data and abs(field.data - form.today) > FARTHEST:
        raise ValidationError(_("This day is years away. Look at the year once more."))


class DaysForm(Form):
    """Which days, as the address says them: nothing is sent by it, so it needs no token."""

    class Meta(Form.Meta):
        csrf = False

    starts_on = DateField(_l("From"), [InputRequired(_l("Say the first day.")), not_too_far])
    length = SelectField(_l("For"), validate_choice=False)
    ends_on = DateField(_l("Until"), [Optional(), not_too_far])

    def __init__(self, terms: Sequence[Term], today: date, most_days: int | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.terms, self.today = terms, today
        self.length.choices = choices_of(lengths(terms, today, most_days))

    def window(self) -> Window | None:
        """The days that were asked for, or None with the reason at its field."""
        if not self.validate():
            return None
        found = said(cast("date", self.starts_on.data), self.length.data or "", self.ends_on.data, self.terms)
        if found is None:
            self.ends_on.errors = [_("Say the last day, or for how long.")]
        return found


class AskForm(Form):
    """What the kit is for. The days were chosen before and travel along."""

    starts_on = DateField(_l("From"), [InputRequired(_l("Say the first day.")), not_too_far], widget=HiddenInput())
    ends_on = DateField(_l("Until"), [InputRequired(_l("Say the last day.")), not_too_far], widget=HiddenInput())
    purpose = StringField(_l("What is it for?"), [Optional(), Length(max=500)])
    year_group = StringField(_l("Class or year group"), [Optional(), Length(max=60)])
    classes = IntegerField(_l("How many classes"), [Optional(), NumberRange(1, 200, _l("Between 1 and 200."))])
    students = IntegerField(
        _l("How many young people, all classes together"),
        [Optional(), NumberRange(0, 10_000, _l("Between 0 and 10,000."))],
    )
    agreement_id = HiddenField()
    agreed = BooleanField(_l("I have read the agreement and keep to it"))

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def asked(self) -> Asked:
        return Asked(
            starts_on=cast("date", self.starts_on.data),
            ends_on=cast("date", self.ends_on.data),
            purpose=self.purpose.data or "",
            year_group=self.year_group.data or "",
            classes=self.classes.data,
            students=self.students.data,
            agreement_id=number_of(self.agreement_id.data) if self.agreed.data else None,
        )


class BookForm(AskForm):
    """The same for somebody who rings up; the agreement waits at the door."""

    person_id = SelectField(_l("For whom"), coerce=int, validators=[InputRequired(_l("Choose for whom."))])

    def __init__(self, today: date, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(today, **kwargs)
        self.person_id.choices = choices_of(people)


class AnswerForm(Form):
    """A sentence to the borrower, beside yes or no."""

    answer = TextAreaField(_l("A sentence to her"), [Optional(), Length(max=1000)])


class DeclineForm(Form):
    answer = TextAreaField(
        _l("Why not"), [DataRequired(_l("Say why in a sentence: she plans by it.")), Length(max=1000)]
    )


class MoveForm(Form):
    """Another window. Of a box that is out only the last day moves."""

    starts_on = DateField(_l("First day"), [InputRequired(_l("Say the first day.")), not_too_far])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Say the last day.")), not_too_far])

    def __init__(self, today: date, is_out: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today
        if is_out:
            del self.starts_on

    def days(self, starts_on: date) -> tuple[date, date]:
        """First and last day; ``starts_on`` is the first one where that does not move."""
        first = self.starts_on.data if "starts_on" in self else starts_on
        return cast("date", first), cast("date", self.ends_on.data)


class LongerForm(Form):
    until = DateField(_l("Until"), [InputRequired(_l("Say until when.")), not_too_far])

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def day(self) -> date:
        return cast("date", self.until.data)


class AgreementForm(Form):
    """The wording that borrowers accept. Saved anew it is a new version, which each accepts once."""

    text = TextAreaField(
        _l("The agreement"), [DataRequired(_l("Write what a borrower agrees to.")), Length(max=20_000)]
    )
    seen = HiddenField()


class CloseForm(Form):
    why = StringField(_l("Why without"), [DataRequired(_l("Say why in a few words.")), Length(max=300)])
