"""The first part of every form that writes a meeting down: the day, how long, how. Three presses, and the rest is chosen."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField
from wtforms.validators import InputRequired, Optional

from portal.activities.meetings import MODES, NOON, Met, moment
from portal.activities.models import Activity
from portal.web import clock
from portal.web.choices import choices_of
from portal.web.forms import Form

WHEN = (("today", _l("Today")), ("yesterday", _l("Yesterday")), ("earlier", _l("Earlier")))
LENGTHS = (*((str(minutes), str(minutes)) for minutes in (15, 30, 45, 60)), ("other", _l("Other")))


class MetForm(Form):
    when = RadioField(
        _l("When"), choices=choices_of(WHEN), default="today", validators=[InputRequired(_l("Choose a day."))]
    )
    on = DateField(_l("Which day"), validators=[Optional()])
    length = RadioField(_l("Minutes"), choices=choices_of(LENGTHS), default="30", validate_choice=False)
    minutes = IntegerField(_l("How many minutes"), validators=[Optional()])
    mode = RadioField(
        _l("How"), choices=choices_of(MODES), default="in_person", validators=[InputRequired(_l("Choose how it was."))]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What no field can tell alone: which day, and how long."""
        fine = bool(super().validate(extra_validators))
        if self.when.data == "earlier" and not self.on.data and not self.on.errors:
            self.on.errors = [_("Say which day it was.")]
        if self.minutes.data is None and not self.minutes.errors and not self.is_chosen:
            self.minutes.errors = [_("Choose or type how many minutes it was.")]
        elif self.minutes.data is not None and self.is_chosen and str(self.minutes.data) != self.length.data:
            said = {"chosen": self.length.data, "typed": self.minutes.data}
            self.minutes.errors = [
                _("You chose %(chosen)s minutes and typed %(typed)s. Choose Other, or empty this.", **said)
            ]
        return fine and not self.errors

    @property
    def is_chosen(self) -> bool:
        """Whether one of the cells says how long it was."""
        return self.length.data in dict(LENGTHS) and self.length.data != "other"

    def met(self, time_zone: str) -> Met:
        """What was typed; a typed number counts where "Other" is chosen."""
        today = clock.today(time_zone)
        day = today - timedelta(days=1) if self.when.data == "yesterday" else today
        if self.when.data == "earlier":
            day = self.on.data or today
        minutes = int(self.length.data) if self.is_chosen else self.minutes.data or 0
        return Met(moment(day, NOON, time_zone), minutes, self.mode.data)


def as_typed(activity: Activity, time_zone: str) -> dict[str, Any]:
    """A meeting that is known already, as its fields hold it."""
    is_usual = str(activity.minutes) in dict(LENGTHS)
    return {
        "when": "earlier",
        "on": clock.local(activity.starts_at, time_zone).date(),
        "length": str(activity.minutes) if is_usual else "other",
        "minutes": None if is_usual else activity.minutes,
        "mode": activity.mode,
    }
