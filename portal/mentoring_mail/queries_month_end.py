"""A month of the pairs of a network, as its mail at the end tells it: talks, minutes, what was asked for, when it closes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairMonth, PairProgramme, PairTalk, PairTalkProgramme
from portal.mentoring.months import closes_on, next_month
from portal.mentoring.pair_months import Stay
from portal.mentoring.spans import midnight
from portal.people.models import Person
from portal.programmes.models import Programme
from portal.programmes.rules import target_between
from portal.programmes.what_counts import why_not


@dataclass(slots=True)
class ToldOf:
    """A talk of the month in the book of a pair."""

    pairing_id: int
    kind: str
    minutes: int
    confirmed: bool
    programmes: set[int] = field(default_factory=set)


@dataclass(slots=True)
class MonthOfPair:
    """``minutes`` are those that count for some programme of the pair; ``support`` is the mentor's own time, apart.

    ``least`` is what the month asks for (minutes), None for nothing; ``closes_on`` None for a month that stays open.
    """

    pairing_id: int
    mentor_id: int
    mentee_id: int
    mentee: str
    started_on: date
    ended_on: date | None
    own_target: int | None
    talks: int = 0
    minutes: int = 0
    support: int = 0
    counts_support: bool = False
    least: int | None = None
    closes_on: date | None = None
    stays: list[Stay] = field(default_factory=list)


def months_of_pairs(network_id: int, month: date, time_zone: str, told_from: datetime) -> list[MonthOfPair]:
    """The pairs that were pairs in that month and whose mail was not written yet (three queries).

    Whoever became a pair after the mails went out has nothing to look back on, and gets none of her own.
    """
    pairs = {one.pairing_id: one for one in _pairs(network_id, month, told_from)}
    if not pairs:
        return []
    for pairing_id, stay in _stays(list(pairs), month):
        pairs[pairing_id].stays.append(stay)
    for pair in pairs.values():
        pair.least = _least(pair, month)
        pair.closes_on = closes_on(month, [one.programme.closes_on_day for one in pair.stays])
    _add_talks(pairs, month, time_zone)
    return sorted(pairs.values(), key=lambda one: (one.mentor_id, one.mentee, one.pairing_id))


def last_working_day(month: date) -> date:
    """The last Monday to Friday of a month; school holidays are not known for certain and do not count."""
    day = next_month(month) - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _pairs(network_id: int, month: date, told_from: datetime) -> list[MonthOfPair]:
    mentee = aliased(Person)
    told = select(PairMonth.id).where(
        PairMonth.pairing_id == Pairing.id, PairMonth.month == month, PairMonth.told_at.is_not(None)
    )
    query = (
        select(
            Pairing.id, Pairing.mentor_id, Pairing.mentee_id, mentee.name, Pairing.started_on, Pairing.ended_on,
            Pairing.monthly_minutes,
        )
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(
            Pairing.network_id == network_id,
            Pairing.started_on < next_month(month),
            Pairing.created_at < told_from,
            or_(Pairing.ended_on.is_(None), Pairing.ended_on >= month),
        )
    )  # fmt: skip
    return [MonthOfPair(*row[:6], own_target=row[6]) for row in db.session.execute(query.where(~told.exists()))]


def _stays(pairing_ids: Sequence[int], month: date) -> list[tuple[int, Stay]]:
    rows = db.session.execute(
        select(PairProgramme.pairing_id, PairProgramme.since, PairProgramme.until, Programme)
        .join(Programme, Programme.id == PairProgramme.programme_id)
        .where(
            PairProgramme.pairing_id.in_(pairing_ids),
            PairProgramme.since < next_month(month),
            or_(PairProgramme.until.is_(None), PairProgramme.until >= month),
        )
        .order_by(PairProgramme.pairing_id, Programme.id)
    )
    return [(pairing_id, Stay(programme, since, until)) for pairing_id, since, until, programme in rows]


def _least(pair: MonthOfPair, month: date) -> int | None:
    """What the month asks for: the most of its programmes, where there is none what the two set themselves."""
    asked = [_asked(pair, one, month) for one in pair.stays]
    return max((one for one in asked if one is not None), default=pair.own_target)


def _asked(pair: MonthOfPair, stay: Stay, month: date) -> int | None:
    """A programme asks for the days that the pair is in it, as it does on the pair's page."""
    begins, ends = (
        max(stay.since, pair.started_on),
        min((one for one in (stay.until, pair.ended_on) if one), default=None),
    )
    last = next_month(month) - timedelta(days=1)
    return target_between(stay.programme, begins, ends, month, last).minutes_in_all


def _add_talks(pairs: dict[int, MonthOfPair], month: date, time_zone: str) -> None:
    """A talk counts that is written down for a programme which counts its kind, or where there is no programme at all."""
    for told in _talks(pairs, month, time_zone).values():
        pair, (kind, minutes) = pairs[told.pairing_id], (told.kind, told.minutes)
        pair.counts_support = any(one.programme.counts_support for one in pair.stays)
        pair.talks += kind != "support"
        pair.support += minutes if kind == "support" else 0
        counts = [one for one in pair.stays if one.programme.id in told.programmes]
        if any(not why_not(one.programme, kind, told.confirmed) for one in counts) or (
            not pair.stays and kind != "support"
        ):
            pair.minutes += minutes


def _talks(pairs: Collection[int], month: date, time_zone: str) -> dict[int, ToldOf]:
    """The talks of these pairs in that month, by their id, with the programmes that they are written down for (one query)."""
    rows = db.session.execute(
        select(
            PairTalk.id, PairTalk.pairing_id, MentoringContact.contact_kind, MentoringContact.minutes,
            PairTalk.confirmed_at, PairTalkProgramme.programme_id,
        )
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .outerjoin(PairTalkProgramme, PairTalkProgramme.pair_talk_id == PairTalk.id)
        .where(
            PairTalk.pairing_id.in_(pairs),
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= midnight(month, time_zone),
            MentoringContact.starts_at < midnight(next_month(month), time_zone),
        )
    )  # fmt: skip
    found: dict[int, ToldOf] = {}
    for id, pairing_id, kind, minutes, confirmed_at, programme_id in rows:
        told = found.setdefault(id, ToldOf(pairing_id, kind, minutes, confirmed_at is not None))
        told.programmes |= {programme_id} - {None}
    return found
