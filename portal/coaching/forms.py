"""What people type about needs and goals, and to begin a cycle."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.coaching.steps import RESULT_NAMES, WEEKS
from portal.web.choices import choices_of
from portal.web.forms import Form

LONG = Length(max=4000, message=_l("Keep it under 4,000 characters."))
SHORT = Length(max=300, message=_l("Keep it under 300 characters."))

HOW_MUCH = (
    ("", _l("Not now")),
    ("well", _l("Going well")),
    ("help", _l("Would help")),
    ("most", _l("Most of all")),
)
# As many as there are goals.
MOST = 3
# In front of a need's code: the name of its field, in the form and in the sealed text.
NEED = "need_"


class NeedsForm(Form):
    """One question for each need of the region: see ``needs_form``."""

    note = TextAreaField(_l("In your own words"), [Optional(), LONG])
    seen = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Three can be most of all: as many as there are goals."""
        fine = bool(super().validate(extra_validators))
        if sum(1 for how in self.marked().values() if how == "most") > MOST:
            self.form_errors.append(_("More than three are “most of all”. Choose the three that come first."))
        return fine and not self.errors

    def marked(self) -> dict[str, str]:
        """What is kept, by the name of its field: each need with its mark, and her words."""
        return {name: self[name].data or "" for name in self.names()}

    def show(self, fields: dict[str, str]) -> None:
        for name in self.names():
            self[name].data = fields.get(name, "")

    def names(self) -> list[str]:
        return [name for name in self._fields if name == "note" or name.startswith(NEED)]


def needs_form(words: Sequence[tuple[str, str]], **made: Any) -> NeedsForm:
    """The form with one question for each of the region's needs, (code, label). ``made``: from what, if not as it was sent."""

    class Asked(NeedsForm):
        pass

    for code, label in words:
        setattr(Asked, NEED + code, RadioField(label, choices=choices_of(HOW_MUCH), default=""))
    return Asked(**made)


class GoalForm(Form):
    what = TextAreaField(_l("What you want to get better at"), [DataRequired(_l("Say what it is.")), LONG])
    need = SelectField(_l("From the needs list"), [Optional()], default="")
    see = TextAreaField(_l("How you will see that it works"), [Optional(), LONG])
    by = StringField(_l("By when"), [Optional(), SHORT])
    seen = HiddenField()

    WORDS = ("what", "need", "see", "by")

    def words(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in self.WORDS}

    def show(self, fields: dict[str, str]) -> None:
        for name in self.WORDS:
            self[name].data = fields.get(name, "")


class CloseGoalForm(Form):
    result = RadioField(
        _l("What became of it"),
        [InputRequired(_l("Say what became of it."))],
        choices=choices_of(RESULT_NAMES.items()),
    )
    growth = TextAreaField(_l("Evidence of growth"), [Optional(), LONG])
    seen = HiddenField()


class BeginForm(Form):
    """A cycle: to which goal, how long, and what is taken along from an earlier one."""

    goal = RadioField(_l("Which goal"), [InputRequired(_l("Choose a goal, or none."))], coerce=int)
    weeks = RadioField(
        _l("How many weeks"),
        [InputRequired(_l("Choose how long."))],
        coerce=int,
        default=5,
        choices=choices_of([(weeks, str(weeks)) for weeks in WEEKS]),
    )
    take_along = BooleanField(_l("Take its look-fors and “what next” along"), default=True)
    after = HiddenField()
