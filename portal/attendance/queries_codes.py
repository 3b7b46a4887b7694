"""Questions about room codes: which session a code opens, whether it is taken, how many have signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from portal.activities.models import Participation
from portal.attendance.rules_codes import LONGEST_WAIT, closes_at
from portal.db import db
from portal.events.models import Booking, Session
from portal.events.queries_bookings import placed

# No session lasts longer, so that those which are long over are not looked at.
LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many have signed in, of how many, and when the last one came. Figures only."""

    inside: int
    expected: int
    last_at: datetime | None


def sessions_with_code(code: str, now: datetime) -> list[Session]:
    """Sessions of any network that have this code and are not long over (one query)."""
    query = select(Session).options(joinedload(Session.event)).where(Session.room_code == code)
    found = db.session.execute(query.where(Session.starts_at > now - LONGEST)).scalars()
    return [session for session in found if closes_at(session) + LONGEST_WAIT > now]


def session_to_sign(session_id: int) -> Session | None:
    """One session with its event (one query)."""
    query = select(Session).options(joinedload(Session.event)).where(Session.id == session_id)
    return db.session.execute(query).scalar_one_or_none()


def head_count(session_id: int) -> HeadCount:
    """Those who signed in or were marked as here, of those with a place and those who came besides (two queries)."""
    here = or_(Participation.arrived_at.is_not(None), Participation.minutes > 0)
    of_session = (Participation.activity_id == session_id, here)
    came = select(Participation.person_id).where(*of_session)
    inside, last_at = db.session.execute(
        select(func.count(), func.max(Participation.arrived_at)).where(*of_session)
    ).one()
    missing = select(func.count()).where(Booking.session_id == session_id, placed, Booking.person_id.not_in(came))
    return HeadCount(inside, inside + db.session.execute(missing).scalar_one(), last_at)
