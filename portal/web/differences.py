"""What changed between two texts, word by word, as a person reads it: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Comparing grows with the square of what is compared: longer texts are compared by their beginnings.
MOST_LINES, MOST_WORDS = 1_500, 1_200
# Words that are shown on each side of a change, and how long a piece must be before its middle is left out.
BESIDE, LONG = 12, 40
# Letters that may stand unchanged between two changes and still be shown as changed.
CHANCE = 3
_WORDS = re.compile(r"\s+|[^\s]+")


class Part(NamedTuple):
    """``how`` is "same", "gone", "new" or "left" (a stretch without changes that is not shown)."""

    how: str
    text: str


def words_changed(old: str, new: str, whole: bool = False) -> list[Part]:
    """The parts of both texts in their order. Long stretches without changes are left out, unless ``whole``.

    An empty list where nothing changed.
    """
    old, new = _plain(old), _plain(new)
    if old == new:
        return []
    parts = _joined(_by_lines(old, new))
    return parts if whole else list(_shortened(parts))


def _plain(text: str) -> str:
    """Ends of lines differ between browsers, and blanks before them mean nothing."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _by_lines(old: str, new: str) -> Iterator[Part]:
    """Lines first, and words only inside the lines that differ: a moved page would cost too much word by word."""
    before, after = old.splitlines(keepends=True)[:MOST_LINES], new.splitlines(keepends=True)[:MOST_LINES]
    for how, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[start:end]), "".join(after[other_start:other_end])
        if how == "equal":
            yield Part("same", gone)
        else:
            yield from _by_words(_WORDS.findall(gone), _WORDS.findall(came))


def _by_words(before: Sequence[str], after: Sequence[str]) -> Iterator[Part]:
    if max(len(before), len(after)) > MOST_WORDS:
        yield Part("gone", "".join(before))
        yield Part("new", "".join(after))
        return
    gone = came = between = ""
    for how, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how != "equal":
            gone += between + "".join(before[start:end])
            came += between + "".join(after[other_start:other_end])
            between = ""
            continue
        stayed = "".join(before[start:end])
        if (gone or came) and len(stayed.strip()) <= CHANCE:
            # A blank or "a" between two changes belongs to both: nobody reads single letters that stayed by chance.
            between = stayed
            continue
        yield from (Part("gone", gone), Part("new", came), Part("same", stayed))
        gone = came = between = ""
    yield from (Part("gone", gone), Part("new", came), Part("same", between))


def _joined(parts: Iterator[Part]) -> list[Part]:
    """Neighbours of one kind are one, and nothing is no part."""
    found: list[Part] = []
    for part in parts:
        if not part.text:
            continue
        if found and found[-1].how == part.how:
            found[-1] = Part(part.how, found[-1].text + part.text)
        else:
            found.append(part)
    return found


def _shortened(parts: list[Part]) -> Iterator[Part]:
    for place, part in enumerate(parts):
        words = _WORDS.findall(part.text)
        if part.how != "same" or len(words) <= LONG:
            yield part
            continue
        if place:
            yield Part("same", "".join(words[:BESIDE]))
        yield Part("left", "")
        if place < len(parts) - 1:
            yield Part("same", "".join(words[-BESIDE:]))
