"""A question about members: read from an address or from a saved segment, asked as a condition, told in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from babel.lists import format_list
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from portal.letters.rules import MOST_ANSWERS, Rule, Span, all_rules, open_rules, rule_called
from portal.networks.queries import MyNetwork, networks_of
from portal.networks.scope import NetworkHere
from portal.web.languages import spoken
from portal.web.numbers import number_of

# The networks asked about; in an address "network" is the one whose page it is.
NETWORKS = "in"
LONGEST = 100


class Asked(Protocol):
    """What an address holds."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Question:
    """Answers by rule, in the order of the rules."""

    answers: Mapping[str, tuple[str, ...]]

    @property
    def address(self) -> dict[str, Any]:
        """For ``url_for`` and for the database; ``questioned`` reads it back."""
        return {key: list(values) for key, values in self.answers.items()}

    @property
    def rules(self) -> list[tuple[Rule, tuple[str, ...]]]:
        found = [(rule_called(key), values) for key, values in self.answers.items() if key != NETWORKS]
        return [(rule, values) for rule, values in found if rule]

    def of(self, key: str) -> tuple[str, ...]:
        return self.answers.get(key, ())


def question_in(args: Asked) -> Question:
    """What an address asks. Empty answers are none; nothing else is left out: a lost rule would reach more people."""
    keys = [NETWORKS, *(rule.key for rule in all_rules())]
    found = {key: tuple(dict.fromkeys(one.strip() for one in args.getlist(key) if one.strip())) for key in keys}
    return Question({key: _bounded(values) for key, values in found.items() if values})


def _bounded(values: tuple[str, ...]) -> tuple[str, ...]:
    """More than anybody ticks becomes an answer that names nothing, so that it reaches nobody."""
    return tuple(one[:LONGEST] for one in values[:MOST_ANSWERS]) + (("…",) if len(values) > MOST_ANSWERS else ())


def questioned(stored: Mapping[str, Any]) -> Question:
    """A question as it was saved. A rule that is gone stays in it, and keeps it from reaching anybody."""
    return Question({key: tuple(str(one) for one in values) for key, values in stored.items()})


@dataclass(frozen=True)
class Reading:
    """A question as one coordinator may ask it here and now."""

    question: Question
    span: Span
    mine: Sequence[MyNetwork]
    # (rule, answers with their names)
    parts: Sequence[tuple[Rule, Mapping[str, str]]]
    # What is asked about but is not there any more, by the label of its rule.
    gone: Sequence[str]

    @property
    def condition(self) -> ColumnElement[bool]:
        """True of the persons in the segment, members apart from it."""
        if self.gone:
            return false()
        return and_(true(), *(self._holds(rule, list(answers)) for rule, answers in self.parts))

    def _holds(self, rule: Rule, answers: Sequence[str]) -> ColumnElement[bool]:
        one_of = or_(*(rule.holds(self.span, one) for one in answers))
        return not_(one_of) if rule.negative else one_of

    @property
    def sentences(self) -> list[str]:
        """The question, rule by rule."""
        return [_told(rule, list(answers.values())) for rule, answers in self.parts]

    @property
    def reasons(self) -> list[tuple[str, ColumnElement[bool]]]:
        """Each sentence that can be the reason why somebody is in it, with its condition."""
        found = []
        for rule, answers in self.parts:
            if rule.negative:
                found.append((_told(rule, list(answers.values())), self._holds(rule, list(answers))))
            else:
                found += [(_told(rule, [name]), rule.holds(self.span, one)) for one, name in answers.items()]
        return found

    @property
    def networks(self) -> list[str]:
        here = self.span.network
        asked = [one.short_name or one.name for one in self.mine if one.id in self.span.network_ids]
        return asked or [here.short_name or here.name]

    @property
    def title(self) -> str:
        """Members of Tarn and Tide who …"""
        if self.gone:
            return _("Nobody, until the question is changed")
        networks = format_list(self.networks, style="standard", locale=spoken())
        if not self.parts:
            return _("Everybody in %(networks)s", networks=networks)
        told = format_list(self.sentences, style="standard", locale=spoken())
        return _("Whoever in %(networks)s %(sentences)s", networks=networks, sentences=told)


def _told(rule: Rule, names: Sequence[str]) -> str:
    return str(rule.sentence) % {"what": format_list(list(names), style="or", locale=spoken())}


def read(question: Question, network: NetworkHere, person_id: int, offers: bool = False) -> Reading:
    """The question on behalf of a coordinator of ``network``: other networks only where she coordinates them too."""
    chosen = [number_of(one) for one in question.of(NETWORKS)]
    asks_for_others = bool(chosen) or offers
    mine = [one for one in networks_of(person_id) if one.role == "coordinator"] if asks_for_others else []
    hers = [one.id for one in mine]
    ids = tuple(one for one in hers if one in chosen) if chosen else (network.id,)
    span = Span(network, ids, offers)
    parts, gone = _named(question, span)
    gone += [_("Network") for one in chosen if one not in hers]
    return Reading(question, span, mine, parts, gone)


def _named(question: Question, span: Span) -> tuple[list[tuple[Rule, Mapping[str, str]]], list[str]]:
    allowed = {rule.key for rule in open_rules(span.network.rooms)}
    parts: list[tuple[Rule, Mapping[str, str]]] = []
    gone = [key for key in question.answers if key != NETWORKS and rule_called(key) is None]
    for rule, answers in question.rules:
        names = rule.names(span, answers) if rule.key in allowed else {}
        known = {one: names[one] for one in answers if one in names}
        if len(known) < len(answers):
            gone.append(str(rule.label))
        if known:
            parts.append((rule, known))
    return parts, gone
