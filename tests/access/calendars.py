"""Calendars out: files of one session, feeds by a secret address or for all, and everybody's own page of addresses."""

from portal.calendars.addresses import feed_token
from portal.events.signed import booking_token
from tests import cast
from tests.access.events import COLUMNS, EVERYBODY, MEMBERS
from tests.events import planned

SIGNED_IN = dict.fromkeys(COLUMNS, "may") | {"nobody": "sign-in"}

MATRIX = {
    "GET calendars.session": MEMBERS,
    "GET public_calendars.for_all": EVERYBODY,
    "GET public_calendars.by_link": EVERYBODY,
    "GET feeds.follow": EVERYBODY,
    "GET feeds.follow_public": EVERYBODY,
    "GET my_calendars.index": SIGNED_IN,
    "GET my_calendars.ask_to_renew": SIGNED_IN,
    "POST my_calendars.renew": SIGNED_IN,
}


def prepare() -> dict[str, object]:
    # Of people whom no door of the table touches: the one's place is not given back, the other's addresses not renewed.
    event = planned.event("A date of its own")
    planned.booked(event, "leon")
    return {
        "feed_token": feed_token(cast.person_id("mairead"), 0, 1),
        "date_token": booking_token(event.id, cast.person_id("leon")),
        "date_id": event.sessions[0].id,
    }
