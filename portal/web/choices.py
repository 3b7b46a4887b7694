"""Choices of a form field from plain pairs, in the shape that WTForms wants."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


def choices_of(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """(value, label) pairs as choices of a select, of radio buttons or of a list of boxes."""
    return [SelectChoice(value, label) for value, label in pairs]
