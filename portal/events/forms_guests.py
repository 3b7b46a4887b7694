"""What somebody without an account types to book, and to change what she asked us to know."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length

from portal.events.agreeing import ASKED
from portal.events.drafts import GuestDraft
from portal.events.forms_booking import NEEDS, BookingForm
from portal.people.consents import WORDINGS
from portal.web.choices import choices_of, one_line
from portal.web.forms import Form

COMES_AS = {
    "participant": _l("To take part"),
    "observer": _l("To look on, as a critical friend; this takes no place"),
}


class GuestForm(BookingForm):
    """Somebody without an account books. Each agreement is a tick of its own, and none is set beforehand."""

    name = StringField(
        _l("Your name"),
        filters=[one_line],
        validators=[DataRequired(_l("Type your name.")), Length(max=200, message=_l("At most 200 characters."))],
        render_kw={"autocomplete": "name"},
    )
    address = EmailField(
        _l("Email"),
        description=_l("One that you read in the evening."),
        validators=[
            DataRequired(_l("Type your email address.")),
            Length(max=320, message=_l("An address has at most 320 characters.")),
            Email(_l("An address looks like name@school.example.")),
        ],
        render_kw={"autocomplete": "email"},
    )
    school = StringField(
        _l("School or college"),
        filters=[one_line],
        validators=[Length(max=250, message=_l("At most 250 characters."))],
        render_kw={"autocomplete": "organization", "list": "schools"},
    )
    subject = SelectField(_l("What you teach"), choices=[], validate_choice=True)
    comes_as = RadioField(_l("You come"), choices=choices_of(COMES_AS.items()), default="participant")
    agree_contact = BooleanField(WORDINGS["contact"])
    agree_photo = BooleanField(WORDINGS["photo"])

    def __init__(self, dates: list[tuple[int, str]], subjects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(dates, **kwargs)
        self.subject.choices = choices_of([("", _("nothing in particular")), *subjects])
        if self.subject.data is None:
            self.subject.data = ""

    def draft(self) -> GuestDraft:
        """What was typed, once the form was accepted."""
        return GuestDraft(
            name=self.name.data or "",
            address=self.address.data or "",
            school=self.school.data or "",
            needs=self.needs.data or "",
            subject=self.subject.data or "",
            wants_credit=bool(self.wants_credit.data),
            comes_as=self.comes_as.data or "participant",
            agreed=tuple(kind for kind in ASKED if self[f"agree_{kind}"].data),
        )


class MyBookingForm(Form):
    """By the link of her mail: what we should know, and whether she wants credit."""

    needs = TextAreaField(
        _l("Anything we should know?"),
        description=_l("Access, food, a lift from the station. Deleted thirty days after the event."),
        validators=[NEEDS],
    )
    subject = SelectField(_l("What you teach"), choices=[], validate_choice=True)
    wants_credit = BooleanField(_l("I would like credit for it"))

    def __init__(self, subjects: list[tuple[str, str]], **values: Any) -> None:
        super().__init__(data=values)
        self.subject.choices = choices_of([("", _("nothing in particular")), *subjects])
