"""The list's filters as the address holds them: read, offered with their counts, shown as chips that take them away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.resources.queries_list import STATES, TIME_NAMES, TIMES, Wanted
from portal.vocabulary.models import Word

Words = Mapping[str, Sequence[Word]]
MOST_CHOICES = 30


@dataclass(frozen=True)
class Choice:
    """One answer that the list offers: how many packs it would leave, and whether it is on."""

    value: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Filter:
    """One kind of choice; ``one_only`` where answers exclude each other."""

    name: str
    label: str
    choices: list[Choice]
    one_only: bool = False


def wanted_here(words: Words) -> Wanted:
    """What the address asks for; what it can't mean is left out."""
    args = request.args
    state, time = args.get("state", ""), args.get("time", "")
    return Wanted(
        words=args.get("q", "").strip()[:200],
        subjects=_several("subject"),
        phases=_several("phase"),
        time=time if time in TIMES else "",
        standard=args.get("standard", "").strip()[:80],
        licences=_several("licence"),
        languages=_several("language"),
        state=state if state in STATES else "shared",
        word_ids={kind: {word.code: word.id for word in words.get(kind, ())} for kind in ("subject", "phase")},
    )


def offered(wanted: Wanted, words: Words, counted: Mapping[str, Mapping[str, int]]) -> list[Filter]:
    """The filters beside the list. Answers that would leave nothing are not offered, unless they are on."""
    return [
        _of_words("subject", _("Subject"), wanted.subjects, words, counted),
        _of_words("phase", _("Age"), wanted.phases, words, counted),
        _of_times(wanted, counted.get("time", {})),
        _of_words("licence", _("Licence"), wanted.licences, words, counted),
        _of_words("language", _("Language"), wanted.languages, words, counted),
    ]


def chips(wanted: Wanted, filters: Sequence[Filter]) -> list[tuple[str, str]]:
    """Each filter that is on, with the address without it."""
    found = [
        (choice.label, _without(one.name, choice.value))
        for one in filters
        for choice in one.choices
        if choice.is_on and choice.value
    ]
    if wanted.standard:
        found.append((_("Standard %(code)s", code=wanted.standard), _without("standard", wanted.standard)))
    if wanted.state != "shared":
        label = _("My drafts") if wanted.state == "draft" else _("Retired packs")
        found.append((label, _without("state", wanted.state)))
    return found


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


def _of_words(
    kind: str, label: str, on: tuple[str, ...], words: Words, counted: Mapping[str, Mapping[str, int]]
) -> Filter:
    numbers = counted.get(kind, {})
    labels = {word.code: word.label for word in words.get(kind, ())}
    for code in (*numbers, *on):
        labels.setdefault(code, language_name(code) if kind == "language" else code)
    found = [
        Choice(code, text, numbers.get(code, 0), code in on)
        for code, text in labels.items()
        if numbers.get(code) or code in on
    ]
    return Filter(kind, label, found)


def _of_times(wanted: Wanted, numbers: Mapping[str, int]) -> Filter:
    found = [Choice("", _("Any"), sum(numbers.values()), not wanted.time)]
    for key, label in TIME_NAMES.items():
        if numbers.get(key) or wanted.time == key:
            found.append(Choice(key, str(label), numbers.get(key, 0), wanted.time == key))
    return Filter("time", _("Time"), found, one_only=True)


def _without(name: str, value: str) -> str:
    kept: dict[str, Any] = {key: values for key, values in request.args.lists() if key not in {"page", "format"}}
    kept[name] = [one for one in kept.get(name, []) if one != value]
    return url_for(request.endpoint or "", **(request.view_args or {}), **kept)
