"""Calendars out: files of one session, feeds by a secret address or for all, and everybody's own page of addresses."""

from portal.calendars.addresses import feed_token
from portal.calendars.left_out import as_csv
from portal.calendars.routes_importing import WHAT
from portal.events.signed import booking_token
from portal.web.importing_waiting import keep
from tests import cast
from tests.access.events import COLUMNS, COORDINATORS, EVERYBODY, MEMBERS
from tests.events import planned

SIGNED_IN = dict.fromkeys(COLUMNS, "may") | {"nobody": "sign-in"}
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@old\r\nSUMMARY:Soldering\r\nDTSTART:20261203T170000Z\r\n"
    b"DTEND:20261203T183000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

MATRIX = {
    "GET calendars.session": MEMBERS,
    "GET public_calendars.for_all": EVERYBODY,
    "GET public_calendars.by_link": EVERYBODY,
    "GET feeds.follow": EVERYBODY,
    "GET feeds.follow_public": EVERYBODY,
    "GET my_calendars.index": SIGNED_IN,
    "GET my_calendars.ask_to_renew": SIGNED_IN,
    "POST my_calendars.renew": SIGNED_IN,
    "GET calendar_import.bring": COORDINATORS,
    "POST calendar_import.take": COORDINATORS,
    # Whoever brought a file reads and runs it; for another coordinator there is nothing at that address.
    "GET calendar_import.preview": COORDINATORS,
    "POST calendar_import.run": COORDINATORS,
    "GET calendar_import.result": COORDINATORS,
    "GET calendar_import.left_out": COORDINATORS,
}


def prepare() -> dict[str, object]:
    # Of people whom no door of the table touches: the one's place is not given back, the other's addresses not renewed.
    event = planned.event("A date of its own")
    planned.booked(event, "leon")
    waiting = keep(cast.person_id("ines"), WHAT, "old.ics", CALENDAR, False, {"network": "tarn-and-tide"})
    waiting.rejects.write_bytes(as_csv([]))
    return {
        "calendar_token": waiting.token,
        "feed_token": feed_token(cast.person_id("mairead"), 0, 1),
        "date_token": booking_token(event.id, cast.person_id("leon")),
        "date_id": event.sessions[0].id,
    }
