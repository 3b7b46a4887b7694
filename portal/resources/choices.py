"""Answers of a form as WTForms wants them (from 3.3 on it warns about plain pairs)."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """(value, label) pairs as choices."""
    return [SelectChoice(value, label) for value, label in pairs]
