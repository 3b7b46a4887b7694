"""What people type about an event: the questions to ask, the answers, and what a class tried."""

from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.activities.forms_use import FirstOfUse, MoreOfUse
from portal.evaluation.windows import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS
from portal.surveys import words
from portal.surveys.models import STEPS, Survey, SurveyItem, SurveyQuestion
from portal.surveys.operations import Asked
from portal.surveys.operations_answers import LONGEST
from portal.web.acts_signed import SignedForm
from portal.web.choices import Boxes, choices_of
from portal.web.forms import Form

LONGEST_QUESTION = 300


class ArrangeForm(Form):
    """The questions of one event. Own questions stand one a line, since they need nothing but their words."""

    version = HiddenField(default="0")
    way = RadioField(_l("How people answer"), default="anonymous")
    items = Boxes(_l("What is asked"))
    own_agree = TextAreaField(
        _l("Sentences of your own, to agree with"),
        [Optional(), Length(max=2000)],
        description=_l("One a line. About the event, never about a person."),
    )
    own_words = TextAreaField(
        _l("Open questions of your own"), [Optional(), Length(max=2000)], description=_l("One a line.")
    )
    days = IntegerField(
        _l("Open for how many days after the last session"),
        [
            InputRequired(_l("A number of days, like 21.")),
            NumberRange(FEWEST_DAYS, MOST_DAYS, _l("Between %(min)s and %(max)s days.")),
        ],
        default=USUAL_DAYS,
    )

    def __init__(self, bank: list[SurveyItem], *args: Any, **kwargs: Any) -> None:
        self.bank = bank
        super().__init__(*args, **kwargs)
        self.way.choices = choices_of(
            [("anonymous", _("Anonymous")), ("named", _("With their names")), ("none", _("Nobody is asked"))]
        )
        self.items.choices = choices_of([(item.code, item.text) for item in bank])

    def validate_own_agree(self, field: Field) -> None:
        if any(len(line) > LONGEST_QUESTION for line in _lines(field.data)):
            raise ValidationError(_("A question has 300 letters at most."))

    validate_own_words = validate_own_agree

    def asked(self) -> list[Asked]:
        """In the order of the bank, then her own; open questions last."""
        chosen = [Asked.of(item) for item in self.bank if item.code in (self.items.data or [])]
        own = [Asked(line, "reaction", "agree") for line in _lines(self.own_agree.data)]
        own += [Asked(line, "open", "words") for line in _lines(self.own_words.data)]
        return sorted([*chosen, *own], key=lambda one: one.kind == "words")

    @property
    def wanted_days(self) -> int:
        return self.days.data or USUAL_DAYS

    @classmethod
    def of(cls, bank: list[SurveyItem], survey: Survey | None, way: str, days: int) -> "ArrangeForm":
        """As it stands: the survey's own questions, or the usual ones where there is none yet."""
        if survey is None:
            return cls(bank, way=way, items=[item.code for item in bank if item.is_usual], days=days)
        own = [one for one in survey.questions if not one.item_code]
        return cls(
            bank,
            version=survey.row_version,
            way=way,
            items=[one.item_code for one in survey.questions if one.item_code],
            own_agree="\n".join(one.text for one in own if one.kind == "agree"),
            own_words="\n".join(one.text for one in own if one.kind == "words"),
            days=days,
        )


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class FeedbackForm(SignedForm):
    """The form after an event. Its fields are the survey's questions, none of which has to be answered."""

    # What was asked when the page was opened, and who was said to read it.
    wording = HiddenField()

    def said(self) -> dict[int, int | str]:
        found: dict[int, int | str] = {}
        for field in self:
            if field.name.startswith("q") and field.data:
                found[int(field.name[1:])] = int(field.data) if isinstance(field, RadioField) else field.data
        return found


def feedback_form(survey: Survey, answered: dict[int, int | str] | None = None) -> FeedbackForm:
    """A form for these questions, filled with what she answered before where it is named."""
    fields = {f"q{question.id}": _field(question) for question in survey.questions}
    values = {f"q{number}": str(value) for number, value in (answered or {}).items()}
    made = type("FeedbackFormOfSurvey", (FeedbackForm,), fields)
    form = cast("FeedbackForm", made(data=values))
    if not form.is_submitted():
        form.wording.data = survey.wording
    return form


class LeftOut(Optional):
    """Any question may be left out. The page says so once, and not at each of ten."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


def _field(question: SurveyQuestion) -> Any:
    if question.kind == "words":
        too_long = _l("%(max)d letters at most.")
        return TextAreaField(question.text, [LeftOut(), Length(max=LONGEST, message=too_long)])
    steps = [(str(step), words.STEPS[step - 1]) for step in range(1, STEPS + 1)]
    return RadioField(question.text, [LeftOut()], choices=choices_of(steps), default=None)


class TriedForm(MoreOfUse, FirstOfUse, SignedForm):
    """Yes, a class tried it: the questions about any lesson, and what it changed."""

    what_changed = TextAreaField(
        _l("What changed, for you or for them?"),
        [Optional(), Length(max=4000)],
        description=_l("No pupils’ names, please."),
    )

    @classmethod
    def for_today(cls, today: date) -> "TriedForm":
        return cls(used_on=today)


class NotTriedForm(SignedForm):
    """No, and perhaps why."""

    why = TextAreaField(_l("What kept you?"), [Optional(), Length(max=2000)])
