"""What the links of mails about a session need to know."""

from sqlalchemy import select

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.networks.models import Network
from portal.web.errors import NotHere


def session_by_link(session_id: int) -> Session:
    """A published session with its event. Raises NotHere for a draft or a deleted one."""
    session = db.session.get(Session, session_id)
    if session is None or session.event.deleted_at or not session.event.published_at:
        raise NotHere
    return session


def network_of(event: Event) -> Network:
    return db.session.get_one(Network, event.network_id)


def has_declined(session_id: int, person_id: int) -> bool:
    """She gave a place back, or said no to the invitation."""
    given_back = (Booking.session_id == session_id, Booking.person_id == person_id, Booking.cancelled_at.is_not(None))
    return db.session.execute(select(Booking.id).where(*given_back).limit(1)).first() is not None


def booking_by_id(booking_id: int) -> Booking:
    """Raises NotHere when there is none."""
    found = db.session.get(Booking, booking_id)
    if found is None:
        raise NotHere
    return found
