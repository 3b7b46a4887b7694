"""What people type to find each other. School, subjects and phases are known already and only looked over."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from portal.matching.models import DAYS, MOST_NEEDS
from portal.matching.reasons import day_names
from portal.matching.said import AskSaid, OfferSaid
from portal.matching.words import SAME_SCHOOL
from portal.web import clock
from portal.web.choices import Boxes, choices_of
from portal.web.day_fields import DateField
from portal.web.forms import Form

Labels = Mapping[str, Mapping[str, str]]
MOST_TEXT = Length(max=4000, message=_l("Keep it under 4,000 characters."))


class SideForm(Form):
    """What wish and offer have in common. ``person_id`` is only there where a coordinator fills it in for somebody."""

    person_id = SelectField(_l("For whom"), coerce=int, validators=[InputRequired(_l("Choose for whom."))])
    subjects = Boxes(_l("Subjects"))
    phases = Boxes(_l("Phases"))
    languages = Boxes(_l("Languages"))
    days = Boxes(_l("Days with a free hour"), coerce=int)
    travels_km = IntegerField(
        _l("How far to travel, in km"),
        [Optional(), NumberRange(0, 500, _l("Type a number from 0 to 500, or leave it empty."))],
    )
    meets_online = BooleanField(_l("Meeting online is fine too"), default=True)
    same_school = RadioField(_l("The other one works"), choices=choices_of(SAME_SCHOOL), default="either")
    row_version = HiddenField()

    def __init__(self, words: Labels, people: list[tuple[int, str]] | None = None, **more: Any) -> None:
        super().__init__(**more)
        for name, kind in (("subjects", "subject"), ("phases", "phase"), ("languages", "language")):
            if words.get(kind):
                self[name].choices = choices_of(words[kind].items())
            else:
                del self[name]
        self.days.choices = choices_of((day, day_names([day])) for day in DAYS)
        if people is None:
            del self.person_id
        else:
            self.person_id.choices = choices_of(people)

    def _both(self) -> dict[str, Any]:
        lists = {
            name: list(self[name].data or []) if name in self else [] for name in ("subjects", "phases", "languages")
        }
        return lists | {
            "days": sorted(self.days.data or []),
            "travels_km": self.travels_km.data,
            "meets_online": bool(self.meets_online.data),
            "same_school": self.same_school.data or "either",
        }


class AskForm(SideForm):
    first = SelectField(_l("What I want help with, first of all"), default="")
    second = SelectField(_l("Second"), default="")
    third = SelectField(_l("Third"), default="")
    year_of_teaching = IntegerField(
        _l("Year of teaching"),
        [Optional(), NumberRange(0, 60, _l("Type a number from 0 to 60, or leave it empty."))],
        description=_l("0 while you are still training."),
    )
    route = StringField(_l("How I came into teaching"), [Length(max=120, message=_l("Keep it under 120 characters."))])

    def __init__(self, words: Labels, people: list[tuple[int, str]] | None = None, **more: Any) -> None:
        super().__init__(words, people, **more)
        needs = choices_of([("", _("– nothing chosen –")), *words.get("mentoring_need", {}).items()])
        self.first.choices = self.second.choices = self.third.choices = needs

    def validate(self, extra_validators: Any = None) -> bool:
        """One need stands at one place."""
        fine = bool(super().validate(extra_validators))
        chosen: list[str] = []
        for field in (self.second, self.third):
            chosen = [one for one in (self.first.data, self.second.data) if one][: 1 if field is self.second else 2]
            if field.data and field.data in chosen and not field.errors:
                field.errors = [_("This stands above already. Choose another, or none.")]
        return fine and not self.errors

    def said(self) -> AskSaid:
        """Gaps close: a third need without a second one is the second."""
        needs = [one for one in (self.first.data, self.second.data, self.third.data) if one]
        return AskSaid(
            **self._both(),
            needs=needs[:MOST_NEEDS],
            year_of_teaching=self.year_of_teaching.data,
            route=self.route.data or "",
        )


class OfferForm(SideForm):
    most_mentees = IntegerField(
        _l("How many at a time"),
        [InputRequired(_l("Say how many.")), NumberRange(1, 60, _l("Type a number from 1 to 60."))],
        default=1,
    )
    years_teaching = IntegerField(
        _l("Years of teaching"), [Optional(), NumberRange(0, 60, _l("Type a number from 0 to 60, or leave it empty."))]
    )
    trained_on = DateField(_l("Last trained as a mentor on"), [Optional()])
    says = TextAreaField(_l("A line about me"), [Length(max=400, message=_l("Keep it under 400 characters."))])

    def validate_trained_on(self, field: DateField) -> None:
        """Planned training is none yet."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day has not come yet. Leave it empty until then."))

    def said(self) -> OfferSaid:
        return OfferSaid(
            **self._both(),
            years_teaching=self.years_teaching.data,
            trained_on=self.trained_on.data,
            most_mentees=self.most_mentees.data or 1,
            says=self.says.data or "",
        )


class WishForm(Form):
    words = TextAreaField(_l("In a line or two"), [MOST_TEXT])


class WishAnswerForm(Form):
    answer = RadioField(
        _l("What happens now"),
        choices=choices_of(
            (
                ("match", _l("I look for somebody else")),
                ("talk", _l("I talk to her first")),
                ("closed", _l("It is settled as it is")),
            )
        ),
        validators=[InputRequired(_l("Choose what happens now."))],
    )


class EndingForm(Form):
    worked = TextAreaField(_l("What worked"), [MOST_TEXT])
    did_not = TextAreaField(_l("What did not"), [MOST_TEXT])
    suggests = TextAreaField(_l("What you suggest"), [MOST_TEXT])
    only_me = BooleanField(_l("For myself alone: nobody else reads it, no coordinator either"))
