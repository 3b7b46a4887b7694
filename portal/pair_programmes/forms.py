"""What a coordinator types about a pair's part in a programme, and about a month that was asked for."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired

from portal.web.choices import choices_of
from portal.web.day_fields import DateField
from portal.web.forms import Form

LENGTHS = (("7", _l("7 days")), ("14", _l("14 days")))


class JoinForm(Form):
    programme_id = SelectField(
        _l("Programme"), coerce=int, default=0, validators=[InputRequired(_l("Choose a programme."))]
    )
    since = DateField(_l("Since"), validators=[InputRequired(_l("Say from which day on."))])
    also_earlier = BooleanField(_l("Count the talks since then that are written down already"), default=True)


class LeaveForm(Form):
    until = DateField(_l("The last day that counts"), validators=[InputRequired(_l("Say until which day."))])


class ReopenForm(Form):
    days = RadioField(
        _l("For how long"),
        choices=choices_of(LENGTHS),
        default="7",
        validators=[InputRequired(_l("Open it for 7 or for 14 days."))],
    )
