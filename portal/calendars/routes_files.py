"""One session as a calendar file: for members, for everybody, and by the link of a mail."""

from flask import Blueprint, Response

from portal.events import policy
from portal.events.blueprints import public_network
from portal.events.calendar_files import session_file
from portal.events.queries_event import SessionPage, event_page, sessions_of
from portal.events.queries_newcomers import merged_person, network_of_event
from portal.events.signed import read_booking_token
from portal.networks.scope import here, room_blueprint
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.links import absolute

calendars = room_blueprint("calendars", __name__, path="/events", room="events")
public_calendars = Blueprint("public_calendars", __name__)


@calendars.get("/<int:event_id>/<int:session_id>.ics")
def session(event_id: int, session_id: int) -> Response:
    network, member = here().network, here().membership
    event = event_page(network.id, event_id)
    can_edit = policy.can_edit(member, event.owner_id)
    if event.is_draft and not can_edit:
        raise NotHere
    found = _one_of(sessions_of(event_id, member.person_id, can_edit), session_id)
    url = absolute("events.show", network=network.slug, event_id=event_id)
    return session_file(event, found, network.name, network.time_zone, url)


@public_calendars.get("/p/<slug>/events/<int:event_id>/<int:session_id>.ics")
@public
def for_all(slug: str, event_id: int, session_id: int) -> Response:
    network = public_network(slug)
    event = event_page(network.id, event_id)
    if event.is_draft or not event.is_public:
        raise NotHere
    url = absolute("public_events.show", slug=slug, event_id=event_id)
    return session_file(event, _one_of(sessions_of(event_id), session_id), network.name, network.time_zone, url)


@public_calendars.get("/e/<date_token>/<int:date_id>.ics")
@public
def by_link(date_token: str, date_id: int) -> Response:
    """By the same token as the booking's page; a date that she gave back is not there any more."""
    read = read_booking_token(date_token)
    network_id = network_of_event(read[0]) if read else None
    if read is None or network_id is None:
        raise NotHere
    network = public_network(network_id=network_id)
    event = event_page(network.id, read[0])
    mine = [one for one in sessions_of(event.id, merged_person(read[1])) if one.places.mine]
    url = absolute("public_events.booking", booking_token=date_token)
    return session_file(event, _one_of(mine, date_id), network.name, network.time_zone, url)


def _one_of(sessions: list[SessionPage], session_id: int) -> SessionPage:
    """That session of this event; NotHere for one of another event, and for one that is not hers."""
    found = next((one for one in sessions if one.id == session_id), None)
    if found is None:
        raise NotHere
    return found
