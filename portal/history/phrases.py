"""The sentence of each action. Each room declares its own beside its operations.

A phrase may use %(actor)s, %(person)s (looked up from a ``person_id`` detail) and any other detail.
"""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _

_phrases: dict[str, LazyString] = {}


def declare(phrases: dict[str, LazyString]) -> None:
    """Give actions their sentences; a second declaration of one action is a mistake."""
    for action, phrase in phrases.items():
        if action in _phrases and str(_phrases[action]._args[0]) != str(phrase._args[0]):
            raise ValueError(f"the action {action!r} is declared twice")
        _phrases[action] = phrase


def is_declared(action: str) -> bool:
    return action in _phrases


def sentence(action: str, actor: str, person: str | None, details: dict[str, Any]) -> str:
    """The line in words. An action whose room is gone is still told."""
    phrase = _phrases.get(action)
    if phrase is None:
        return _("%(actor)s changed this", actor=actor)
    known = {"actor": actor, "person": person or _("somebody"), **details}
    return str(phrase) % _Known(known)


class _Known(dict[str, Any]):
    """A detail that an old line lacks shows as a dash, so that a changed phrase never breaks a page."""

    def __missing__(self, key: str) -> str:
        return "–"
