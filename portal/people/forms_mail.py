"""What a person types about her mails."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from portal.people.rhythms import RHYTHMS
from portal.web.choices import choices_of
from portal.web.forms import Form


class RhythmForm(Form):
    rhythm = RadioField(
        _l("One mail with all that is new"),
        [InputRequired(_l("Choose one of the rhythms."))],
        choices=choices_of(RHYTHMS.items()),
        description=_l("Dates, packs and questions of your networks. Mails about your own bookings come all the same."),
    )
