"""What the list of kits is narrowed by: read from the address, offered beside the list, shown as chips over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from portal.kit.queries_list import STATES, Wanted
from portal.kit.words import KINDS, WAYS
from portal.vocabulary.models import Word
from portal.web.listing import address_here

Words = Mapping[str, Sequence[Word]]
Counted = Mapping[str, Mapping[str, int]]
MOST_CHOICES = 30


@dataclass(frozen=True)
class Choice:
    """One answer that the list offers: how many kits it would leave, and whether it is on."""

    value: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    choices: list[Choice]


def wanted_here(words: Words) -> Wanted:
    """What the address asks for; what it can't mean is left out."""
    args = request.args
    state = args.get("state", "")
    return Wanted(
        words=args.get("q", "").strip()[:200],
        subjects=_several("subject"),
        phases=_several("phase"),
        kinds=tuple(one for one in _several("kind") if one in KINDS),
        ways=tuple(one for one in _several("way") if one in WAYS),
        homes=_several("home", 300),
        free="yes" if args.get("free") == "yes" else "",
        state=state if state in STATES else "listed",
        word_ids={kind: {word.code: word.id for word in words.get(kind, ())} for kind in ("subject", "phase")},
    )


def offered(wanted: Wanted, words: Words, counted: Counted) -> list[Filter]:
    """The filters beside the list. Answers that would leave nothing are not offered, unless they are on."""
    labels = {kind: {word.code: word.label for word in words.get(kind, ())} for kind in ("subject", "phase")}
    return [
        _filter("free", _("Now"), {"yes": _("Free now")}, (wanted.free,), counted),
        _filter("subject", _("Subject"), labels["subject"], wanted.subjects, counted),
        _filter("phase", _("Age"), labels["phase"], wanted.phases, counted),
        _filter("kind", _("What it is"), {key: str(label) for key, label in KINDS.items()}, wanted.kinds, counted),
        _filter("way", _("How you get it"), {key: str(label) for key, label in WAYS.items()}, wanted.ways, counted),
        _filter("home", _("Where it lives"), {home: home for home in sorted(counted.get("home", {})) if home},
                wanted.homes, counted),
    ]  # fmt: skip


def chips(wanted: Wanted, filters: Sequence[Filter]) -> list[tuple[str, str]]:
    """Each filter that is on, with the address without it."""
    found = [
        (choice.label, _without(one.name, choice.value)) for one in filters for choice in one.choices if choice.is_on
    ]
    if wanted.state != "listed":
        label = _("Drafts") if wanted.state == "draft" else _("Retired boxes")
        found.append((label, _without("state", wanted.state)))
    return found


def _several(name: str, most: int = 60) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:most] for value in request.args.getlist(name) if value))[:MOST_CHOICES]


def _filter(name: str, label: str, labels: Mapping[str, str], on: tuple[str, ...], counted: Counted) -> Filter:
    numbers = counted.get(name, {})
    known = dict(labels) | {value: value for value in on if value and value not in labels}
    return Filter(
        name,
        label,
        [
            Choice(value, text, numbers.get(value, 0), value in on)
            for value, text in known.items()
            if numbers.get(value) or value in on
        ],
    )


def _without(name: str, value: str) -> str:
    kept: dict[str, Any] = {key: values for key, values in request.args.lists() if key not in {"page", "format"}}
    kept[name] = [one for one in kept.get(name, []) if one != value]
    return address_here(kept)
