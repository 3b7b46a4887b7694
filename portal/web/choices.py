"""Choices of a form field from plain pairs, and text that is one line."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """(value, label) pairs as choices of a select, of radio buttons or of a list of boxes (WTForms warns about plain pairs)."""
    return [SelectChoice(value, label) for value, label in pairs]


def one_line(value: object) -> object:
    """Names and titles are one line: a break in them would end up in the head of a mail."""
    return " ".join(value.split()) if isinstance(value, str) else value
