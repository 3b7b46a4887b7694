"""The coordinator's lists before an event: who booked, by school, who is missing, and what to have ready."""

from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.events import policy, words
from portal.events.blueprints import events
from portal.events.models import Booking
from portal.events.queries_bookings import bookings_of
from portal.events.queries_coming import coming, count_by_school, needs_of, usual_and_silent
from portal.events.queries_event import EventPage, event_page, sessions_of
from portal.events.sheets import BOOKING_COLUMNS, booking_cells
from portal.networks.scope import here
from portal.people.models import Person
from portal.vocabulary.queries import labels
from portal.web.errors import NotYours
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export

BY_NAME = Sort("name", _l("By name"), (Person.sort_name, Booking.session_id))
BY_BOOKING = Sort("booked", _l("As they booked"), (Booking.booked_at, Booking.id))


@events.get("/<int:event_id>/bookings")
def bookings(event_id: int) -> AnyResponse:
    event = _whose_names_i_see(event_id)
    listing = Listing(bookings_of(event_id), (BY_NAME, BY_BOOKING), size=50)
    subjects = labels("subject")
    kind = wanted_export()
    if kind:
        rows = listing.everything()
        return export(f"bookings-{event_id}", BOOKING_COLUMNS, rows, kind, lambda row: booking_cells(row, subjects))
    sessions = sessions_of(event_id)
    return page(
        "events/bookings.html",
        event=event,
        listing=listing,
        sessions=sessions,
        ahead=[one for one in sessions if one.can_book],
        subjects=subjects,
        kinds=coming(event_id).kinds,
        schools=count_by_school(event_id),
        usual=usual_and_silent(here().network.id, event_id),
        membership=here().membership,
        words=words,
    )


@events.get("/<int:event_id>/bookings/needs")
def needs(event_id: int) -> AnyResponse:
    """On paper for the day: what to have ready, without schools and addresses."""
    event = _whose_names_i_see(event_id)
    wishes = needs_of(event_id)
    return page("events/needs.html", event=event, wishes=wishes, sessions=sessions_of(event_id), words=words)


def _whose_names_i_see(event_id: int) -> EventPage:
    event = event_page(here().network.id, event_id)
    if not policy.can_see_names(here().membership, event.owner_id):
        raise NotYours
    return event
