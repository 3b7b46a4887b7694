"""The rules of a segment: each is a name, a sentence, and a condition over persons. Kinds combine by *and*, answers by *or*.

A room of its own gets a module here, a few lines a question (see ``rules_doing``)::

    declare(Rule("borrowed", _l("Borrowed a box"), _l("borrowed %(what)s"), borrowed, boxes_lent, Part.DID, room="kit"))

``holds`` says for one answer whether it is true of a person; ``names`` gives what is offered and what was asked for,
and how each is called. An answer without a name is about something that is gone: a question with one reaches nobody, since leaving
the rule out would reach everybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cached_property
from typing import Any

from flask_babel import LazyString
from sqlalchemy import ColumnElement

from portal.networks.queries import terms_of
from portal.networks.school_year import SchoolYear, school_year
from portal.networks.scope import NetworkHere
from portal.web import clock

MOST_ANSWERS = 100


class Part(Enum):
    """Where a rule stands in the form."""

    WHO = "who"
    CAME = "came"
    DID = "did"
    SINCE = "since"


@dataclass
class Span:
    """Whose people are asked about: the network that writes, and those of the asker's networks that were chosen.

    ``known`` keeps what the rules looked up, so that four rules over one list ask once.
    """

    network: NetworkHere
    network_ids: tuple[int, ...]
    # Whether all that can be answered is wanted, for the form, or only the names of what was.
    offers: bool = False
    known: dict[str, Any] = field(default_factory=dict)

    def once(self, key: str, ask: Callable[[], Any]) -> Any:
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]

    @cached_property
    def year(self) -> SchoolYear:
        """The year of the network that writes."""
        return school_year(clock.today(self.network.time_zone), self.terms)

    @cached_property
    def terms(self) -> Sequence[Any]:
        return terms_of(self.network.id)

    def terms_ago(self, count: int) -> datetime:
        """When the last term but ``count`` - 1 began; terms of four months where none were set."""
        today = clock.today(self.network.time_zone)
        begun = sorted((one.starts_on for one in self.terms if one.starts_on <= today), reverse=True)
        day = begun[count - 1] if len(begun) >= count else today - count * WITHOUT_TERMS
        return self.moment(day)

    def moment(self, day: date) -> datetime:
        return self.year.moment(day, self.network.time_zone)


WITHOUT_TERMS = timedelta(days=120)
Holds = Callable[[Span, str], ColumnElement[bool]]
Names = Callable[[Span, Sequence[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of question. ``asks`` is "boxes" (several answers), "one" (a choice), "words" or "day" (typed).

    A ``negative`` rule wants none of its answers. ``room`` is the room that must be open.
    """

    key: str
    label: LazyString
    sentence: LazyString
    holds: Holds
    names: Names
    part: Part
    asks: str = "boxes"
    negative: bool = False
    room: str = ""
    hint: LazyString | str = ""


_rules: dict[str, Rule] = {}


def declare(rule: Rule) -> None:
    """Add a rule; its key stands in addresses and in saved segments, so it never changes."""
    _rules[rule.key] = rule


def all_rules() -> list[Rule]:
    """In the order of their parts, and in each as they were declared."""
    parts = list(Part)
    return sorted(_rules.values(), key=lambda rule: parts.index(rule.part))


def rule_called(key: str) -> Rule | None:
    return _rules.get(key)


def open_rules(rooms: Sequence[str]) -> list[Rule]:
    """Those whose room is open."""
    return [rule for rule in all_rules() if not rule.room or rule.room in rooms]
