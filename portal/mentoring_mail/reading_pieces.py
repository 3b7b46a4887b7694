"""Cutting what somebody wrote into pieces, so that each is understood by itself or passed over."""

import re
import unicodedata

from portal.mentoring_mail.reading_days import DayWords

# Longer answers are letters: what is counted stands at their beginning.
LONGEST = 4000
_PARTS = {"¼": ".25", "½": ".5", "¾": ".75"}
_PART = re.compile(r"(\d*) ?([¼½¾])")
# "45 min. Planned the lesson": the dot ends a sentence, not the word alone.
_UNIT_DOT = re.compile(r"\b(min|mins|hr|hrs|h|std)\.(\s+(?=[^\W\d_])|\s*$)", re.I | re.M)
_CLOCKS = re.compile(r"(\d{1,2}[:.h]\d{2}(?: ?[ap]m)?) *(?:-|–|—|to|until|till) *(\d{1,2}[:.h]\d{2})", re.I)
# Not within a number ("1,5 h"), nor after one that may be a day ("6. November").
_CUTS = re.compile(
    r"[;|•]|(?<!\d),|,(?!\d)|\s[-–—/]\s|(?<![\d\W])[.!?](?=\s|$)|(?<=\d)[.!?](?=\s*$)|(?<=[)\]])[.!?]|[()\[\]]"
)
_SPLITTER = "\x1f"


def pieces(text: str, words: DayWords) -> list[str]:
    """The pieces, in small letters, with single blanks and nothing that only decorates."""
    lines = unicodedata.normalize("NFC", text[:LONGEST]).replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    found = []
    for line in lines:
        tidied = _tidied(line.lstrip("-*•> \t"), words)
        found += [" ".join(one.split()) for one in _CUTS.sub(_SPLITTER, tidied).split(_SPLITTER)]
    return [one for one in found if one]


def _tidied(line: str, words: DayWords) -> str:
    line = _PART.sub(lambda hit: f"{hit[1] or '0'}{_PARTS[hit[2]]}", line)
    line = _UNIT_DOT.sub(r"\1, ", line).casefold().replace("’", "'")
    line = _CLOCKS.sub(r"\1-\2", line)
    line = re.sub(r"\b([ap])\.m\.?", r"\1m", line)
    names = "|".join(sorted(map(re.escape, [*words.weekdays, *words.months]), key=len, reverse=True))
    # "Tue., 24 Nov." and "Nov 24, 2026" are one thing each.
    line = re.sub(rf"\b({names})\.", r"\1", line)
    line = re.sub(rf"\b({'|'.join(map(re.escape, words.weekdays))}),? +(?=\d|(?:{names})\b)", r"\1 ", line)
    months = "|".join(sorted(map(re.escape, words.months), key=len, reverse=True))
    return re.sub(rf"\b((?:{months}) \d{{1,2}}(?:st|nd|rd|th)?),? +(?=(?:19|20)\d\d\b)", r"\1 ", line)
