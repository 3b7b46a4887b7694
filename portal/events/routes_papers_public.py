"""Files that stay with an event, for whoever needs no account: everybody, and the holder of a booking's link."""

from flask import Response

from portal.events.blueprints import public_events, public_network
from portal.events.papers import ShownPaper, shown
from portal.events.policy_papers import ANYBODY
from portal.events.queries_event import event_page
from portal.events.queries_newcomers import merged_person, network_of_event
from portal.events.queries_papers import Reader, paper_of, papers_of
from portal.events.routes_papers import handed_out
from portal.events.signed import read_booking_token
from portal.web.access import public
from portal.web.errors import NotHere

PUBLIC = Reader(ANYBODY)


@public_events.get("/p/<slug>/events/<int:event_id>/papers/<int:paper_id>")
@public
def paper_file(slug: str, event_id: int, paper_id: int) -> Response:
    """What everybody may read of an open event; anything else is not there."""
    event = event_page(public_network(slug).id, event_id)
    if event.is_draft or not event.is_public:
        raise NotHere
    found, is_allowed = paper_of(event_id, paper_id, PUBLIC)
    return handed_out(found if is_allowed else None)


@public_events.get("/e/<booking_token>/papers/<int:paper_id>")
@public
def booked_paper_file(booking_token: str, paper_id: int) -> Response:
    """What whoever holds a place or came may read, by the link in her mails."""
    read = read_booking_token(booking_token)
    network_id = network_of_event(read[0]) if read else None
    if read is None or network_id is None:
        raise NotHere
    event = event_page(public_network(network_id=network_id).id, read[0])
    found, is_allowed = paper_of(event.id, paper_id, link_reader(merged_person(read[1])))
    return handed_out(found if is_allowed else None)


def papers_by_link(event_id: int, person_id: int, booking_token: str) -> list[ShownPaper]:
    """What she finds on the page of her booking (one query)."""
    found = papers_of(event_id, link_reader(person_id))
    return [shown(paper, "public_events.booked_paper_file", {"booking_token": booking_token}) for paper in found]


def link_reader(person_id: int) -> Reader:
    """The holder of a booking's link: she need not be a member, so what members read is not hers by it."""
    return Reader(ANYBODY, person_id)
