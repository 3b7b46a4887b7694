"""Low-inference notes of a lesson: lines with a time, some of them to a look-for. How they lie in a sealed text. Pure.

A text has named fields; each line is one, ``line-007``, holding the time, the number of the look-for and the words.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "line-"
MOST_LINES = 300
# What a visit's text holds beside its lines.
ABOUT = "about"


@dataclass(frozen=True)
class Line:
    """``at`` is the hour on the network's clocks, "10:42"; ``look_for`` 0 where it belongs to none."""

    number: int
    at: str
    look_for: int
    text: str

    @property
    def mark(self) -> str:
        """Tells one wording from another, for its own reader's form."""
        return hashlib.sha256(_packed(self).encode()).hexdigest()[:16]


def lines_in(fields: Mapping[str, str]) -> list[Line]:
    """The lines of a text by their time, then as they were written."""
    found = [_unpacked(name, value) for name, value in fields.items() if name.startswith(PREFIX)]
    return sorted(found, key=lambda line: (line.at, line.number))


def with_line(fields: Mapping[str, str], line: Line) -> dict[str, str]:
    """The text with this line in it, in the place of one of the same number."""
    return {**fields, f"{PREFIX}{line.number:03}": _packed(line)}


def without_line(fields: Mapping[str, str], number: int) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name != f"{PREFIX}{number:03}"}


def next_number(fields: Mapping[str, str]) -> int:
    return max((line.number for line in lines_in(fields)), default=0) + 1


def _packed(line: Line) -> str:
    return f"{line.at}\t{line.look_for}\t{line.text}"


def _unpacked(name: str, value: str) -> Line:
    at, look_for, text = value.split("\t", 2)
    return Line(int(name.removeprefix(PREFIX)), at, int(look_for), text)
