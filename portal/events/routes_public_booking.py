"""The link in a booking's mails: one person's places in one event, to look at, change, take and give back."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.events import words
from portal.events.blueprints import about_network, public_events, public_network
from portal.events.calendar_files import calendar_file
from portal.events.forms_booking import GiveBackForm
from portal.events.forms_guests import MyBookingForm
from portal.events.models import Booking
from portal.events.operations_booking import give_back, take_waited_for
from portal.events.operations_guests import change_my_booking
from portal.events.queries_bookings import open_bookings, place_in_line
from portal.events.queries_event import EventPage, SessionPage, event_in, event_page, sessions_of
from portal.events.queries_newcomers import merged_person, network_of_event
from portal.events.routes_papers_public import papers_by_link
from portal.events.signed import read_booking_token
from portal.networks.scope import NetworkHere
from portal.vocabulary.queries import choices
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.forms import ActForm, Form
from portal.web.hypermedia import done, page
from portal.web.links import absolute, act_link

PASS_DAYS = 60
Holder = tuple[NetworkHere, EventPage, int]


@public_events.get("/e/<booking_token>")
@public
def booking(booking_token: str) -> AnyResponse:
    """Opening the page does nothing: mail scanners open links."""
    return _booking_page(_holder(booking_token), booking_token)


@public_events.post("/e/<booking_token>")
@public
def give_back_by_link(booking_token: str) -> AnyResponse:
    holder = network, event, person_id = _holder(booking_token)
    form = _give_back_form(event.id, person_id)
    if form.accepted():
        given = form.attempt(give_back, event_in(network.id, event.id), form.chosen, person_id)
        if given is not None:
            return _here(booking_token, _("Your place is given back. Thank you for saying so."))
    return _booking_page(holder, booking_token, form)


@public_events.post("/e/<booking_token>/place")
@public
def take_by_link(booking_token: str) -> AnyResponse:
    """Take the place that is kept for her, or one that is free by now."""
    holder = network, event, person_id = _holder(booking_token)
    form = _give_back_form(event.id, person_id)
    if form.accepted():
        taken = form.attempt(take_waited_for, event_in(network.id, event.id), form.chosen, person_id)
        if taken is not None:
            return _here(booking_token, _("The place is yours.") if taken else _("You still wait: nothing is free."))
    return _booking_page(holder, booking_token, form)


@public_events.post("/e/<booking_token>/words")
@public
def change_by_link(booking_token: str) -> AnyResponse:
    holder = _holder(booking_token)
    _network, event, person_id = holder
    held = list(_held(event, person_id).values())
    form = _my_form(held)
    if form.accepted():
        form.attempt(change_my_booking, held, form.needs.data or "", form.subject.data or "", form.wants_credit.data)
        if not form.errors:
            return _here(booking_token, _("Saved. The coordinators read it, and nobody else."))
    return _booking_page(holder, booking_token, form)


@public_events.get("/e/<booking_token>/calendar.ics")
@public
def booking_calendar(booking_token: str) -> Response:
    """Who waits has nothing to write in a calendar yet."""
    network, event, person_id = _holder(booking_token)
    sessions = [one for one in sessions_of(event.id, person_id) if one.places.mine == "placed"]
    url = absolute("public_events.booking", booking_token=booking_token)
    return calendar_file(event, sessions, network.name, network.time_zone, url)


def _here(booking_token: str, sentence: str) -> AnyResponse:
    return done(url_for(".booking", booking_token=booking_token), sentence)


def _holder(booking_token: str) -> Holder:
    """The network, the event and the person that a mailed link speaks of. Raises NotHere for any other."""
    read = read_booking_token(booking_token)
    network_id = network_of_event(read[0]) if read else None
    if read is None or network_id is None:
        raise NotHere
    network = public_network(network_id=network_id)
    return network, event_page(network.id, read[0]), merged_person(read[1])


def _mine(event_id: int, person_id: int) -> list[SessionPage]:
    return [one for one in sessions_of(event_id, person_id) if one.places.mine]


def _held(event: EventPage, person_id: int) -> dict[int, Booking]:
    return open_bookings([one.id for one in sessions_of(event.id)], person_id)


def _give_back_form(event_id: int, person_id: int) -> GiveBackForm:
    return GiveBackForm([(one.id, words.date_and_hours(one)) for one in _mine(event_id, person_id) if one.can_book])


def _my_form(held: list[Booking]) -> MyBookingForm:
    if not held:
        return MyBookingForm(choices("subject"))
    first = held[0]
    values = {"needs": first.needs, "subject": first.subject, "wants_credit": first.wants_credit}
    return MyBookingForm(choices("subject"), **values)


def _booking_page(holder: Holder, booking_token: str, form: Form | None = None) -> Response:
    network, event, person_id = holder
    sessions = _mine(event.id, person_id)
    held = open_bookings([one.id for one in sessions], person_id)
    can_change = [one for one in sessions if one.can_book]
    return page(
        "events/public_booking.html",
        event=event,
        sessions=sessions,
        in_line={id: place_in_line(one) for id, one in held.items() if one.waiting_since and not one.offered_until},
        held=held,
        form=form or ActForm(),
        mine=form if isinstance(form, MyBookingForm) else _my_form(list(held.values())) if can_change else None,
        pass_on=_ways_to_pass(person_id, can_change[:1] if event.books_whole else can_change),
        booking_token=booking_token,
        papers=papers_by_link(event.id, person_id, booking_token),
        words=words,
        **about_network(network),
    )


def _ways_to_pass(person_id: int, sessions: list[SessionPage]) -> dict[int, str]:
    """The link by which each of these dates is passed to a colleague; of a series booked as a whole one passes them all."""
    return {one.id: act_link("passon", person_id, one.id, days=PASS_DAYS) for one in sessions}
