"""What somebody typed, word for word, with everything that means the same: what a search really looks for.

A term is one word, or a phrase that the region knows. It is there when any of its ways is there: the word in its forms,
its synonyms, the code that it spells, or a mark that hangs on the thing ("ks2" and "year 5" are marks of a phase).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.fulltext.forms import WEAK, forms, key, phrase, tokens
from portal.fulltext.words import MOST_WORDS, chunks

# Folded phrases of a region, and the marks that they stand for.
Meanings = Mapping[str, tuple[str, ...]]
MOST_TERMS = 8
MOST_WAYS = 14
# All of them stand in one condition on the texts of files, and a database takes only so long a one.
MOST_SHOWN = 40
LONGEST = 5


@dataclass(frozen=True)
class Term:
    """One thing that is looked for. ``ways`` are FTS5 expressions; ``exact`` and ``phrases`` only make a find better."""

    typed: str
    ways: tuple[str, ...]
    exact: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    # What the highlighter marks.
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A whole question. ``replaced``: words that nothing had, each with the word that was looked for in its place."""

    typed: str = ""
    terms: tuple[Term, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def shown(self) -> tuple[str, ...]:
        """The words to mark in what is found."""
        return tuple(dict.fromkeys(word for term in self.terms for word in term.shown))

    @property
    def words(self) -> str:
        """The question as it was looked for, mistyped words replaced."""
        text = f" {self.typed} "
        for typed, meant in self.replaced:
            text = text.replace(f" {typed} ", f" {meant} ")
        return text.strip()


class Synonyms:
    """The region's groups, by the folded form of each of their words and phrases."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._known: dict[str, list[str]] = {}
        for group in groups:
            keys = [key(one) for one in group]
            for mine in keys:
                others = [one for one, its in zip(group, keys, strict=True) if its != mine]
                self._known.setdefault(mine, []).extend(others)

    def of(self, folded: str) -> list[str]:
        """Other words for the same; a word may stand in several groups."""
        return list(dict.fromkeys(self._known.get(folded, ())))


NONE = Synonyms()


def understand(typed: str, synonyms: Synonyms = NONE, meanings: Meanings | None = None) -> Asked:
    """What was typed as terms, all of which are wanted. Never raises, whatever was typed; may be empty."""
    found = chunks(typed)
    spans = list(_spans(found, synonyms, meanings or {}))
    strong = [span for span in spans if len(span) > 1 or key(found[span[0]]) not in WEAK] or spans
    made = [_term([found[at] for at in span], synonyms, meanings or {}, span is spans[-1]) for span in strong]
    joined = _with_neighbours(found, list(zip(strong, made, strict=True)))
    return Asked(" ".join(typed.split()), tuple(joined[:MOST_TERMS]))


def instead(asked: Asked, typed: str, meant: str, synonyms: Synonyms, meanings: Meanings) -> Asked:
    """The same question with one mistyped word replaced."""
    term = _term(meant.split(), synonyms, meanings, False)
    terms = tuple(replace(term, typed=typed) if one.typed == typed else one for one in asked.terms)
    return replace(asked, terms=terms, replaced=(*asked.replaced, (typed, meant)))


def _spans(found: list[str], synonyms: Synonyms, meanings: Meanings) -> Iterator[list[int]]:
    """The chunks, those together that the region knows as one phrase; the longest first."""
    keys = [key(chunk) for chunk in found]
    at = 0
    while at < len(found):
        length = next(
            (
                length
                for length in range(min(LONGEST, len(found) - at), 1, -1)
                if (together := " ".join(keys[at : at + length])) in meanings or synonyms.of(together)
            ),
            1,
        )
        yield list(range(at, at + length))
        at += length


def _term(parts: list[str], synonyms: Synonyms, meanings: Meanings, is_last: bool) -> Term:
    text = " ".join(parts)
    folded = key(text)
    if len(parts) == 1:
        ways = forms(text, is_last)
    else:
        ways = [
            phrase(text),
            f"({' AND '.join(forms(part)[0] for part in parts if key(part) not in WEAK) or phrase(text)})",
        ]
    others = synonyms.of(folded)
    ways += [_other(one) for one in others]
    return Term(
        typed=text,
        ways=tuple(dict.fromkeys(ways))[:MOST_WAYS],
        exact=(phrase(text),),
        marks=meanings.get(folded, ()),
        shown=tuple(token for word in (text, *others) for token in _marked(word))[:MOST_SHOWN],
    )


def _other(text: str) -> str:
    """A synonym: one word by its beginning, several as they stand."""
    known = tokens(text)
    return forms(text)[0] if len(known) == 1 else phrase(" ".join(known), len(known[-1]) > 3 if known else False)


def _marked(text: str) -> list[str]:
    """The words of a text that are worth marking, with their other forms."""
    strong = [token for token in tokens(text) if token not in WEAK] or tokens(text)
    return [form.strip('"* ') for token in strong for form in forms(token)] if len(strong) == 1 else strong


def _with_neighbours(found: list[str], terms: list[tuple[list[int], Term]]) -> list[Term]:
    """Words beside each other: as a phrase they are a better find, and together they may be one word or one code."""
    codes = dict(_codes(found))
    made = []
    for span, term in terms:
        before, after = span[0] - 1, span[-1] + 1
        pairs = [(at, at + 1) for at in (before, span[-1]) if at >= 0 and at + 1 < len(found)]
        phrases = [phrase(f"{found[one]} {found[other]}") for one, other in pairs]
        if span[0] == 0 and after < len(found) and len(found) > 2:
            phrases.append(phrase(" ".join(found[:MOST_WORDS])))
        joined = [
            forms(found[one] + found[other])[0]
            for one, other in pairs
            if len(span) == 1 and all(found[at].isalpha() and len(found[at]) > 1 for at in (one, other))
        ]
        spelled = tuple(dict.fromkeys(code for at in span for code in codes.get(at, ())))
        made.append(replace(term, ways=(*term.ways, *joined), phrases=tuple(phrases), codes=spelled))
    return made


def _codes(found: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Which chunks may spell a code of letters and digits, alone (``MS-PS2-1``) or together (``ms ps2 1``)."""
    plain = ["".join(tokens(chunk.rpartition(":")[2] or chunk)) for chunk in found]
    for at, one in enumerate(plain):
        mine = [one] if _is_code(one) else []
        # The run of short pieces round this one, as a code is read out.
        first = last = at
        while first > 0 and len(plain[first - 1]) <= 4:
            first -= 1
        while last + 1 < len(plain) and len(plain[last + 1]) <= 4:
            last += 1
        for start in range(first, at + 1):
            for end in range(max(at, start + 1), last + 1):
                together = "".join(plain[start : end + 1])
                if _is_code(together) and len(one) <= 4:
                    mine.append(together)
        yield at, tuple(dict.fromkeys(mine))


def _is_code(text: str) -> bool:
    """At least four characters, with a digit and a letter among them."""
    return len(text) >= 4 and any(map(str.isdigit, text)) and any(map(str.isalpha, text))
