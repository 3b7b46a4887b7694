"""The running order inside what people write about an event: lines that begin with an hour."""

import re
from dataclasses import dataclass

# "5:00 Build one finger", also as a list item, with or without am and pm.
_LINE = re.compile(
    r"^\s*(?:[-*]\s+)?(?P<hour>\d{1,2}[:.]\d{2})(?:\s*(?P<half>[ap]m))?\s+(?P<what>\S.*)$", re.IGNORECASE
)
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Step:
    hour: str
    what: str


_HEADING = re.compile(r"^(#{1,6})(?=\s)", re.MULTILINE)


def raised(about: str) -> str:
    """The text with its highest headings at the first level, so that none is skipped on the page."""
    levels = [len(marks) for marks in _HEADING.findall(about)]
    too_deep = min(levels, default=1) - 1
    return _HEADING.sub(lambda match: match[1][too_deep:], about) if too_deep else about


def split(about: str) -> tuple[str, list[Step]]:
    """The text without its running order, and the steps. Fewer than two such lines are left where they stand."""
    steps, rest = [], []
    for line in about.splitlines():
        match = _LINE.match(line)
        if match:
            half = f" {match['half'].lower()}" if match["half"] else ""
            steps.append(Step(match["hour"].replace(".", ":") + half, match["what"].strip()))
        else:
            rest.append(line)
    return ("\n".join(rest), steps) if len(steps) >= FEWEST else (about, [])
