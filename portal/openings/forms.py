"""What a coordinator types to list an opening, and what a member says who would like it."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.openings.models import Opening
from portal.openings.postings import Posting
from portal.vocabulary.queries import all_words
from portal.web.choices import Boxes, choices_of
from portal.web.day_fields import DateField
from portal.web.forms import Form

KINDS = (
    ("mentor", _l("Mentor")),
    ("coach", _l("Coach")),
    ("facilitator", _l("Somebody to run a session")),
    ("coordinator", _l("Coordinator")),
    ("workgroup", _l("A seat in a workgroup")),
    ("other", _l("Something else")),
)


class OpeningForm(Form):
    kind = SelectField(_l("What is wanted"), choices=choices_of(KINDS), default="mentor")
    title = StringField(
        _l("In a line"),
        validators=[
            InputRequired(_l("Say in a line what is wanted.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
    )
    text = TextAreaField(
        _l("More about it"), validators=[Length(max=10_000, message=_l("Keep it under 10,000 characters."))]
    )
    answer_by = DateField(_l("Last day to answer"), validators=[InputRequired(_l("Say by when you want to know."))])
    starts_on = DateField(_l("Starts"), validators=[Optional()])
    places = IntegerField(
        _l("How many are wanted"), validators=[Optional(), NumberRange(1, 500, _l("Type a number from 1 to 500."))]
    )
    subjects = Boxes(_l("Subjects"))
    phases = Boxes(_l("Phases"))
    row_version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def offer(self, opening: Opening | None) -> None:
        """Words of the region that are in use, and those that stood in it before (one query)."""
        words = all_words(retired=True)
        for field, kind in ((self.subjects, "subject"), (self.phases, "phase")):
            known = getattr(opening, field.name) if opening else []
            kept = [word for word in words.get(kind, []) if word.in_use or word.code in known]
            field.choices = choices_of((word.code, word.label) for word in kept)

    def posting(self) -> Posting:
        assert self.answer_by.data is not None
        return Posting(
            kind=self.kind.data,
            title=self.title.data or "",
            answer_by=self.answer_by.data,
            text=self.text.data or "",
            starts_on=self.starts_on.data,
            places=self.places.data,
            subjects=tuple(self.subjects.data or ()),
            phases=tuple(self.phases.data or ()),
        )


class InterestForm(Form):
    says = TextAreaField(
        _l("A line about why, if you like"), validators=[Length(max=500, message=_l("Keep it under 500 characters."))]
    )
