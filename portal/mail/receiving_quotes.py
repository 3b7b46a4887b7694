"""What a person wrote, without what her mail program put below, above or between it.

Rules of our own: the packages that do this forget languages, cut at "Thanks," in the middle of a sentence, and their
patterns take minutes for a mail that was made to hurt. Each rule here looks at a line, or at a few lines in a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.mail.receiving_html import CUT
from portal.mail.receiving_marks import (
    ABOUT,
    ADDRESS,
    DATED,
    DAY,
    FORWARDED,
    FROM,
    HEADER,
    LINE,
    MIDDLE,
    ORIGINAL,
    SENT,
    SHARED,
    STARTS,
    TIME,
    WROTE,
)

MOST_LINES = 5_000


@dataclass
class Stretch:
    """Lines in a row that are hers, or quoted."""

    is_quoted: bool
    lines: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(line.strip(" >\t") for line in self.lines)


def without_quotes(text: str, is_forward: bool = False) -> list[str]:
    """Her own stretches of text, in order; with answers between quotes the quotes stay where they explain something.

    A forward is kept whole below its mark: whoever passes something on means to show it.
    """
    lines = [line for whole in text.split("\n")[:MOST_LINES] for line in _parted(whole)]
    if is_forward:
        return ["\n".join(lines)]
    cut = _cut_at(lines)
    for at, line in enumerate(lines[:cut]):
        if is_forward_mark(line):
            shown = [one.removeprefix(">").removeprefix(" ") for one in lines[at:]]
            return ["\n".join([*lines[:at], *shown])]
    stretches = _stretches(lines[:cut])
    own = [one for one in stretches if not one.is_quoted and not one.is_empty]
    if len(own) < 2:
        return ["\n".join(one.lines) for one in own]
    return _interleaved(stretches)


def _interleaved(stretches: Sequence[Stretch]) -> list[str]:
    """Answers between quotes: all of it up to her last words; what stands in one piece is one piece."""
    last = max(at for at, one in enumerate(stretches) if not one.is_quoted and not one.is_empty)
    return ["\n".join(one.lines) for one in stretches[: last + 1] if not one.is_empty]


def _cut_at(lines: Sequence[str]) -> int:
    """The line from which on everything is the mail that was answered, without a > to say so."""
    for at, line in enumerate(lines):
        if line == CUT or ORIGINAL.match(line.strip()) or _heads_original(lines, at):
            return _above(lines, at)
        until = attribution(lines, at)
        if until and not _is_quoted_next(lines, until):
            return at
    return len(lines)


def _parted(line: str) -> list[str]:
    """Some programs go on in her own line: "yes On Wed, 4 Apr 2012 at 3:59 pm, … wrote:"."""
    found = SHARED.match(line) if len(line) < 600 and line.rstrip().endswith("wrote:") else None
    return [found[1], found[2]] if found else [line]


def _above(lines: Sequence[str], at: int) -> int:
    """Outlook draws a line above the headers of what is answered."""
    while at and (not lines[at - 1].strip() or LINE.match(lines[at - 1].strip())):
        at -= 1
    return at


def _heads_original(lines: Sequence[str], at: int) -> bool:
    """From, Sent, To, Subject in a row: the head of an answered mail, as Outlook and phones write it."""
    first = HEADER.match(lines[at])
    if first is None or first[1].lower() not in FROM | SENT or not first[2].strip():
        return False
    seen: dict[str, str] = {}
    for line in [one for one in lines[at : at + 12] if one.strip()][:9]:
        found = HEADER.match(line)
        if found:
            seen.setdefault(found[1].lower(), found[2])
    written_by = " ".join(value for name, value in seen.items() if name in FROM)
    return len(seen) >= 3 and bool(written_by) and (bool(seen.keys() & ABOUT) or bool(ADDRESS.search(written_by)))


def attribution(lines: Sequence[str], at: int) -> int:
    """The line after "On …, Ines Quarrie wrote:" that begins here, else 0. It may be broken over four lines."""
    if not _may_start(lines[at]):
        return 0
    joined = ""
    for end in range(at, min(at + 4, len(lines))):
        line = lines[end].strip(" >\t")
        if not line:
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > 400:
            return 0
        if _says_who(joined) and (_has_date(joined) or _is_quoted_next(lines, end + 1)):
            return end + 1
    return 0


def _may_start(line: str) -> bool:
    words = line.strip(" >\t")
    if not words or len(words) > 300:
        return False
    return bool(
        STARTS.match(words) or WROTE.search(words) or MIDDLE.search(words) or (TIME.search(words) and DAY.search(words))
    )


def _says_who(joined: str) -> bool:
    if WROTE.search(joined) or (joined.endswith(":") and MIDDLE.search(joined)):
        return True
    # In whatever language: a moment, an address and a colon.
    return joined.endswith(":") and bool(TIME.search(joined) and ADDRESS.search(joined))


def _has_date(joined: str) -> bool:
    """A time of day or an address: people write "Grandmother wrote:" as well, with a year at most."""
    return bool(DATED.search(joined)) and bool(TIME.search(joined) or ADDRESS.search(joined))


def _is_quoted_next(lines: Sequence[str], at: int) -> bool:
    for line in lines[at : at + 4]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def _stretches(lines: Sequence[str]) -> list[Stretch]:
    found, at = [Stretch(False)], 0
    while at < len(lines):
        until = attribution(lines, at)
        if until:
            at = until
            continue
        is_quoted = lines[at].lstrip().startswith(">") or _is_tail(lines, at)
        if is_quoted != found[-1].is_quoted and lines[at].strip():
            found.append(Stretch(is_quoted))
        found[-1].lines.append(lines[at])
        at += 1
    return found


def _is_tail(lines: Sequence[str], at: int) -> bool:
    """The end of a long quoted line that some server broke, between two quoted lines, without a > of its own."""
    if not 0 < at < len(lines) - 1 or not lines[at].strip():
        return False
    before, after = lines[at - 1].lstrip(), lines[at + 1].lstrip()
    return before.startswith(">") and after.startswith(">") and len(before) > 60 and len(lines[at]) < 40


def is_forward_mark(line: str) -> bool:
    return bool(FORWARDED.match(line.strip()))
