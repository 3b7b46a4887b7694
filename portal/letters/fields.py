"""Fields in a letter: ``{first name}``, or ``{school|your place of work}`` with what stands there when it is empty.

A field never leaves a hole: each has words of its own for when nothing is known. Names are those of the writer's
language; they are kept in English. A brace that is meant as a brace is written ``\\{``, as Markdown has it.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

NAMES: dict[str, LazyString] = {
    "first name": _l("first name"),
    "name": _l("name"),
    "place of work": _l("place of work"),
    "network": _l("network"),
    "coordinator": _l("coordinator"),
}
EMPTY: dict[str, LazyString] = {
    "first name": _l("colleague"),
    "name": _l("colleague"),
    "place of work": _l("your place of work"),
    "network": _l("our network"),
    "coordinator": _l("your coordinator"),
}
# Begins with a letter: {1, 2, 3} is a set, not a field.
FIELD = re.compile(r"(?<!\\)\{\s*([^\W\d_][^{}|\n]{0,40}?)\s*(?:\|([^{}\n]{0,80}))?\}")
# Marks of our own between rendering and filling, from a part of Unicode that nobody types.
_OPEN, _CLOSE = "\ue000", "\ue001"
# In an address they stand as a browser writes them.
_MARK = re.compile(f"({_OPEN}|%EE%80%80)(\\d+)(?:{_CLOSE}|%EE%80%81)")


def unknown_in(text: str) -> list[str]:
    """The names in braces that are no fields, each once."""
    known = _by_name()
    return list(dict.fromkeys(name for name, _else in FIELD.findall(text) if _folded(name) not in known))


def kept(text: str) -> str:
    """The text with its fields in English, as it is stored."""
    return FIELD.sub(lambda found: _braced(_by_name().get(_folded(found[1]), found[1]), found[2]), text)


def shown(text: str) -> str:
    """A stored text with its fields in the language of this page."""
    return FIELD.sub(lambda found: _braced(str(NAMES.get(found[1], found[1])), found[2]), text)


def names() -> list[str]:
    """The fields as they are typed, in the language of this page."""
    return ["{" + str(name) + "}" for name in NAMES.values()]


class Marked:
    """A text whose fields are marks, so that it is rendered once and filled for each reader.

    What a person is called is put in after rendering: no name can bring along Markdown or HTML.
    """

    def __init__(self, text: str) -> None:
        self._found: list[tuple[str, str]] = []
        self.text = FIELD.sub(self._mark, re.sub(f"[{_OPEN}{_CLOSE}]", "", text))

    def _mark(self, found: re.Match[str]) -> str:
        self._found.append((found[1], (found[2] or "").strip()))
        return f"{_OPEN}{len(self._found) - 1}{_CLOSE}"

    def fill(self, rendered: str, values: Mapping[str, str], made: Callable[[str], object] = str) -> str:
        """``rendered`` with each mark replaced by ``made`` of its value, of the writer's own words, or of ours."""

        def value(found: re.Match[str]) -> str:
            at = int(found[2])
            if at >= len(self._found):
                return ""
            name, instead = self._found[at]
            words = " ".join(values.get(name, "").split())
            said = words or instead or str(EMPTY.get(name, ""))
            return str(made(said)) if found[1] == _OPEN else quote(said, safe="")

        return _MARK.sub(value, rendered)


def complaint(unknown: list[str]) -> str:
    """What to put right about names that are no fields."""
    return _(
        "There is no field %(unknown)s. There are %(known)s. A brace that is just a brace is typed \\{.",
        unknown=", ".join("{" + name + "}" for name in unknown),
        known=", ".join(names()),
    )


def _by_name() -> dict[str, str]:
    return {_folded(str(name)): key for key, name in NAMES.items()} | {key: key for key in NAMES}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _braced(name: str, instead: str | None) -> str:
    return "{" + name + (f"|{instead}" if instead is not None else "") + "}"
