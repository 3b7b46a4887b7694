"""Who may put the code on the wall and open the kiosk: those who may take the attendance."""

from portal.events import policy
from portal.events.models import Session
from portal.events.queries_event import event_in, facilitators_of
from portal.networks.scope import here
from portal.web.errors import NotHere, NotYours


def session_to_take(event_id: int, session_id: int) -> Session:
    """The session, for coordinators, whoever the event belongs to, and who leads it. Raises NotHere and NotYours."""
    event = event_in(here().network.id, event_id)
    session = next((one for one in event.sessions if one.id == session_id), None)
    if session is None:
        raise NotHere
    if not policy.can_take_attendance(here().membership, event.owner_id, facilitators_of(session_id)):
        raise NotYours
    return session
