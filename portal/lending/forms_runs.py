"""What is typed about a delivery run."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.lending.fields import RunFields
from portal.lending.forms import not_too_far
from portal.lending.queries_rotations import Colleague
from portal.lending.queries_runs import Ride
from portal.web import dates
from portal.web.choices import choices_of
from portal.web.forms import Form


class RunForm(Form):
    """A day, who drives, and what the driver should know."""

    on_day = DateField(_l("Which day"), [DataRequired(_l("Say on which day.")), not_too_far])
    title = StringField(_l("Name"), [Optional(), Length(max=200)])
    driver_id = SelectField(_l("Who drives"), coerce=int)
    note = TextAreaField(_l("What the driver should know"), [Optional(), Length(max=1000)])
    seen = HiddenField()

    def __init__(self, today: date, colleagues: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today
        self.drivers = {0: _("Nobody yet")} | {one.id: one.label for one in colleagues}
        self.driver_id.choices = choices_of(self.drivers.items())

    def said(self) -> RunFields:
        driver = self.driver_id.data or None
        return RunFields(self.on_day.data or self.today, self.title.data or "", self.note.data or "", driver)

    def text_of(self, name: str) -> str:
        if name == "on_day":
            return dates.day(self.said().on_day)
        return self.drivers.get(self.driver_id.data, "") if name == "driver_id" else super().text_of(name)


class LoadForm(Form):
    """Which boxes go along."""

    out = SelectMultipleField(_l("Goes out"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget())
    back = SelectMultipleField(_l("Comes back"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget())

    def __init__(self, out: Sequence[Ride], back: Sequence[Ride], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.out.choices, self.back.choices = _offered(out), _offered(back)


def _offered(rides: Sequence[Ride]) -> list[Any]:
    return choices_of((one.loan_id, f"{one.name}: {one.school or one.person}") for one in rides)
