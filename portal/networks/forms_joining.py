"""What people type around coming in: invitations, answers, asking, roles, leaving."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length

from portal.networks.forms import TOO_LONG
from portal.networks.roles import role_choices
from portal.web.choices import choices_of
from portal.web.forms import Form


class RoleForm(Form):
    role = RadioField(
        _l("Part in this network"),
        choices=choices_of(role_choices()),
        validators=[InputRequired(_l("Choose one of the roles."))],
    )


class PasteForm(Form):
    """A name and an address, or many, in whatever shape they come."""

    people = TextAreaField(
        _l("Names and addresses"),
        validators=[
            DataRequired(_l("Type or paste at least one address.")),
            Length(max=60_000, message=_l("That is a very long list. Paste it in two or three parts.")),
        ],
    )
    role = RadioField(
        _l("They come as"), choices=choices_of(role_choices()), default="member", validators=[InputRequired()]
    )
    note = TextAreaField(_l("A sentence of your own"), validators=[Length(max=1000, message=TOO_LONG)])


class NoteForm(Form):
    note = TextAreaField(_l("A sentence of your own"), validators=[Length(max=1000, message=TOO_LONG)])
    sure = BooleanField(_l("Send these invitations now"), validators=[InputRequired(_l("Tick the box to send them."))])


class InvitationForm(Form):
    answer = RadioField(
        _l("Your answer"),
        choices=choices_of(
            [
                ("accept", _l("Yes, I would like to")),
                ("decline", _l("No, thank you")),
                ("forget", _l("I am not this person, or forget me")),
            ]
        ),
        validators=[InputRequired(_l("Press one of the buttons."))],
        validate_choice=True,
    )


class KnownForm(Form):
    answer = RadioField(
        _l("Your answer"),
        choices=choices_of([("accept", _l("Yes, let me in")), ("forget", _l("Forget me"))]),
        validators=[InputRequired(_l("Press one of the buttons."))],
    )


class AskForm(Form):
    note = TextAreaField(
        _l("A few words to the coordinators"),
        validators=[
            DataRequired(_l("Say in a sentence who you are, so that they know whom to welcome.")),
            Length(max=1000, message=TOO_LONG),
        ],
    )


class OutsideForm(AskForm):
    name = StringField(
        _l("Your name"),
        validators=[DataRequired(_l("Type your name.")), Length(max=200, message=TOO_LONG)],
        render_kw={"autocomplete": "name"},
    )
    address = EmailField(
        _l("Your email address"),
        validators=[
            DataRequired(_l("Type your address; the answer comes there.")),
            Length(max=320, message=TOO_LONG),
            Email(_l("An address looks like name@school.example.")),
        ],
        render_kw={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    )
    school = StringField(
        _l("Where you work"),
        validators=[Length(max=250, message=TOO_LONG)],
        render_kw={"autocomplete": "organization"},
    )


class AnswerForm(Form):
    answer = RadioField(
        _l("Your answer"),
        choices=choices_of([("welcome", _l("Welcome")), ("decline", _l("Not now"))]),
        validators=[InputRequired(_l("Press one of the buttons."))],
    )
    sentence = TextAreaField(_l("A sentence with it"), validators=[Length(max=1000, message=TOO_LONG)])


class SureTickForm(Form):
    """Asks once before something is lost."""

    sure = BooleanField(_l("Yes, I am sure"), validators=[InputRequired(_l("Tick the box first."))])
