"""Answers to choose from, in the shape that WTForms asks for."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


def choices(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """Values with their words."""
    return [SelectChoice(value, label) for value, label in pairs]
