"""A month of the pairs of a network, as its mail at the end tells it: talks, minutes, what was asked for, when it closes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairMonth, PairProgramme, PairTalk
from portal.mentoring.months import closes_on, next_month
from portal.mentoring.spans import midnight
from portal.people.models import Person
from portal.programmes.models import Programme
from portal.programmes.rules import target_between


@dataclass(slots=True)
class MonthOfPair:
    """``minutes`` are those that count for what is asked for; ``support`` is the mentor's own time, apart, in minutes.

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
    programmes: list[Programme] = field(default_factory=list)


def months_of_pairs(network_id: int, month: date, time_zone: str, untold: bool = True) -> list[MonthOfPair]:
    """The pairs that were pairs in that month; with ``untold`` those whose mail was not written yet (four queries)."""
    pairs = {one.pairing_id: one for one in _pairs(network_id, month, untold)}
    if not pairs:
        return []
    for pairing_id, programme in _programmes(list(pairs), month):
        pairs[pairing_id].programmes.append(programme)
    for pair in pairs.values():
        pair.least = _least(pair, month)
        pair.closes_on = closes_on(month, [one.closes_on_day for one in pair.programmes])
    _add_talks(pairs, month, time_zone)
    return sorted(pairs.values(), key=lambda one: (one.mentor_id, one.mentee, one.pairing_id))


def last_working_day(month: date) -> date:
    """The last Monday to Friday of a month; school holidays are not known for certain and do not count."""
    day = next_month(month) - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _pairs(network_id: int, month: date, untold: bool) -> list[MonthOfPair]:
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
            or_(Pairing.ended_on.is_(None), Pairing.ended_on >= month),
        )
    )  # fmt: skip
    rows = db.session.execute(query.where(~told.exists()) if untold else query)
    return [MonthOfPair(*row[:6], own_target=row[6]) for row in rows]


def _programmes(pairing_ids: Sequence[int], month: date) -> list[tuple[int, Programme]]:
    rows = db.session.execute(
        select(PairProgramme.pairing_id, Programme)
        .join(Programme, Programme.id == PairProgramme.programme_id)
        .where(
            PairProgramme.pairing_id.in_(pairing_ids),
            PairProgramme.since < next_month(month),
            or_(PairProgramme.until.is_(None), PairProgramme.until >= month),
        )
        .order_by(PairProgramme.pairing_id, Programme.id)
    )
    return [(row[0], row[1]) for row in rows]


def _least(pair: MonthOfPair, month: date) -> int | None:
    """What the month asks for: the most of its programmes, where there is none what the two set themselves."""
    last = next_month(month) - timedelta(days=1)
    asked = [target_between(one, pair.started_on, pair.ended_on, month, last).minutes_in_all for one in pair.programmes]
    return max((one for one in asked if one is not None), default=pair.own_target)


def _add_talks(pairs: dict[int, MonthOfPair], month: date, time_zone: str) -> None:
    """Minutes of support, and of groups, count where a programme of the pair counts them."""
    rows = db.session.execute(
        select(PairTalk.pairing_id, MentoringContact.contact_kind, MentoringContact.minutes)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(
            PairTalk.pairing_id.in_(pairs),
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= midnight(month, time_zone),
            MentoringContact.starts_at < midnight(next_month(month), time_zone),
        )
    )
    counted: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for pairing_id, kind, minutes in rows:
        counted[pairing_id].append((kind, minutes))
    for pairing_id, talks in counted.items():
        pair = pairs[pairing_id]
        groups = not pair.programmes or any(one.counts_group for one in pair.programmes)
        supports = pair.counts_support = any(one.counts_support for one in pair.programmes)
        pair.talks = sum(kind != "support" for kind, _minutes in talks)
        pair.support = sum(minutes for kind, minutes in talks if kind == "support")
        pair.minutes = sum(
            minutes for kind, minutes in talks
            if (kind != "support" or supports) and (kind != "group" or groups)
        )  # fmt: skip
