"""When the region's digests are written."""

from typing import Any

from babel.dates import get_day_names
from flask_babel import format_time
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from portal.web.clock import now
from portal.web.forms import Form
from portal.web.languages import spoken


class DigestTimeForm(Form):
    """A day of the week and an hour on the readers' clocks."""

    weekday = SelectField(_l("Day"), coerce=int)
    hour = SelectField(_l("Hour"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = get_day_names("wide", context="stand-alone", locale=spoken())
        self.weekday.choices = [(day, names[day]) for day in range(7)]
        full = now().replace(minute=0, tzinfo=None)
        self.hour.choices = [(hour, _hour(full.replace(hour=hour))) for hour in range(5, 22)]


def _hour(moment: Any) -> str:
    return str(format_time(moment, "h:mm a", rebase=False)).lower()
