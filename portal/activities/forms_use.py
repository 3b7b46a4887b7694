"""The questions about a lesson as fields, to be mixed into a form: of a page, or of a signed link in a mail."""

from datetime import date
from typing import Any, cast

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.activities.uses import AGAIN, ENGAGED, LEVEL, UseTold
from portal.networks.surroundings import word
from portal.web.choices import choices_of

PUPILS = LazyString(word, "pupils")


class FirstOfUse:
    """Thirty seconds after the lesson."""

    used_on = DateField(_l("When"), [InputRequired(_l("Choose the day, like 10 November 2026."))])
    classes = IntegerField(
        _l("How many classes?"),
        [InputRequired(_l("How many classes? A number, like 1.")), NumberRange(1, 200, _l("Between 1 and 200."))],
        default=1,
    )
    students = IntegerField(
        _l("How many %(pupils)s, all classes together?", pupils=PUPILS),
        [Optional(), NumberRange(0, 10_000, _l("Between 0 and 10,000."))],
        description=_l("A number, never names. Not counted? Leave it empty: not known is not zero."),
    )
    is_estimate = BooleanField(_l("That number is an estimate"))
    again = RadioField(
        _l("Would you use it again?"), [Optional()], choices=choices_of(list(AGAIN.items())), default=None
    )
    what_changed = TextAreaField(
        _l("What did you change?"),
        [Optional(), Length(max=4000)],
        description=_l("What you would tell the next teacher. No %(pupils)s’ names, please.", pupils=PUPILS),
    )


class MoreOfUse:
    """What is offered besides, for another half minute."""

    year_group = StringField(_l("Year group"), [Optional(), Length(max=60)], description=_l("Like: Year 8."))
    engagement = RadioField(
        _l("How engaged was the class?"),
        [Optional()],
        choices=choices_of([(str(step), label) for step, label in ENGAGED.items()]),
        default=None,
    )
    level = RadioField(
        _l("The level, for this class"), [Optional()], choices=choices_of(list(LEVEL.items())), default=None
    )
    quote = TextAreaField(
        _l("A sentence that may be quoted"),
        [Optional(), Length(max=1000)],
        description=_l("For a report or the public page, and only if you tick the box under it."),
    )
    quote_allowed = BooleanField(_l("You may quote this sentence with my name and where I work"))

    def validate_quote_allowed(self, field: Field) -> None:
        if self.quote.data and not field.data:
            raise ValidationError(
                _("A sentence is kept only if it may be quoted. Tick this, or leave the sentence out.")
            )


def told_in(form: Any) -> UseTold:
    """What was typed into a form with these fields, all of them or the first."""

    def typed(name: str) -> Any:
        return form[name].data if name in form else None

    return UseTold(
        used_on=cast("date", typed("used_on")),
        classes=typed("classes") or 0,
        students=typed("students"),
        year_group=typed("year_group") or "",
        what_changed=typed("what_changed") or "",
        quote=typed("quote") or "",
        quote_allowed=bool(typed("quote_allowed")),
        is_estimate=bool(typed("is_estimate")),
        engagement=int(typed("engagement")) if typed("engagement") else None,
        level=typed("level") or "",
        again=typed("again") or "",
    )


def asks_more(form: Any) -> bool:
    """Whether the further questions stand open: something is said there, or is to be put right."""
    names = ("year_group", "engagement", "level", "quote", "quote_allowed")
    return any(form[name].data or form[name].errors for name in names if name in form)
