"""Whether months can still be written to: what a paper says of them, so that its reader knows what may yet change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import PairMonth, PairProgramme
from portal.mentoring.months import closes_on, is_open, next_month
from portal.programmes.models import Programme
from portal.statements.queries_pairs import Pair

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closing:
    """``closes`` is the last day on which it can be written to, by the rule or by being reopened; None: it never closes."""

    is_open: bool
    closes: date | None


def closings(pairs: Collection[Pair], months: Iterable[date], today: date) -> dict[date, Closing]:
    """For each month the state of its last open pair: one that can be written to leaves the sum open (two queries).

    Two who were no pair in it have nothing to write down, and say nothing of it.
    """
    pairing_ids = [one.id for one in pairs]
    rules: dict[int, list[tuple[date, date | None, int | None]]] = {one: [] for one in pairing_ids}
    found = db.session.execute(
        select(PairProgramme.pairing_id, PairProgramme.since, PairProgramme.until, Programme.closes_on_day)
        .join(Programme, Programme.id == PairProgramme.programme_id)
        .where(PairProgramme.pairing_id.in_(pairing_ids))
    )
    for pairing_id, since, until, day in found:
        rules[pairing_id].append((since, until, day))
    reopened = _reopened(pairing_ids)
    return {
        month: _of_all(
            [
                _of_one(month, rules[one.id], reopened.get((one.id, month)), today)
                for one in pairs
                if one.was_there(month, next_month(month) - A_DAY)
            ]
        )
        for month in months
    }


def _reopened(pairing_ids: Collection[int]) -> dict[tuple[int, date], date]:
    rows = db.session.execute(
        select(PairMonth.pairing_id, PairMonth.month, PairMonth.open_until).where(
            PairMonth.pairing_id.in_(pairing_ids), PairMonth.open_until.is_not(None)
        )
    )
    return {(pairing_id, month): until for pairing_id, month, until in rows if until}


def _of_one(
    month: date, rules: list[tuple[date, date | None, int | None]], reopened: date | None, today: date
) -> Closing:
    days = [day for since, until, day in rules if since < next_month(month) and (until is None or until >= month)]
    closes = closes_on(month, days)
    if closes and reopened and today <= reopened:
        closes = max(closes, reopened)
    return Closing(is_open(today, closes), closes)


def _of_all(of_pairs: list[Closing]) -> Closing:
    days = [one.closes for one in of_pairs]
    latest = None if not days or None in days else max(day for day in days if day)
    return Closing(any(one.is_open for one in of_pairs) or not of_pairs, latest)
