"""What a coordinator types after a visit. The first part takes three presses; the rest is offered, and never asked for."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from portal.activities.forms_met import MetForm, as_typed
from portal.support.models import SupportVisit
from portal.support.visits import Visit
from portal.web.choices import Boxes, OneOf, choices_of
from portal.web.day_fields import DateField
from portal.web.numbers import number_of

KINDS = (("visit", _l("Visit or call")), ("technical", _l("Technical help")))


class VisitForm(MetForm):
    school = OneOf(
        _l("Where"),
        _l("Choose one of this network’s list."),
        validators=[InputRequired(_l("Choose where you were."))],
    )
    kind = RadioField(_l("What it was"), choices=choices_of(KINDS), default="visit", validators=[InputRequired()])
    along = Boxes(_l("Who came along"))
    topics = Boxes(_l("About"))
    met_id = OneOf(
        _l("Whom you met"),
        _l("She does not work there as far as we know. Choose somebody else, or nobody."),
        validators=[Optional()],
    )
    note = TextAreaField(_l("A note"), validators=[Length(max=4000, message=_l("Keep it under 4,000 characters."))])
    next_step = StringField(
        _l("What you promised"), validators=[Length(max=300, message=_l("Keep it under 300 characters."))]
    )
    next_on = DateField(_l("By when"), validators=[Optional()])
    row_version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def visit(self, time_zone: str) -> Visit:
        return Visit(
            met=self.met(time_zone),
            organisation_id=number_of(self.school.data) or 0,
            kind=self.kind.data,
            topics=tuple(self.topics.data or ()),
            met_id=number_of(self.met_id.data),
            note=self.note.data or "",
            next_step=self.next_step.data or "",
            next_on=self.next_on.data,
            along=frozenset(number_of(one) or 0 for one in self.along.data or ()),
        )

    def text_of(self, name: str) -> str:
        """Who came along stands by her name beside another version."""
        if name != "along":
            return super().text_of(name)
        chosen = self.along.data or ()
        return ", ".join(str(label) for value, label, *_rest in self.along.iter_choices() if value in chosen) or "–"


def filled(visit: SupportVisit, there: Iterable[int], time_zone: str) -> VisitForm:
    """The form with a visit in it that is known already; ``there`` are the coordinators who were."""
    return VisitForm(
        **as_typed(visit, time_zone),
        school=str(visit.organisation_id),
        kind=visit.support_kind,
        along=[str(one) for one in there if one != visit.recorded_by],
        topics=visit.topics,
        met_id=str(visit.met_id or ""),
        note=visit.note,
        next_step=visit.next_step,
        next_on=visit.next_on,
        row_version=visit.row_version,
    )
