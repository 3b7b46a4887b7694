"""One short screen for each step of a cycle."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Length, Optional

from portal.activities.meetings import MODES, moment
from portal.coaching.forms import LONG, SHORT
from portal.coaching.queries_frame import Standard
from portal.coaching.saving import Told
from portal.coaching.steps import LOOK_FORS, OURS, RESULT_NAMES
from portal.mentoring.talks import Talk
from portal.web.choices import Boxes, choices_of
from portal.web.day_fields import DateField
from portal.web.forms import Form

NOON = time(12, 0)
USUAL_MINUTES = 45
STANDARD = "standard_"


class StepForm(Form):
    """What each step asks: when it is meant to be, and whether it is done. ``OURS`` is read by the two, ``MINE`` by her."""

    due_on = DateField(_l("Meant for"), [Optional()])
    done = HiddenField()
    reopens = HiddenField()
    seen = HiddenField()
    seen_mine = HiddenField()

    MINE: ClassVar[tuple[str, ...]] = ()

    def ours(self) -> Collection[str]:
        return ()

    def typed(self, names: Collection[str]) -> dict[str, str]:
        return {name: self[name].data or "" for name in names}

    def show(self, ours: Mapping[str, str], mine: Mapping[str, str], due_on: date | None) -> None:
        self.due_on.data = due_on
        for names, there in ((self.ours(), ours), (self.MINE, mine)):
            for name in names:
                self[name].data = there.get(name, "")

    @property
    def is_done(self) -> bool:
        return bool(self.done.data != "no")


class StartForm(StepForm):
    baseline = TextAreaField(OURS["goal"]["baseline"], [Optional(), LONG])
    strategy = TextAreaField(OURS["goal"]["strategy"], [Optional(), LONG])

    def ours(self) -> Collection[str]:
        return OURS["goal"].keys()


class LookForsForm(StepForm):
    collect = TextAreaField(OURS["look_fors"]["collect"], [Optional(), LONG])
    standards = Boxes(_l("Lines of the shared frame"), [Optional()], coerce=int)
    # What each line on offer means, by its number.
    hints: Mapping[int, str]

    def offer(self, lines: Sequence[Standard]) -> None:
        self.standards.choices = choices_of([(one.id, one.name) for one in lines])
        self.hints = {one.id: one.hint for one in lines}

    def ours(self) -> Collection[str]:
        return OURS["look_fors"].keys()


for number, look in enumerate(LOOK_FORS, 1):
    setattr(LookForsForm, look, StringField(_l("Look-for %(number)s", number=number), [Optional(), SHORT]))


class ActionForm(StepForm):
    step = TextAreaField(OURS["action"]["step"], [Optional(), LONG])
    help = TextAreaField(OURS["action"]["help"], [Optional(), LONG])

    def ours(self) -> Collection[str]:
        return OURS["action"].keys()


class CheckForm(StepForm):
    growth = TextAreaField(OURS["check"]["growth"], [Optional(), LONG])
    next = TextAreaField(OURS["check"]["next"], [Optional(), LONG])
    result = RadioField(
        _l("What became of the goal in this cycle"),
        default="",
        choices=choices_of([("", _l("Can’t tell yet")), *RESULT_NAMES.items()]),
    )

    def ours(self) -> Collection[str]:
        return OURS["check"].keys()


class TalkedForm(StepForm):
    """A step in which two people met: it can be written down as a talk in the same save."""

    log = BooleanField(_l("Write it down as a talk too"))
    on = DateField(_l("Day"), [Optional()])
    minutes = IntegerField(_l("Minutes"), [Optional()], default=USUAL_MINUTES)
    mode = RadioField(_l("How"), choices=choices_of(MODES), default="in_person")
    same = RadioField(
        _l("Is it the same talk?"),
        choices=choices_of([("yes", _l("Yes, that one")), ("no", _l("No, another"))]),
        default="",
        validate_choice=False,
    )

    ACTIVITY: ClassVar[str] = ""

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.log.data and self.minutes.data is None and not self.minutes.errors:
            self.minutes.errors = [_("Say how many minutes it was.")]
        return fine and not self.errors

    def told(self, today: date, time_zone: str, standards: Collection[int]) -> Told | None:
        """The talk as mentoring keeps it, or None where she does not want it written down."""
        if not self.log.data:
            return None
        day = self.on.data or today
        talk = Talk(
            at=moment(day, NOON, time_zone),
            minutes=self.minutes.data or 0,
            mode=self.mode.data or "in_person",
            activities=(self.ACTIVITY,),
            standards=standards,
        )
        return Told(talk, self.same.data or "")


class VisitForm(TalkedForm):
    about = StringField(_l("Which class, what lesson"), [Optional(), SHORT])
    thought = TextAreaField(_l("What you make of it"), [Optional(), LONG])

    MINE = ("thought",)
    ACTIVITY = "observing"

    def ours(self) -> Collection[str]:
        return ("about",)


class ConversationForm(TalkedForm):
    """With a field for each line of the frame that the cycle works on: see ``conversation_form``."""

    saw = TextAreaField(_l("What the notes show"), [Optional(), LONG])
    question = TextAreaField(_l("A question to go on with"), [Optional(), LONG])
    thought = TextAreaField(_l("A note to myself"), [Optional(), LONG])

    MINE = ("thought",)
    ACTIVITY = "after-observation"

    def ours(self) -> Collection[str]:
        return ("saw", *(name for name in self._fields if name.startswith(STANDARD)), "question")


def conversation_form(standards: Sequence[Standard], **made: Any) -> ConversationForm:
    """Feedback line by line of the shared frame."""

    class Aligned(ConversationForm):
        pass

    for one in standards:
        setattr(Aligned, f"{STANDARD}{one.id}", TextAreaField(one.name, [Optional(), LONG], description=one.hint))
    return Aligned(**made)


class LineForm(Form):
    """What was seen, one line: the time is that of saving unless she types another."""

    text = TextAreaField(_l("What you see or hear"), [Length(max=500, message=_l("Keep a line short."))])
    look_for = RadioField(_l("Look-for"), coerce=int, default=0)
    at = TimeField(_l("Time"), [Optional()])
    only_time = HiddenField()
    seen = HiddenField()

    def with_look_fors(self, look_fors: Sequence[tuple[int, str]]) -> "LineForm":
        self.look_for.choices = choices_of([(0, _("None")), *look_fors])
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if not self.text.data and not self.only_time.data and not self.text.errors:
            self.text.errors = [_("Write what you see or hear, or take the time alone.")]
        return fine and not self.errors

    def hour(self, now: datetime) -> str:
        """ "10:42": as typed, else this moment on the network's clocks."""
        return f"{self.at.data or now.time():%H:%M}"
