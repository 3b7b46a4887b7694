"""Questions about what an event cost: its lines, and what they come to in each currency."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from portal.db import Rows, db
from portal.event_file.models import EventCost
from portal.web import money


@dataclass(frozen=True, slots=True)
class Totals:
    """(currency, amount) of each currency, the minutes that people gave, and how many lines there are."""

    money: list[tuple[str, int]]
    minutes: int
    lines: int

    @property
    def in_words(self) -> list[str]:
        return [money.in_words(amount, currency) for currency, amount in self.money]


def costs_of(event_id: int) -> Rows:
    """All lines, as a select for a listing."""
    return select(
        EventCost.id,
        EventCost.kind,
        EventCost.what,
        EventCost.amount,
        EventCost.currency,
        EventCost.minutes,
        EventCost.paid_on,
        EventCost.added_at,
    ).where(*_there(event_id))


def totals_of(event_id: int) -> Totals:
    """What the lines come to, never added over currencies (one query)."""
    rows = db.session.execute(
        select(EventCost.currency, func.sum(EventCost.amount), func.sum(EventCost.minutes), func.count())
        .where(*_there(event_id))
        .group_by(EventCost.currency)
        .order_by(EventCost.currency)
    ).all()
    sums = [(currency, int(amount)) for currency, amount, _minutes, _count in rows if currency]
    return Totals(sums, sum(row[2] or 0 for row in rows), sum(row[3] for row in rows))


def cost_in(event_id: int, cost_id: int, removed: bool = False) -> EventCost | None:
    """The record to act on."""
    gone = EventCost.removed_at.is_not(None) if removed else EventCost.removed_at.is_(None)
    query = select(EventCost).where(EventCost.id == cost_id, EventCost.event_id == event_id, gone)
    return db.session.execute(query).scalar_one_or_none()


def _there(event_id: int) -> tuple[Any, ...]:
    return (EventCost.event_id == event_id, EventCost.removed_at.is_(None))
