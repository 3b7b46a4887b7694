"""A day as a browser sends it: of a year that calendars and time zones can count with, or it is no day."""

from typing import Any

import wtforms
from flask_babel import gettext as _

# A day of the year 1 or 9999 has no day before it or after it, and no time zone knows it: a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1950, 2150


class DateField(wtforms.DateField):
    """Says in a sentence what is wrong with the year, and holds no day then."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(_("Type a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))
