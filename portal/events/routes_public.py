"""Pages that need no account: open events, and booking as a guest."""

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.events import words
from portal.events.blueprints import about_network, public_events, public_network
from portal.events.calendar_files import calendar_file
from portal.events.credit_lines import credit_lines
from portal.events.forms_guests import GuestForm
from portal.events.models import Session
from portal.events.operations_guests import book_as_guest
from portal.events.papers import shown_papers
from portal.events.queries_event import EventPage, SessionPage, event_in, event_page, sessions_of
from portal.events.queries_leading import leaders_of
from portal.events.queries_lists import listed, public_sessions
from portal.events.queries_newcomers import school_names
from portal.events.routes_papers_public import PUBLIC
from portal.events.running_order import split
from portal.networks.scope import NetworkHere
from portal.vocabulary.queries import choices
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.limits import client
from portal.web.links import absolute
from portal.web.listing import Listing, Sort

BY_DATE = Sort("date", "", (Session.starts_at, Session.id))


@public_events.get("/p/<slug>/events")
@public
def index(slug: str) -> AnyResponse:
    network = public_network(slug)
    listing = Listing(public_sessions(network.id), (BY_DATE,))
    more = {"page": listing.page} if listing.page > 1 else {}
    canonical = absolute("public_events.index", slug=slug, **more)
    return page(
        "events/public_index.html",
        listing=listing,
        sessions=listed(listing.items, None),
        canonical=canonical,
        words=words,
        **about_network(network),
    )


@public_events.get("/p/<slug>/events/<int:event_id>")
@public
def show(slug: str, event_id: int) -> AnyResponse:
    network = public_network(slug)
    event, sessions = _open_event(network, event_id)
    return _shown(network, event, sessions, _guest_form(event, sessions))


@public_events.post("/p/<slug>/events/<int:event_id>")
@public
def book(slug: str, event_id: int) -> AnyResponse:
    network = public_network(slug)
    event, sessions = _open_event(network, event_id)
    form = _guest_form(event, sessions)
    if form.accepted():
        record = event_in(network.id, event_id)
        form.attempt(book_as_guest, record, form.chosen, form.draft(), client(), network.time_zone)
        if not form.errors:
            return done(url_for(".booked", slug=slug, event_id=event_id))
    return _shown(network, event, sessions, form)


@public_events.get("/p/<slug>/events/<int:event_id>/booked")
@public
def booked(slug: str, event_id: int) -> AnyResponse:
    """The same page whoever booked: what became of it stands in the mail."""
    network = public_network(slug)
    event, sessions = _open_event(network, event_id)
    return page("events/public_booked.html", event=event, sessions=sessions, words=words, **about_network(network))


@public_events.get("/p/<slug>/events/<int:event_id>.ics")
@public
def calendar(slug: str, event_id: int) -> Response:
    network = public_network(slug)
    event, sessions = _open_event(network, event_id)
    url = absolute("public_events.show", slug=slug, event_id=event_id)
    return calendar_file(event, sessions, network.name, network.time_zone, url)


def _open_event(network: NetworkHere, event_id: int) -> tuple[EventPage, list[SessionPage]]:
    event = event_page(network.id, event_id)
    if event.is_draft or not event.is_public:
        raise NotHere
    return event, sessions_of(event_id)


def _guest_form(event: EventPage, sessions: list[SessionPage]) -> GuestForm:
    return GuestForm(event.dates_to_book(sessions), choices("subject"))


def _shown(network: NetworkHere, event: EventPage, sessions: list[SessionPage], form: GuestForm) -> Response:
    ahead = [one for one in sessions if one.can_book]
    return page(
        "events/public_show.html",
        event=event,
        sessions=sessions,
        ahead=ahead,
        is_full=event.is_full(ahead),
        leaders=leaders_of(event.id),
        steps=split(event.about)[1],
        form=form,
        schools=school_names(network.id),
        papers=shown_papers(event.id, PUBLIC, "public_events.paper_file", slug=network.slug),
        hours=credit_lines(event.id, sessions, network.time_zone),
        canonical=absolute("public_events.show", slug=network.slug, event_id=event.id),
        network_address=absolute("public_network.show", slug=network.slug),
        words=words,
        **about_network(network),
    )
