"""What an event can have besides its words and dates: rules of booking, of completing, of asking afterwards."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, StringField
from wtforms.validators import Length, ValidationError

from portal.events import words
from portal.web.choices import choices_of, one_line
from portal.web.numbers import number_of

MOST_SEATS, MOST_HOURS = 1000, 14 * 24


class NumberField(StringField):
    """A whole number as people type it, empty for none; ``number`` is what it means."""

    number: int | None = None

    def __init__(self, label: Any, least: int, most: int, sentence: object, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most, self.sentence = least, most, sentence

    def process_data(self, value: Any) -> None:
        super().process_data("" if value is None else str(value))

    def pre_validate(self, form: Any) -> None:
        """Raises ValidationError for what is no such number."""
        typed = (self.data or "").removesuffix("%").strip()
        self.number = number_of(typed)
        if typed and (self.number is None or not self.least <= self.number <= self.most):
            raise ValidationError(str(self.sentence))


class MoreFields:
    """The fields of the part that is folded away; mixed into the form of an event."""

    objectives = StringField(
        _l("What people can do afterwards"),
        filters=[one_line],
        description=_l("One line. It stands on the certificate."),
        validators=[Length(max=500, message=_l("At most 500 characters: one line."))],
    )
    books_whole = BooleanField(
        _l("Booked as a whole"),
        description=_l("One booking is for all dates. Otherwise people choose among them."),
    )
    completed_share = NumberField(
        _l("Completed with at least … percent of the minutes"),
        1,
        100,
        _l("A share of the minutes is a number from 1 to 100."),
        description=_l("Of all dates together. Usual is 75."),
    )
    seats_per_school = NumberField(
        _l("Places for one school at most"),
        1,
        MOST_SEATS,
        _l("Places for one school must be a number, like 2."),
        description=_l("Whoever comes on top waits until one of these is free. Empty: no limit."),
    )
    confirm_hours = NumberField(
        _l("Hours to answer when a place comes free"),
        1,
        MOST_HOURS,
        _l("Hours must be a number from 1 to 336, which is two weeks."),
        description=_l(
            "The place is kept that long for whoever is next, never ending at night; shortly before the start it is "
            "given at once. Empty: whoever is next has it at once."
        ),
    )
    evaluation = RadioField(
        _l("Evaluation afterwards"),
        choices=choices_of(words.EVALUATIONS.items()),
        default="anonymous",
        validate_choice=False,
    )

    def validate_evaluation(self, field: Field) -> None:
        """An absent answer is the usual one, so that an older form can still be sent."""
        if not field.data:
            field.data = "anonymous"
        if field.data not in words.EVALUATIONS:
            raise ValidationError(_("Choose one of these."))


def more_of(form: Any) -> dict[str, Any]:
    """What was typed there, for the draft; an empty share is the usual one."""
    return {
        "objectives": form.objectives.data or "",
        "books_whole": form.books_whole.data,
        "completed_share": form.completed_share.number or 75,
        "seats_per_school": form.seats_per_school.number,
        "confirm_hours": form.confirm_hours.number,
        "evaluation": form.evaluation.data,
    }
