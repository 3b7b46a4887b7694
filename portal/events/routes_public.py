"""Pages that need no account: open events, booking as a guest, and the link in the mails."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.events import words
from portal.events.blueprints import about_network, public_events, public_network
from portal.events.calendar_files import calendar_file
from portal.events.credit_lines import credit_lines
from portal.events.forms_booking import WANTS_MORE, GiveBackForm, GuestForm
from portal.events.models import Session
from portal.events.operations_booking import give_back
from portal.events.operations_guests import book_as_guest
from portal.events.queries_event import EventPage, SessionPage, event_in, event_page, sessions_of
from portal.events.queries_lists import listed, public_sessions
from portal.events.queries_newcomers import merged_person, network_of_event, school_names
from portal.events.running_order import split
from portal.events.signed import read_booking_token
from portal.networks.scope import NetworkHere
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
    sessions = listed(listing.items, None)
    return page("events/public_index.html", listing=listing, sessions=sessions, words=words, **about_network(network))


@public_events.get("/p/<slug>/events/<int:event_id>")
@public
def show(slug: str, event_id: int) -> AnyResponse:
    network = public_network(slug)
    event, sessions = _open_event(network, event_id)
    return _shown(network, event, sessions, _guest_form(sessions))


@public_events.post("/p/<slug>/events/<int:event_id>")
@public
def book(slug: str, event_id: int) -> AnyResponse:
    network = public_network(slug)
    event, sessions = _open_event(network, event_id)
    form = _guest_form(sessions)
    if form.accepted():
        who = (form.name.data or "", form.address.data or "", form.school.data or "", form.needs.data or "")
        wants_more = str(WANTS_MORE) if form.wants_more.data else ""
        record = event_in(network.id, event_id)
        form.attempt(book_as_guest, record, form.chosen, *who, wants_more, client(), network.time_zone)
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


@public_events.get("/e/<booking_token>")
@public
def booking(booking_token: str) -> AnyResponse:
    """Opening the page does nothing: mail scanners open links."""
    return _booking_page(*_holder(booking_token), booking_token)


@public_events.post("/e/<booking_token>")
@public
def give_back_by_link(booking_token: str) -> AnyResponse:
    network, event, person_id = _holder(booking_token)
    form = _give_back_form(event.id, person_id)
    if form.accepted():
        record = event_in(network.id, event.id)
        given = form.attempt(give_back, record, form.chosen, person_id)
        if given is not None:
            return done(
                url_for(".booking", booking_token=booking_token),
                _("Your place is given back. Thank you for saying so."),
            )
    return _booking_page(network, event, person_id, booking_token, form)


@public_events.get("/e/<booking_token>/calendar.ics")
@public
def booking_calendar(booking_token: str) -> Response:
    network, event, person_id = _holder(booking_token)
    sessions = [one for one in sessions_of(event.id, person_id) if one.places.mine]
    url = absolute("public_events.booking", booking_token=booking_token)
    return calendar_file(event, sessions, network.name, network.time_zone, url)


def _holder(booking_token: str) -> tuple[NetworkHere, EventPage, int]:
    """The network, the event and the person that a mailed link speaks of. Raises NotHere for any other."""
    read = read_booking_token(booking_token)
    network_id = network_of_event(read[0]) if read else None
    if read is None or network_id is None:
        raise NotHere
    network = public_network(network_id=network_id)
    return network, event_page(network.id, read[0]), merged_person(read[1])


def _open_event(network: NetworkHere, event_id: int) -> tuple[EventPage, list[SessionPage]]:
    event = event_page(network.id, event_id)
    if event.is_draft or not event.is_public:
        raise NotHere
    return event, sessions_of(event_id)


def _guest_form(sessions: list[SessionPage]) -> GuestForm:
    return GuestForm([(one.id, words.date_and_hours(one)) for one in sessions if one.can_book])


def _shown(network: NetworkHere, event: EventPage, sessions: list[SessionPage], form: GuestForm) -> Response:
    return page(
        "events/public_show.html",
        event=event,
        sessions=sessions,
        ahead=[one for one in sessions if one.can_book],
        steps=split(event.about)[1],
        form=form,
        schools=school_names(network.id),
        hours=credit_lines(event.id, sessions, network.time_zone),
        words=words,
        **about_network(network),
    )


def _give_back_form(event_id: int, person_id: int) -> GiveBackForm:
    mine = (one for one in sessions_of(event_id, person_id) if one.places.mine and one.can_book)
    return GiveBackForm([(one.id, words.date_and_hours(one)) for one in mine])


def _booking_page(
    network: NetworkHere, event: EventPage, person_id: int, booking_token: str, form: GiveBackForm | None = None
) -> Response:
    sessions = [one for one in sessions_of(event.id, person_id) if one.places.mine]
    return page(
        "events/public_booking.html",
        event=event,
        sessions=sessions,
        form=form or _give_back_form(event.id, person_id),
        booking_token=booking_token,
        words=words,
        **about_network(network),
    )
