"""What the search box understands besides words: how long it may last, and how old the class is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal import fulltext
from portal.fulltext.forms import key
from portal.resources.importing_rows import AGES, GRADES
from portal.vocabulary.models import Word

_UP_TO = r"(?:(?:in|under|less than|up to|max\.?|maximum|at most|within|below|no more than|about|around)\s+|<\s*)?"
_LONGER = r"(?<!over )(?<!than )(?<!least )(?<![\d.-])"
_MINUTES = re.compile(
    rf"\b{_UP_TO}{_LONGER}(?:\d{{1,3}}\s*(?:-|–|to)\s*)?(\d{{1,3}})\s*-?\s*(min|mins|minute|minutes|hour|hours|hr|hrs|h)\b"
    r"\.?(?:\s+(?:or less|or under|max))?",
    re.IGNORECASE,
)
_SAID = re.compile(rf"\b{_UP_TO}(quarter of an hour|half an hour|half hour|an hour|one hour)(?! of\b)\b", re.IGNORECASE)
_SPOKEN = {"quarter of an hour": 15, "half an hour": 30, "half hour": 30, "an hour": 60, "one hour": 60}
_AGE = re.compile(
    r"\b(?:age|ages|aged)\s+(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?\b|\b(\d{1,2})\s*year\s*olds?\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:year|yr|y)\s?(\d{1,2})\b", re.IGNORECASE)
_GRADE = re.compile(r"\bgrade\s(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th)\s+grade\b", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """``words`` is what is left to look for; ``minutes`` what a pack may last at most, 0 when nothing was said."""

    words: str
    minutes: int = 0


def read(text: str) -> Typed:
    """ "parity trick under 40 minutes" is "parity trick" with at most 40 minutes. "over 60 minutes" is left as words."""
    for pattern, minutes_of in ((_MINUTES, _counted), (_SAID, _spoken)):
        found = pattern.search(text)
        if found and not re.search(
            r"\b(?:over|more than|at least|longer than)\s*$", text[: found.start()], re.IGNORECASE
        ):
            rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
            return Typed(rest, min(minutes_of(found), 999))
    return Typed(text)


def meanings(text: str, words: Mapping[str, Sequence[Word]]) -> fulltext.Meanings:
    """The region's subjects, phases and languages by every spelling, and the ages that this text names, as marks."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in ("subject", "phase", "language"):
        for word in words.get(kind, ()):
            marks = [fulltext.mark_of_word(word.id)]
            if kind == "language":
                marks.append(fulltext.mark_of_language(word.code))
            for spelling in (word.label, *word.also.splitlines(), *((word.code,) if kind != "language" else ())):
                if len(key(spelling)) > 1 and (kind != "language" or len(spelling) > 3):
                    found[key(spelling)] = tuple(dict.fromkeys((*found.get(key(spelling), ()), *marks)))
    return found | _ages(text, words.get("phase", ()))


def _ages(text: str, phases: Iterable[Word]) -> dict[str, tuple[str, ...]]:
    ids = {word.code: word.id for word in phases}
    found = {}
    for said, youngest, oldest in _named(text):
        codes = [
            code
            for known in (AGES, GRADES)
            for code, (start, end) in known.items()
            if youngest < end and oldest >= start
        ]
        found[key(said)] = tuple(dict.fromkeys(fulltext.mark_of_word(ids[code]) for code in codes if code in ids))
    return found


def _named(text: str) -> Iterable[tuple[str, int, int]]:
    """English Year 5 and American Grade 4 are both the children who begin it at nine."""
    for one in _AGE.finditer(text):
        youngest = int(one[1] or one[3])
        yield one[0], youngest, int(one[2] or youngest)
    for one in _YEAR.finditer(text):
        yield one[0], int(one[1]) + 4, int(one[1]) + 4
    for one in _GRADE.finditer(text):
        age = int(one[1] or one[2]) + 5
        yield one[0], age, age


def _counted(found: re.Match[str]) -> int:
    return int(found[1]) * (60 if found[2].lower().startswith("h") else 1)


def _spoken(found: re.Match[str]) -> int:
    return _SPOKEN[found[1].lower()]
