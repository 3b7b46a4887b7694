"""The list's filters as the address holds them: read, offered with their counts, shown as chips that take them away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _

from portal import fulltext
from portal.fulltext.synonyms import known_synonyms
from portal.networks.readers import Reader
from portal.resources import typed
from portal.resources.finding import ask, fetched
from portal.resources.further import further_filters
from portal.resources.queries_counts import Counted
from portal.resources.wanted import STANDINGS, STATES, TIME_NAMES, TIMES, Wanted
from portal.vocabulary.models import Word
from portal.web.listing import address_here
from portal.web.numbers import number_of

Words = Mapping[str, Sequence[Word]]
MOST_CHOICES = 30
LONGEST = 999


@dataclass(frozen=True)
class Choice:
    """One answer that the list offers: how many packs it would leave (None: not counted), and whether it is on."""

    value: str
    label: str
    count: int | None
    is_on: bool


@dataclass(frozen=True)
class Filter:
    """One kind of choice; ``one_only`` where answers exclude each other."""

    name: str
    label: str
    choices: list[Choice]
    one_only: bool = False

    @property
    def is_worth_it(self) -> bool:
        """Whether there is anything to choose."""
        return any(choice.is_on and choice.value for choice in self.choices) or len(self.choices) > self.one_only


def wanted_here(reader: Reader, words: Words) -> Wanted:
    """What the address asks for; what it can't mean is left out. The words are understood on the way."""
    args = request.args
    text = args.get("q", "").strip()[:200]
    said, minutes = typed.read(text), min(number_of(args.get("minutes", "")) or 0, LONGEST)
    scope = [fulltext.network(reader.network_id), fulltext.owner(reader.person_id)]
    synonyms = known_synonyms() if fulltext.has_words(said.words) else fulltext.Synonyms()
    return Wanted(
        words=text,
        question=fetched(ask(said.words, scope, synonyms, typed.meanings(said.words, words), "exactly" in args)),
        rest=said.words,
        minutes=min(said.minutes or LONGEST, minutes or LONGEST) if said.minutes or minutes else 0,
        subjects=_several("subject"),
        phases=_several("phase"),
        time=_one("time", TIMES),
        standard=args.get("standard", "").strip()[:80],
        free=args.get("may") == "change",
        licences=_several("licence"),
        languages=_several("language"),
        standing=_one("standing", STANDINGS),
        also=tuple(one.key for one in further_filters() if one.key in _several("also")),
        state=_one("state", STATES) or "shared",
        word_ids={
            kind: {word.code: word.id for word in words.get(kind, ())} for kind in ("subject", "phase", "language")
        },
    )


def offered(wanted: Wanted, words: Words, counted: Counted | None) -> list[Filter]:
    """The filters beside the list. Answers that would leave nothing are not offered, unless they are on.

    Without ``counted`` (there are too many packs to count) everything that the region has words for is.
    """
    also = {one.key: str(one.label) for one in further_filters()}
    standing = {key: str(label) for key, label in STANDINGS.items()}
    times = {key: str(label) for key, label in TIME_NAMES.items()}
    free = _filter(
        "may", _("You may"), {"change": _("change it and pass it on")}, ("change",) * wanted.free, counted, "free"
    )
    return [
        _of_words("subject", _("Subject"), wanted.subjects, words, counted),
        _of_words("phase", _("Age"), wanted.phases, words, counted),
        _one_of("time", _("Time"), times, wanted.time, counted),
        _filter("also", _("Only packs"), also, wanted.also, counted),
        _one_of("standing", _("Standing"), standing, wanted.standing, counted),
        free,
        _of_words("licence", _("Licence"), wanted.licences, words, counted),
        _of_words("language", _("Language"), wanted.languages, words, counted),
    ]


def chips(wanted: Wanted, filters: Sequence[Filter]) -> list[tuple[str, str]]:
    """Each filter that is on, with the address without it."""
    found = [
        (_chip_text(one, choice), _without(one.name, choice.value))
        for one in filters
        for choice in one.choices
        if choice.is_on and choice.value
    ]
    if wanted.minutes:
        found.append(
            (_("Up to %(minutes)s minutes", minutes=wanted.minutes), _address(minutes=None, q=wanted.rest or None))
        )
    if wanted.standard:
        found.append((_("Standard %(code)s", code=wanted.standard), _without("standard", wanted.standard)))
    if wanted.state != "shared":
        label = _("My drafts") if wanted.state == "draft" else _("Retired packs")
        found.append((label, _without("state", wanted.state)))
    return found


def address_exactly() -> str:
    """The same search for the words as they were typed."""
    return _address(exactly="yes")


def language_name(code: str, words: Sequence[Any] = ()) -> str:
    """The region's word for a language, else its name in the reader's own."""
    for word in words:
        if word.code == code:
            return word.label
    try:
        name = Locale.parse(code, sep="-").get_display_name(get_locale())
    except (ValueError, UnknownLocaleError):
        return code
    return str(name or code)


def _several(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:60] for value in request.args.getlist(name) if value))[:MOST_CHOICES]


def _one(name: str, known: Any) -> str:
    value = request.args.get(name, "")
    return value if value in known else ""


def _of_words(kind: str, label: str, on: tuple[str, ...], words: Words, counted: Counted | None) -> Filter:
    numbers = counted.get(kind, {}) if counted else {}
    labels = {word.code: word.label for word in words.get(kind, ()) if counted or word.in_use or word.code in on}
    for code in (*numbers, *on):
        labels.setdefault(code, language_name(code) if kind == "language" else code)
    return _filter(kind, label, labels, on, counted)


def _filter(
    name: str, label: str, labels: Mapping[str, str], on: tuple[str, ...], counted: Counted | None, kind: str = ""
) -> Filter:
    numbers = counted.get(kind or name, {}) if counted else None
    found = [
        Choice(code, text, None if numbers is None else numbers.get(code, 0), code in on)
        for code, text in labels.items()
        if numbers is None or numbers.get(code) or code in on
    ]
    return Filter(name, label, found)


def _one_of(name: str, label: str, labels: Mapping[str, str], on: str, counted: Counted | None) -> Filter:
    rest = _filter(name, label, labels, (on,) if on else (), counted).choices
    in_all = counted.get(name, {}).get("", 0) if counted else None
    return Filter(name, label, [Choice("", _("Any"), in_all, not on), *rest], one_only=True)


def _chip_text(one: Filter, choice: Choice) -> str:
    return _("Free to change") if one.name == "may" else choice.label


def _without(name: str, value: str) -> str:
    return _address(**{name: [one for one in request.args.getlist(name) if one != value]})


def _address(**changes: Any) -> str:
    kept: dict[str, Any] = {key: values for key, values in request.args.lists() if key not in {"page", "format"}}
    wanted = {key: value for key, value in (kept | changes).items() if value is not None}
    return address_here(wanted)
