"""What people type, as an FTS5 question that can't fail, and their words found again in a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

MOST_CHARACTERS = 200
MOST_WORDS = 12
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
    stem = _singular(chunk)
    is_beginning = len(stem) >= BEGINNING or stem != chunk or (is_last and len(stem) >= 2)
    return f'"{_quoted(stem)}"' + (" *" if is_beginning else "")


def _singular(chunk: str) -> str:
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


def highlight(text: str, words: str) -> Markup:
    """The text, escaped, with the words that were looked for under the highlighter."""
    parts, end = [], 0
    for found in _found(text, words):
        parts += [escape(text[end : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def stems(words: str) -> list[str]:
    """The beginnings of words that are looked for: small letters, without accents, plurals by their singular."""
    return sorted({stem for chunk in chunks(words) for stem in re.findall(r"\w+", fold(_singular(chunk)))})


def _found(text: str, words: str) -> Iterator[re.Match[str]]:
    """The words of a text that are looked for, or begin with two letters or more that are."""
    wanted = set(stems(words))
    beginnings = tuple(stem for stem in wanted if len(stem) > 1)
    for found in re.finditer(r"\w+", text) if wanted else ():
        folded = fold(found[0])
        if folded in wanted or folded.startswith(beginnings):
            yield found


def excerpt(text: str, words: str, length: int = 200) -> Markup:
    """About ``length`` characters of a text round the first word that was found, with the words highlighted."""
    flat = " ".join(text.split())
    first = next(_found(flat, words), None)
    start = max(0, (first.start() if first else 0) - length // 3)
    if start:
        start = flat.find(" ", start) + 1
    end = start + length
    cut = flat[start:end] if end >= len(flat) else flat[start:end].rpartition(" ")[0] or flat[start:end]
    marked = highlight(cut, words)
    return Markup("{}{}{}").format("… " if start else "", marked, " …" if start + len(cut) < len(flat) else "")
