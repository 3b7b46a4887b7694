"""What people type to move one session, and to say who leads it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Field, FormField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional

from portal.events import words
from portal.events.forms_session import SessionForm
from portal.events.models import Session
from portal.web.choices import choices_of, one_line
from portal.web.errors import DomainError
from portal.web.forms import Form

LEADS = {"presenter": _l("Presents"), "facilitator": _l("Leads it")}


class MoveForm(Form):
    """When and where one session is from now on, and one sentence to those who booked."""

    class Meta(Form.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            if unbound_field.field_class is FormField:
                return unbound_field.bind(form=form, **options)
            return super().bind_field(form, unbound_field, options)

    session = FormField(SessionForm)
    reason = StringField(
        _l("One sentence to those who booked"),
        filters=[one_line],
        description=_l("It stands in their mail."),
        validators=[
            DataRequired(_l("Say in one sentence why.")),
            Length(max=500, message=_l("At most 500 characters.")),
        ],
    )
    version = HiddenField(default="0")

    def __init__(self, session: Session, time_zone: str) -> None:
        given = SessionForm.values_of(session, time_zone)
        super().__init__(data={"session": given, "version": str(session.event.row_version)})
        self.time_zone = time_zone

    def validate(self, extra_validators: Any = None) -> bool:
        """The hours on the network's clock: an hour that comes twice is asked for, not guessed."""
        fine = bool(super().validate(extra_validators))
        return bool(self.session.form.read(self.time_zone)) and fine

    def refuse(self, refusal: DomainError) -> None:
        field = self.session.form._fields.get(refusal.field or "")
        if field is None:
            super().refuse(refusal)
        else:
            field.errors = [*field.errors, refusal.sentence]

    def lines(self) -> Iterable[tuple[str, str]]:
        """The fields of the session one by one, in place of the form that holds them."""
        yield from ((id, sentence) for id, sentence in super().lines() if id != self.session.id)
        for field in self.session.form:
            yield from ((field.id, str(sentence)) for sentence in field.errors)

    def shown(self) -> str:
        """The session as typed, to stand beside what somebody else saved meanwhile."""
        return str(self.session.form.in_words())


class LeaderForm(Form):
    """One of the members, or somebody by name and address."""

    person = SelectField(_l("A member"), coerce=int, validate_choice=True)
    name = StringField(_l("Or somebody else, by name"), filters=[one_line], validators=[Length(max=200)])
    address = EmailField(
        _l("The address"),
        description=_l("So that the certificate reaches whoever led it, and nobody is noted twice."),
        validators=[Optional(), Length(max=320), Email(_l("An address looks like name@school.example."))],
    )
    capacity = RadioField(_l("How"), choices=choices_of(LEADS.items()), default="presenter")

    def __init__(self, members: list[tuple[int, str]]) -> None:
        super().__init__()
        self.person.choices = choices_of([(0, _("nobody of these")), *members])

    def validate(self, extra_validators: Any = None) -> bool:
        """Either of the two, and a name together with its address."""
        fine = bool(super().validate(extra_validators))
        if not self.person.data and not self.name.data:
            self.person.errors = [*self.person.errors, _("Choose a member, or type a name and an address.")]
        elif self.name.data and not self.person.data and not self.address.data:
            self.address.errors = [*self.address.errors, _("Type the address that belongs to the name.")]
        return fine and not self.errors


def moved_line(session: Session) -> str:
    """How a session stands now, in the words of its page."""
    return f"{words.date_and_hours(session)}, {words.where(session)}"
