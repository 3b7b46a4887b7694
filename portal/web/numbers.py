"""Numbers of rows as people send them: in an address, a hidden field, a question. Anything else is no number.

``"²".isdigit()`` is true and ``int("²")`` fails; a number of more than 63 bits fits into no column of any database.
"""

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST = 2**63 - 1
MOST_FIGURES = 19


def number_of(typed: str | None) -> int | None:
    """The number that was sent, or None where it is not a whole one that a row can have."""
    text = (typed or "").strip()
    if not text.isdecimal() or len(text) > MOST_FIGURES:
        return None
    number = int(text)
    return number if number <= LARGEST else None


def row_number(typed: str) -> int:
    """For ``request.args.get(name, type=row_number)``: raises ValueError for what is none."""
    number = number_of(typed)
    if number is None:
        raise ValueError(typed[:20])
    return number


class RowNumber(IntegerConverter):
    """A number in an address: where no row can have it, there is nothing."""

    def to_python(self, value: str) -> int:
        number = number_of(value)
        if number is None:
            raise ValidationError
        return number


def init_numbers(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
