"""What people type about pairs, and a moment from a day and an hour. What they type about a talk: ``forms_talks``."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.web.forms import Form

MODES = (("in_person", _l("In person")), ("online", _l("Online")), ("phone", _l("Phone")), ("mail", _l("Mail")))
KINDS = (
    ("one_to_one", _l("The two of us")),
    ("group", _l("In a group")),
    ("support", _l("Support: reading, planning, travel")),
)
NOON = time(12, 0)


def moment(day: date, at: time, time_zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)


class PairForm(Form):
    mentor_id = SelectField(_l("Mentor"), coerce=int, validators=[InputRequired(_l("Choose the mentor."))])
    mentee_id = SelectField(_l("Mentee"), coerce=int, validators=[InputRequired(_l("Choose the mentee."))])
    started_on = DateField(_l("A pair since"), validators=[InputRequired(_l("Say from which day on."))])
    purpose = StringField(_l("What it is for"), validators=[Length(max=200)])
    rhythm = StringField(_l("Rhythm"), validators=[Length(max=100)])
    monthly_minutes = IntegerField(
        _l("Target for a month, in minutes"),
        validators=[Optional(), NumberRange(1, 6000, _l("Type a number from 1 to 6,000, or leave it empty."))],
    )


class RhythmForm(Form):
    purpose = StringField(_l("What it is for"), validators=[Length(max=200)])
    rhythm = StringField(_l("Rhythm"), validators=[Length(max=100)])
    monthly_minutes = IntegerField(
        _l("Target for a month, in minutes"),
        validators=[Optional(), NumberRange(1, 6000, _l("Type a number from 1 to 6,000, or leave it empty."))],
    )
