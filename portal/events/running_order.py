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
