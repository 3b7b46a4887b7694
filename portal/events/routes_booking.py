"""Booking a place as a member, giving it back, and the coordinator's list of who booked."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.events import policy, words
from portal.events.blueprints import events
from portal.events.forms_booking import GiveBackForm
from portal.events.models import Booking
from portal.events.operations_booking import book, give_back
from portal.events.queries_bookings import bookings_of
from portal.events.queries_event import event_in, event_page, sessions_of
from portal.events.routes import booking_form, event_shown
from portal.events.sheets import BOOKING_COLUMNS, booking_cells
from portal.networks.scope import here
from portal.people.models import Person
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export

BY_NAME = Sort("name", _l("By name"), (Person.sort_name, Booking.session_id))
BY_BOOKING = Sort("booked", _l("As they booked"), (Booking.booked_at, Booking.id))


@events.post("/<int:event_id>/booking")
def book_place(event_id: int) -> AnyResponse:
    member = here().membership
    shown = event_page(member.network_id, event_id)
    sessions = sessions_of(event_id, member.person_id, policy.can_edit(member, shown.owner_id))
    if shown.is_draft and not policy.can_see_draft(member, shown.owner_id):
        raise NotHere
    form = booking_form(sessions)
    if form.accepted():
        event = event_in(member.network_id, event_id)
        kind, needs = policy.booking_kind(member), form.needs.data or ""
        made = form.attempt(book, event, form.chosen, member.person_id, kind, needs, by=member.person_id)
        if made is not None:
            return done(url_for(".show", event_id=event_id), _booked(made))
    return event_shown(shown, sessions, form)


@events.post("/<int:event_id>/booking/back")
def give_place_back(event_id: int) -> AnyResponse:
    member = here().membership
    event = event_in(member.network_id, event_id)
    form = GiveBackForm([(one.id, "") for one in event.sessions])
    url = url_for(".show", event_id=event_id)
    if form.accepted():
        given = form.attempt(give_back, event, form.chosen, member.person_id, member.person_id)
        if given is not None:
            return done(url, _("Your place is given back. Thank you for saying so.") if given else None)
    return done(url, next((sentence for _id, sentence in form.lines()), None), kind="wrong")


@events.get("/<int:event_id>/bookings")
def bookings(event_id: int) -> AnyResponse:
    event = event_page(here().network.id, event_id)
    if not policy.can_see_names(here().membership, event.owner_id):
        raise NotYours
    listing = Listing(bookings_of(event_id), (BY_NAME, BY_BOOKING), size=50)
    kind = wanted_export()
    if kind:
        return export(f"bookings-{event_id}", BOOKING_COLUMNS, listing.everything(), kind, booking_cells)
    return page("events/bookings.html", event=event, listing=listing, sessions=sessions_of(event_id), words=words)


def _booked(made: list[Booking]) -> str:
    waits = [booking for booking in made if booking.waiting_since]
    if waits:
        return _("You are on the waiting list. You move up by yourself, and we write to you then.")
    return ngettext(
        "You are coming. The details are in your mail.",
        "You are coming to %(num)s dates. The details are in your mail.",
        len(made),
    )
