"""Choices of a form field from plain pairs, and text that is one line."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, ListWidget


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """(value, label) pairs as choices of a select, of radio buttons or of a list of boxes (WTForms warns about plain pairs)."""
    return [SelectChoice(value, label) for value, label in pairs]


def grouped_choices(triples: Iterable[tuple[Any, Any, str | None]]) -> list[Any]:
    """(value, label, group) as choices of a select; those of one group stand together under its name."""
    return [SelectChoice(value, label, optgroup=group) for value, label, group in triples]


def one_line(value: object) -> object:
    """Names and titles are one line: a break in them would end up in the head of a mail."""
    return " ".join(value.split()) if isinstance(value, str) else value


class Boxes(SelectMultipleField):
    """Several answers as a list of boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OneOf(SelectField):
    """A select that says in its own words what to do where something was sent that it does not offer."""

    def __init__(self, label: object, refused: object, **more: Any) -> None:
        super().__init__(label, invalid_choice_message=refused, **more)  # type: ignore[call-arg, arg-type]
