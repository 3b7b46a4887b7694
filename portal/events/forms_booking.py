"""What people type to book, to give a place back, and to call an event off."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.web.choices import Boxes, choices_of, one_line
from portal.web.forms import Form
from portal.web.numbers import number_of

NEEDS = Length(max=1000, message=_l("At most 1,000 characters."))


def _row(sent: object) -> int:
    """The session that was chosen; what no row can have is no session, and is refused as one that is not there."""
    return number_of(str(sent)) or 0


class BookingForm(Form):
    """A member books: which dates, and anything we should know."""

    sessions = Boxes(_l("Which dates?"), coerce=_row, validate_choice=False)
    needs = TextAreaField(
        _l("Anything we should know?"),
        description=_l("Access, food, a lift from the station. Deleted thirty days after the event."),
        validators=[NEEDS],
    )
    wants_credit = BooleanField(
        _l("I would like credit for it"), description=_l("The certificate then says so, as far as it is approved.")
    )

    def __init__(self, dates: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sessions.choices = choices_of(dates)
        # A single date needs no box to tick.
        if len(dates) == 1 or (not self.is_submitted() and not self.sessions.data):
            self.sessions.data = [id for id, _label in dates]
        self.sessions.data = self.sessions.data or []

    @property
    def chosen(self) -> list[int]:
        return list(self.sessions.data or [])


class GiveBackForm(Form):
    """Which places to give back; all of them when nothing is chosen."""

    sessions = Boxes(_l("Which dates?"), coerce=_row, validate_choice=False)

    def __init__(self, dates: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sessions.choices = choices_of(dates)
        self.offered = [id for id, _label in dates]

    @property
    def chosen(self) -> list[int]:
        return list(self.sessions.data or self.offered)


class CallOffForm(Form):
    reason = StringField(
        _l("One sentence to those who booked"),
        filters=[one_line],
        description=_l("It stands in their mail and on the page."),
        validators=[
            DataRequired(_l("Say in one sentence why.")),
            Length(max=500, message=_l("At most 500 characters.")),
        ],
    )
