"""Whom to remind of a box: whose loan begins, is due, is late, or whose use was not told. Nobody twice on one day.

Loans are looked for through those that are open (``ix_loan_ends_on``), so a round in which nothing is due costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from portal.db import Rows, db
from portal.kit.models import Kit
from portal.lending.models import Loan, LoanNotice
from portal.lending.queries_late import LATE, is_late
from portal.networks.models import Network
from portal.people.models import Person
from portal.web import clock

READY, DUE, USE, MINDERS = "ready", "due", "use", "minders"
# How many days ahead somebody is told that she collects a box.
AHEAD = timedelta(days=3)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# Not on the heels of a yes that said the same.
SINCE_YES = timedelta(hours=6)
# The mail of the return asks for the use as well; this one comes where nothing was told by then, and once more later.
USE_AFTER, USE_UNTIL, USE_TIMES = timedelta(days=3), timedelta(days=30), 2
# Nobody's telephone rings at night.
FROM_HOUR, TO_HOUR = 8, 20


@dataclass(frozen=True, slots=True)
class Day:
    """A date and the networks that have it now, in whose room kit boxes are lent and where it is daytime."""

    today: date
    network_ids: tuple[int, ...]

    @property
    def monday(self) -> date:
        return self.today - self.today.weekday() * DAY


def days_now(now: datetime) -> list[Day]:
    """Today on the clocks of every open network, at most three dates (one query).

    No mail at night, none on a closed room.
    """
    rows = db.session.execute(select(Network.id, Network.time_zone, Network.rooms).where(Network.closed_at.is_(None)))
    found: dict[date, list[int]] = {}
    for network_id, zone, rooms in rows:
        local = clock.local(now, zone)
        if "kit" in rooms and FROM_HOUR <= local.hour < TO_HOUR:
            found.setdefault(local.date(), []).append(network_id)
    return [Day(today, tuple(ids)) for today, ids in found.items()]


def due_ready(day: Day, now: datetime) -> Rows:
    """Loans that begin within three days and were not handed over yet."""
    return _of(day).where(
        Loan.ended_at.is_(None),
        Loan.approved_at < now - SINCE_YES,
        Loan.out_at.is_(None),
        Loan.ends_on >= day.today,
        Loan.starts_on >= day.today,
        Loan.starts_on <= day.today + AHEAD,
        ~_told(READY, LoanNotice.due_on == Loan.starts_on),
    )


def due_back(day: Day, now: datetime) -> Rows:
    """What is due tomorrow; what is due today where nobody was told yesterday."""
    return _of(day).where(
        _is_out(),
        Loan.out_at < now - SINCE_YES,
        Loan.ends_on >= day.today,
        Loan.ends_on <= day.today + DAY,
        ~_told(DUE, LoanNotice.due_on == Loan.ends_on),
    )


def due_late(day: Day, now: datetime) -> Rows:
    """What is late: on the day after, then once a week."""
    return _of(day).where(is_late(day.today), ~_told(LATE, _lately(day)))


def due_use(day: Day, now: datetime) -> Rows:
    """What came back some days ago and nobody told how it was used: twice, a week between."""
    told = _notices(USE).with_only_columns(func.count()).scalar_subquery()
    lately = _told(USE, LoanNotice.due_on > day.today - WEEK)
    return _of(day).where(
        or_(Loan.ended_at.is_(None), Loan.ended_at > now - USE_UNTIL),
        Loan.returned_at < now - USE_AFTER,
        Loan.returned_at > now - USE_UNTIL,
        Loan.use_told_at.is_(None),
        Loan.lost_at.is_(None),
        Loan.closed_without == "",
        told < USE_TIMES,
        ~lately,
    )


def due_minders(day: Day) -> Rows:
    """The networks in which something was late on Monday of which those who mind the boxes were not told this week."""
    return (
        select(Kit.network_id)
        .join(Loan, Loan.kit_id == Kit.id)
        .where(*_late_on_monday(day))
        .distinct()
        .order_by(Kit.network_id)
    )


def late_on_monday(day: Day, network_id: int) -> Sequence[int]:
    """Ids of the loans of that network's boxes that were late on Monday (one query)."""
    query = select(Loan.id).join(Kit, Kit.id == Loan.kit_id)
    return (
        db.session.execute(query.where(*_late_on_monday(day), Kit.network_id == network_id).order_by(Loan.ends_on))
        .scalars()
        .all()
    )


def _late_on_monday(day: Day) -> tuple[ColumnElement[bool], ...]:
    return (
        is_late(day.monday),
        Kit.network_id.in_(day.network_ids),
        Kit.deleted_at.is_(None),
        ~_told(MINDERS, LoanNotice.due_on >= day.monday),
    )


def _of(day: Day) -> Rows:
    """(loan, first day, last day) of the networks that have this day, without people who are gone."""
    return (
        select(Loan.id, Loan.starts_on, Loan.ends_on)
        .join(Kit, Kit.id == Loan.kit_id)
        .join(Person, Person.id == Loan.person_id)
        .where(Kit.network_id.in_(day.network_ids), Kit.deleted_at.is_(None), Person.erased_at.is_(None))
        .order_by(Loan.ends_on, Loan.id)
    )


def _is_out() -> ColumnElement[bool]:
    return and_(Loan.ended_at.is_(None), Loan.out_at.is_not(None), Loan.returned_at.is_(None))


def _lately(day: Day) -> ColumnElement[bool]:
    """Told since it was due, and within a week. A loan that was moved meanwhile begins anew."""
    return and_(LoanNotice.due_on > Loan.ends_on, LoanNotice.due_on > day.today - WEEK)


def _notices(kind: str) -> Select[Any]:
    return select(LoanNotice).where(LoanNotice.loan_id == Loan.id, LoanNotice.kind == kind)


def _told(kind: str, when: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(LoanNotice.loan_id == Loan.id, LoanNotice.kind == kind, when)
