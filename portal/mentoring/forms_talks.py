"""What people type about a talk: one form that grows from ten seconds to the long form, and the private half alone."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from portal.activities.forms_met import WHEN
from portal.activities.meetings import MODES, NOON, moment
from portal.mentoring.talks import SHARED, MonthClosed, Talk
from portal.mentoring.words import KINDS
from portal.web.choices import Boxes, choices_of
from portal.web.day_fields import DateField
from portal.web.errors import DomainError
from portal.web.forms import Form

MINUTES = (10, 20, 30, 45, 60)
OTHER = "other"
LONGEST = 4000
# Whatever is longer is no number of minutes, and perhaps none that a database can look for.
MOST_FIGURES = 6


def _text(label: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=LONGEST, message=_l("Keep it under 4,000 characters."))])


class NotesForm(Form):
    """The private half: what the two share, and a note to oneself."""

    parked = _text(_l("Where we parked"))
    working = _text(_l("What’s working"))
    challenges = _text(_l("What is hard"))
    mentee_steps = _text(_l("The mentee’s next steps"))
    mentor_steps = _text(_l("The mentor’s next steps"))
    moment = _text(_l("A powerful moment"))
    only_me = _text(_l("A note to myself"))
    # What it was when the form was drawn, so that a second window overwrites nothing unseen.
    seen = HiddenField()

    def texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in (*SHARED, "only_me")}

    @property
    def is_long(self) -> bool:
        """Whether anything beyond the one line is filled in, so that it is shown open."""
        return any(self[name].data or self[name].errors for name in SHARED if name != "parked")


class TalkForm(NotesForm):
    when = RadioField(
        _l("When"), choices=choices_of(WHEN), default="today", validators=[InputRequired(_l("Choose a day."))]
    )
    on = DateField(_l("Which day"), validators=[Optional()])
    length = RadioField(_l("Minutes"), default="30", validate_choice=False)
    minutes = IntegerField(_l("How many minutes"), validators=[Optional()])
    mode = RadioField(
        _l("How"), choices=choices_of(MODES), default="in_person", validators=[InputRequired(_l("Choose how you met."))]
    )
    kind = RadioField(
        _l("Kind"),
        default="one_to_one",
        validate_choice=False,
        validators=[AnyOf(dict(KINDS), message=_l("Choose one of these kinds."))],
    )
    also = Boxes(_l("Who else of yours sat in it"), coerce=int)
    start = TimeField(_l("Began at"), validators=[Optional()])
    counts_for = Boxes(_l("Counts for"), coerce=int)
    activities = Boxes(_l("What you did"))
    standards = Boxes(_l("What it was about"), coerce=int)
    focus = SelectField(_l("Focus"), default="")
    next_on = DateField(_l("Next date"), validators=[Optional()])
    next_time = TimeField(_l("At"), validators=[Optional()])

    # A month that is closed, and for which pair it is: of a group perhaps another one.
    closed_month: date | None = None
    closed_pair: int | None = None

    def offer_minutes(self, usual: int | None = None) -> None:
        """The cells to press: the usual lengths, with what this pair last took among them."""
        lengths = sorted({*MINUTES, usual} if usual else MINUTES)
        cells = [(str(minutes), str(minutes)) for minutes in lengths]
        self.length.choices = choices_of([*cells, (OTHER, _("Other"))])

    def validate(self, extra_validators: Any = None) -> bool:
        """What no field can tell alone: which day, and how long. Two answers that differ are asked about, never guessed."""
        fine = bool(super().validate(extra_validators))
        if self.when.data == "earlier" and not self.on.data and not self.on.errors:
            self.on.errors = [_("Say which day it was.")]
        if not self.minutes.errors:
            self._judge_minutes()
        return fine and not self.errors

    def _judge_minutes(self) -> None:
        chosen, typed = self.length.data or "", self.minutes.data
        if len(chosen if typed is None else str(typed)) > MOST_FIGURES:
            self.minutes.errors = [_("Type minutes from 1 to 600. A long day is 600.")]
        elif typed is None and not chosen.isdecimal():
            self.minutes.errors = [_("Choose or type how many minutes it was.")]
        elif typed is not None and chosen.isdecimal() and chosen != str(typed):
            said = _("You chose %(chosen)s minutes and typed %(typed)s. Choose Other, or empty this.", chosen=chosen,
                     typed=typed)  # fmt: skip
            self.minutes.errors = [said]

    def refuse(self, refusal: DomainError) -> None:
        super().refuse(refusal)
        if isinstance(refusal, MonthClosed):
            self.closed_month, self.closed_pair = refusal.month, refusal.pairing_id

    def day(self, today: date) -> date:
        if self.when.data == "yesterday":
            return today - timedelta(days=1)
        return (self.on.data or today) if self.when.data == "earlier" else today

    def show_day(self, day: date, today: date) -> None:
        """Have a day chosen: by its word where it has one."""
        near = {today: "today", today - timedelta(days=1): "yesterday"}
        self.when.data = near.get(day, "earlier")
        self.on.data = None if day in near else day

    @property
    def typed_minutes(self) -> int:
        """What was typed, else what was chosen."""
        typed: int | None = self.minutes.data
        return typed if typed is not None else int(self.length.data or 0)

    def talk(self, today: date, time_zone: str) -> Talk:
        """What was typed, as the operation wants it."""
        offered = {value for value, *_rest in self.counts_for.iter_choices()}
        return Talk(
            at=moment(self.day(today), self.start.data or NOON, time_zone),
            minutes=self.typed_minutes,
            mode=self.mode.data,
            kind=self.kind.data,
            has_time=self.start.data is not None,
            focus=self.focus.data or None,
            activities=self.activities.data or (),
            standards=self.standards.data or (),
            also=self.also.data or (),
            not_for=offered - set(self.counts_for.data or ()) if offered else None,
            next_at=self._next(time_zone),
            **self.texts(),
        )

    def _next(self, time_zone: str) -> datetime | None:
        if not self.next_on.data:
            return None
        return moment(self.next_on.data, self.next_time.data or NOON, time_zone)

    @property
    def has_more(self) -> bool:
        """Whether anything of the second step is filled in or wrong, so that it is shown open."""
        ticked = (self.also, self.activities, self.standards)
        is_usual = self.kind.data in (None, "one_to_one")
        counts_less = len(self.counts_for.data or ()) < len(list(self.counts_for.iter_choices()))
        wrong = any(field.errors for field in (*ticked, self.kind, self.start, self.focus, self.counts_for))
        return bool(wrong or not is_usual or counts_less or self.start.data or self.focus.data) or any(
            field.data for field in ticked
        )
