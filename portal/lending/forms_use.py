"""The return of a use: signed in with all that helps a colleague, at the box with three answers."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.lending.fields import UseReturned
from portal.lending.forms import not_too_far
from portal.web.choices import choices_of
from portal.web.forms import Form

AGAIN = (("yes", _l("Yes")), ("changed", _l("Yes, with changes")), ("no", _l("No")))
ENGAGED = (("1", _l("Hardly")), ("2", _l("Partly")), ("3", _l("Mostly")), ("4", _l("All the time")))
LEVEL = (("easy", _l("Too easy")), ("right", _l("Just right")), ("hard", _l("Too hard")))


class ThreeAnswers(Form):
    """What is asked of everybody: classes, young people, again? Counts, never names; no class at all is an answer."""

    classes = IntegerField(
        _l("How many classes used it?"),
        [
            InputRequired(_l("How many classes? A number; 0 if none did.")),
            NumberRange(0, 200, _l("Between 0 and 200.")),
        ],
    )
    students = IntegerField(
        _l("How many young people, all classes together?"),
        [Optional(), NumberRange(0, 10_000, _l("Between 0 and 10,000."))],
    )
    again = RadioField(_l("Would you use it again?"), [Optional()], choices=choices_of(AGAIN))

    def told(self) -> UseReturned:
        return UseReturned(classes=self.classes.data or 0, students=self.students.data, again=self.again.data or "")


class UseForm(ThreeAnswers):
    """The borrower, or whoever minds the kit for her, tells more where she likes."""

    used_on = DateField(_l("First day in class"), [Optional(), not_too_far])
    year_group = StringField(_l("Class or year group"), [Optional(), Length(max=60)])
    engagement = RadioField(_l("How engaged were they?"), [Optional()], choices=choices_of(ENGAGED))
    level = RadioField(_l("How hard was it for them?"), [Optional()], choices=choices_of(LEVEL))
    what_changed = TextAreaField(_l("What did you change?"), [Optional(), Length(max=4000)])
    quote = TextAreaField(_l("A sentence that may be quoted"), [Optional(), Length(max=1000)])
    quote_allowed = BooleanField(_l("You may quote this sentence with my name and where I work"))

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def validate_quote_allowed(self, field: Field) -> None:
        if self.quote.data and not field.data:
            raise ValidationError(
                _l("A sentence is kept only if it may be quoted. Tick this, or leave the sentence out.")
            )

    def told(self) -> UseReturned:
        return UseReturned(
            classes=self.classes.data or 0,
            students=self.students.data,
            again=self.again.data or "",
            used_on=self.used_on.data,
            year_group=self.year_group.data or "",
            engagement=int(self.engagement.data) if self.engagement.data else None,
            level=self.level.data or "",
            what_changed=self.what_changed.data or "",
            quote=self.quote.data or "",
            quote_allowed=self.quote_allowed.data,
        )
