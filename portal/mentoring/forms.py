"""What people type about pairs and talks. The first part of a talk takes seconds; everything after it is offered."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from portal.mentoring.talks import Talk
from portal.web.choices import choices_of
from portal.web.forms import Form

WHEN = (("today", _l("Today")), ("yesterday", _l("Yesterday")), ("earlier", _l("Earlier")))
MINUTES = tuple((str(minutes), str(minutes)) for minutes in (10, 20, 30, 45, 60))
MODES = (("in_person", _l("In person")), ("online", _l("Online")), ("phone", _l("Phone")), ("mail", _l("Mail")))
KINDS = (
    ("one_to_one", _l("The two of us")),
    ("group", _l("In a group")),
    ("support", _l("Support: reading, planning, travel")),
)
NOON = time(12, 0)


def moment(day: date, at: time, time_zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)


class TalkForm(Form):
    when = RadioField(
        _l("When"), choices=choices_of(WHEN), default="today", validators=[InputRequired(_l("Choose a day."))]
    )
    on = DateField(_l("The day, if it was earlier"), validators=[Optional()])
    length = RadioField(_l("Minutes"), choices=choices_of(MINUTES), default="30", validate_choice=False)
    minutes = IntegerField(_l("Or another number of minutes"), validators=[Optional()])
    mode = RadioField(
        _l("How"), choices=choices_of(MODES), default="in_person", validators=[InputRequired(_l("Choose how you met."))]
    )
    kind = SelectField(_l("Kind"), choices=choices_of(KINDS), default="one_to_one")
    focus = SelectField(_l("Focus"), default="")
    parked = TextAreaField(
        _l("Where we parked"), validators=[Length(max=4000, message=_l("Keep it under 4,000 characters."))]
    )
    next_on = DateField(_l("Next date"), validators=[Optional()])
    next_time = TimeField(_l("At"), validators=[Optional()])
    only_me = TextAreaField(
        _l("A note to myself"), validators=[Length(max=4000, message=_l("Keep it under 4,000 characters."))]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What no field can tell alone: which day, and how long."""
        fine = bool(super().validate(extra_validators))
        if self.when.data == "earlier" and not self.on.data and not self.on.errors:
            self.on.errors = [_("Say which day it was.")]
        if self.minutes.data is None and not self.minutes.errors and self.length.data not in dict(MINUTES):
            self.minutes.errors = [_("Choose or type how many minutes it was.")]
        return fine and not self.errors

    def day(self, today: date) -> date:
        if self.when.data == "yesterday":
            return today - timedelta(days=1)
        return (self.on.data or today) if self.when.data == "earlier" else today

    def talk(self, today: date, time_zone: str) -> Talk:
        """What was typed, as the operation wants it. A typed number of minutes goes before a chosen one."""
        minutes = self.minutes.data if self.minutes.data is not None else int(self.length.data or 0)
        return Talk(
            at=moment(self.day(today), NOON, time_zone),
            minutes=minutes,
            mode=self.mode.data,
            kind=self.kind.data,
            focus=self.focus.data or None,
            next_at=self._next(time_zone),
            parked=self.parked.data or "",
            only_me=self.only_me.data or "",
        )

    def _next(self, time_zone: str) -> datetime | None:
        if not self.next_on.data:
            return None
        return moment(self.next_on.data, self.next_time.data or NOON, time_zone)
