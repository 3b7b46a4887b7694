"""When an event gives credit, and to whom: the rules, without a database and without a clock.

Sources: an approval has to come before the event, and nothing is granted afterwards (Washington: practice.md 7.3, S84);
its rule is "a certificate with credit prints only if approved date ≤ start date". Minutes rounded down (7.4, S91), a
least share of presence (7.4, S93), the evaluation before the certificate (7.4, S91), arrival and departure on record
(Illinois: 7.3, S91).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from babel.numbers import format_percent
from flask_babel import gettext as _

from portal.credit.models import CreditType
from portal.credit.rounding import credited
from portal.events.models_credit import EventCredit
from portal.web import clock, dates
from portal.web.languages import spoken


class Timed(Protocol):
    """What the rules need of a session."""

    @property
    def id(self) -> int: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


S = TypeVar("S", bound=Timed)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one kind of credit of one event asks, and the most it gives (minutes; None: the length of what took place)."""

    needs_approval: bool = True
    applied_on: date | None = None
    approved_on: date | None = None
    declined_on: date | None = None
    needs_evaluation: bool = False
    needs_times: bool = False
    least_share: int = 75
    round_to: int = 1
    most_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """One person in one session: minutes (None: not marked), and when she came and went where that is on record."""

    minutes: int | None
    arrived_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Minutes: there, of all that counted, what they are worth after rounding, and the most that the event gives."""

    there: int
    of: int
    credited: int
    most: int


def terms_of(block: EventCredit, kind: CreditType) -> Terms:
    """The terms of an event's credit: the event may ask for more than its kind does, never for less."""
    return Terms(
        needs_approval=kind.needs_approval,
        applied_on=block.applied_on,
        approved_on=block.approved_on,
        declined_on=block.declined_on,
        needs_evaluation=block.needs_evaluation or kind.needs_evaluation,
        needs_times=kind.needs_times,
        least_share=block.least_share,
        round_to=block.round_to,
        most_minutes=block.most_minutes,
    )


def counting(sessions: Iterable[S]) -> list[S]:
    """The sessions that count, in order: those that are not called off."""
    return sorted((one for one in sessions if one.cancelled_at is None), key=lambda one: (one.starts_at, one.id))


def starts_on(sessions: Iterable[Timed], time_zone: str) -> date | None:
    """The date on the wall when the event begins: of its first session that counts. None without any."""
    ahead = counting(sessions)
    return clock.local(ahead[0].starts_at, time_zone).date() if ahead else None


def is_approved_in_time(approved_on: date | None, sessions: Iterable[Timed], time_zone: str) -> bool:
    """Approved on a day before the event begins, or on that very day, on the network's clock.

    A letter has a date and no hour, so the day itself counts (practice.md 7.3: "approved date ≤ start date"); the page
    says that the letter had better be kept. A series begins with its first session: the later ones are not saved by
    an approval in between.
    """
    first = starts_on(sessions, time_zone)
    return approved_on is not None and first is not None and approved_on <= first


def most_of(terms: Terms, sessions: Iterable[Timed]) -> int:
    """The most that anybody can get, in minutes: what the event says, never more than took place, rounded down."""
    lasted = sum(one.minutes for one in counting(sessions))
    return credited(lasted if terms.most_minutes is None else min(terms.most_minutes, lasted), terms.round_to)


def standing(terms: Terms, sessions: Sequence[Timed], there: Mapping[int, Presence]) -> Standing:
    """What a person's minutes come to; ``there`` by the id of the session. A session gives no more than it lasted."""
    counted = counting(sessions)
    minutes = sum(min(there[one.id].minutes or 0, one.minutes) for one in counted if one.id in there)
    most = most_of(terms, counted)
    worth = min(credited(minutes, terms.round_to), most)
    return Standing(minutes, sum(one.minutes for one in counted), worth, most)


def why_not_at_all(terms: Terms, sessions: Sequence[Timed], time_zone: str) -> str | None:
    """Why nobody gets this credit, in words; None where people can."""
    if not counting(sessions):
        return _("none of its sessions took place")
    if not terms.needs_approval:
        return None
    if terms.declined_on:
        return _("declined on %(day)s", day=dates.day(terms.declined_on))
    if not terms.approved_on:
        return _("not approved")
    if not is_approved_in_time(terms.approved_on, sessions, time_zone):
        return _("approved after it began")
    return None


def why_not(
    terms: Terms, sessions: Sequence[Timed], there: Mapping[int, Presence], evaluated: bool, time_zone: str
) -> list[str]:
    """Why a person gets no credit certificate, each reason in words; empty when she gets one.

    ``evaluated`` is whether her evaluation of the event is in.
    """
    never = why_not_at_all(terms, sessions, time_zone)
    stands = standing(terms, sessions, there)
    reasons = [never] if never else []
    if stands.there * 100 < terms.least_share * stands.of:
        reasons.append(_too_short(stands, terms.least_share))
    elif stands.of and stands.credited == 0:
        reasons.append(_("there for %(minutes)s minutes; less than the smallest step", minutes=stands.there))
    if terms.needs_times and _lacks_times(sessions, there):
        reasons.append(_("arrival and departure are not on record"))
    if terms.needs_evaluation and not evaluated:
        reasons.append(_("the evaluation is not in"))
    return reasons


def percent(share: int) -> str:
    """75%, as the language writes it."""
    return str(format_percent(share / 100, locale=spoken()))


def _too_short(stands: Standing, least_share: int) -> str:
    return _(
        "there for %(minutes)s of %(all)s minutes; %(share)s are needed",
        minutes=stands.there,
        all=stands.of,
        share=percent(least_share),
    )


def _lacks_times(sessions: Iterable[Timed], there: Mapping[int, Presence]) -> bool:
    """Whether a session that she was in lacks the hour she came or the hour she went."""
    present = [there[one.id] for one in counting(sessions) if one.id in there and there[one.id].minutes]
    return any(one.arrived_at is None or one.left_at is None for one in present)
