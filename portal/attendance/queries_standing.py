"""How far the marking of a sheet is, counted by the database."""

from dataclasses import dataclass

from sqlalchemy import and_, func, not_, or_

from portal.activities.models import Participation
from portal.attendance.queries import rows_of
from portal.db import db
from portal.events.models import Booking
from portal.events.queries_leading import LEADING
from portal.people.models import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the marking is, without its rows."""

    marked: int
    total: int

    @property
    def unmarked(self) -> int:
        return self.total - self.marked


def standing_of(session_id: int) -> Standing:
    """How many of the sheet are marked, counted by the database (one query)."""
    is_marked = or_(Participation.minutes.is_not(None), Participation.arrived_at.is_not(None))
    leads = and_(Booking.id.is_(None), func.coalesce(Participation.capacity, "").in_(LEADING))
    is_awaited = and_(Booking.waiting_since.is_(None), not_(leads))
    of_sheet = rows_of(session_id).with_only_columns(
        func.count(func.distinct(Person.id)).filter(is_marked),
        func.count(func.distinct(Person.id)).filter(or_(is_marked, is_awaited)),
    )
    return Standing(*db.session.execute(of_sheet).one())
