"""Which months of which pairs are closed."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select

from portal.db import db
from portal.mentoring.models import PairMonth, PairProgramme
from portal.mentoring.months import closes_on, is_open, month_of, next_month
from portal.programmes.models import Programme


def closed_for(pairing_ids: Collection[int], day: date, today: date) -> dict[int, date]:
    """Of these pairs, those whose month with ``day`` in it is closed today: the day on which it closed (two queries)."""
    month = month_of(day)
    closing: dict[int, list[int | None]] = {}
    rows = db.session.execute(
        select(PairProgramme.pairing_id, Programme.closes_on_day)
        .join(Programme, Programme.id == PairProgramme.programme_id)
        .where(
            PairProgramme.pairing_id.in_(pairing_ids),
            PairProgramme.since < next_month(month),
            or_(PairProgramme.until.is_(None), PairProgramme.until >= month),
        )
    )
    for pairing_id, closes_on_day in rows:
        closing.setdefault(pairing_id, []).append(closes_on_day)
    until = _reopened_until(pairing_ids, month)
    found = {}
    for pairing_id, days in closing.items():
        last = closes_on(month, days)
        if last is not None and not is_open(today, last, until.get(pairing_id)):
            found[pairing_id] = last
    return found


def _reopened_until(pairing_ids: Collection[int], month: date) -> dict[int, date]:
    rows = db.session.execute(
        select(PairMonth.pairing_id, PairMonth.open_until).where(
            PairMonth.pairing_id.in_(pairing_ids), PairMonth.month == month, PairMonth.open_until.is_not(None)
        )
    )
    return {pairing_id: until for pairing_id, until in rows if until}
