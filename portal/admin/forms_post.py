"""What an administrator says about a mail that found no place."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import NumberRange

from portal.mail.queries_receiving import networks_with_coordinators
from portal.web.choices import choices_of
from portal.web.forms import Form


class PassOnForm(Form):
    network_id = SelectField(
        _l("Network"), coerce=int, default=0, validators=[NumberRange(min=1, message=_l("Choose the network."))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network_id.choices = choices_of([(0, _("Which network?")), *networks_with_coordinators()])


class ForgetForm(Form):
    """One button, asked for once more."""
