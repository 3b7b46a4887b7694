"""Small pieces of this room's forms: answers to choose from, and what is one line."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


def choices(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """Values with their words."""
    return [SelectChoice(value, label) for value, label in pairs]


def one_line(value: object) -> object:
    """Names and titles are one line: a break in them would end up in the head of a mail."""
    return " ".join(value.split()) if isinstance(value, str) else value
