"""What people type, as an FTS5 question that can't fail, and their words found again in a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from markupsafe import Markup, escape

MOST_CHARACTERS = 200
MOST_WORDS = 12
# Of a long text only so many places are compared.
MOST_PLACES = 300
# From this length on a word also finds longer ones: "magnet" finds "magnets" and "magnetism".
BEGINNING = 4
ALIKE = 0.5


def chunks(words: str) -> list[str]:
    """What stands between blanks and has a letter or digit in it."""
    known = words.replace("\x00", " ").encode("utf-8", "ignore").decode()[:MOST_CHARACTERS]
    return [chunk for chunk in known.split() if any(letter.isalnum() for letter in chunk)][:MOST_WORDS]


def has_words(words: str) -> bool:
    """Whether there is anything to look for at all."""
    return bool(chunks(words))


def question(words: str, columns: Iterable[str], within: Iterable[str] = ()) -> str | None:
    """The words as an FTS5 expression: every one quoted, all of them wanted. None when there is nothing to ask."""
    found = chunks(words)
    if not found:
        return None
    asked = " AND ".join(_phrase(chunk, chunk is found[-1]) for chunk in found)
    scope = " OR ".join(f'"{token}"' for token in within)
    return f"{{{' '.join(columns)}}} : ({asked})" + (f" AND scope : ({scope})" if scope else "")


def _phrase(chunk: str, is_last: bool) -> str:
    stem = singular(chunk)
    is_beginning = len(stem) >= BEGINNING or stem != chunk or (is_last and len(stem) >= 2)
    return f'"{_quoted(stem)}"' + (" *" if is_beginning else "")


def singular(chunk: str) -> str:
    """A plural is looked for by its singular, which finds both."""
    low = chunk.lower()
    is_plural = chunk.isascii() and len(chunk) >= BEGINNING and low.endswith("s") and low[-2] not in "sui"
    return chunk[:-1] if is_plural else chunk


def _quoted(chunk: str) -> str:
    return chunk.replace('"', '""')


def trigram_question(words: str) -> str | None:
    """All three-letter pieces of the words, any of which may match."""
    pieces = sorted(piece for chunk in chunks(words) for piece in _pieces(fold(chunk)))
    return " OR ".join(f'"{_quoted(piece)}"' for piece in pieces) or None


def close_enough(name: str, words: str) -> bool:
    """Whether each word that was typed is nearly one of the words of a name."""
    known = [_pieces(f"  {word} ") for word in fold(name).split()]
    typed = [_pieces(f"  {word} ") for word in fold(words).split()]
    return bool(typed) and all(max((_shared(one, other) for other in known), default=0) >= ALIKE for one in typed)


def _shared(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _pieces(word: str) -> set[str]:
    return {word[at : at + 3] for at in range(len(word) - 2)}


def fold(text: str) -> str:
    """Lower case and without accents, as the index compares."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def highlight(text: str, words: str | tuple[str, ...]) -> Markup:
    """The text, escaped, with the words that were looked for under the highlighter.

    ``words``: as they were typed, or as a question understood them (``Asked.shown``).
    """
    parts, end = [], 0
    for found in _found(text, words):
        parts += [escape(text[end : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def stems(words: str | tuple[str, ...]) -> list[str]:
    """The beginnings of words that are looked for: small letters, without accents, plurals by their singular."""
    if not isinstance(words, str):
        return sorted(set(words))
    return sorted({stem for chunk in chunks(words) for stem in re.findall(r"\w+", fold(singular(chunk)))})


def _found(text: str, words: str | tuple[str, ...]) -> Iterator[re.Match[str]]:
    """The words of a text that are looked for, or begin with letters that are: two of them typed, four understood."""
    wanted, beginnings, pattern = _wanted(words)
    if not wanted:
        return
    if text.isascii():
        yield from pattern.finditer(text)
        return
    for found in re.finditer(r"\w+", text):
        folded = fold(found[0])
        if folded in wanted or folded.startswith(beginnings):
            yield found


@lru_cache(256)
def _wanted(words: str | tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], re.Pattern[str]]:
    """The words that are looked for, those of them that longer words may begin with, and both as one pattern.

    The pattern is for texts without accents, which most are: it is several times as quick as folding word by word.
    """
    wanted = stems(words)
    least = 2 if isinstance(words, str) else BEGINNING
    beginnings = tuple(stem for stem in wanted if len(stem) >= least)
    exact, first = ("|".join(map(re.escape, some)) or "(?!)" for some in (wanted, beginnings))
    pattern = re.compile(rf"\b(?:(?:{first})\w*|(?:{exact})\b)", re.IGNORECASE | re.ASCII)
    return frozenset(wanted), beginnings, pattern


def excerpt(text: str, words: str | tuple[str, ...], length: int = 200) -> Markup:
    """About ``length`` characters of a text where most of the words stand together, with the words highlighted."""
    flat = " ".join(text.split())
    start = max(0, _best_place(flat, words, length) - length // 3)
    if start:
        start = flat.find(" ", start) + 1
    end = start + length
    cut = flat[start:end] if end >= len(flat) else flat[start:end].rpartition(" ")[0] or flat[start:end]
    marked = highlight(cut, words)
    return Markup("{}{}{}").format("… " if start else "", marked, " …" if start + len(cut) < len(flat) else "")


def _best_place(text: str, words: str | tuple[str, ...], length: int) -> int:
    """Where the first of the words stands that has the most different ones behind it; 0 where there is none."""
    found = [(one.start(), fold(one[0])[:BEGINNING]) for one in islice(_found(text, words), MOST_PLACES)]
    best, place = 0, found[0][0] if found else 0
    for number, (start, _word) in enumerate(found):
        near = {word for at, word in found[number : number + MOST_WORDS] if at < start + length * 2 // 3}
        if len(near) > best:
            best, place = len(near), start
    return place
