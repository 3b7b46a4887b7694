"""Who is in the room: for coordinators and whoever leads the session. Signing in needs the code, a receipt or the kiosk's link."""

from datetime import timedelta

from portal.activities.operations_presence import note_arrival
from portal.attendance.operations_codes import make_code, open_kiosk
from portal.attendance.tokens_signing import code_pass, kiosk_token, receipt_for
from portal.web import clock
from tests import cast
from tests.access.events import COORDINATORS, EVERYBODY
from tests.events import planned

MATRIX = {
    "GET attendance.sheet": COORDINATORS,
    "POST attendance.mark": COORDINATORS,
    "GET attendance.walk_in": COORDINATORS,
    "POST attendance.add_walked_in": COORDINATORS,
    "GET attendance.ask_to_close": COORDINATORS,
    "POST attendance.close": COORDINATORS,
    "POST attendance.reopen": COORDINATORS,
    "GET attendance.paper": COORDINATORS,
    "GET attendance.code": COORDINATORS,
    "POST attendance.new_code": COORDINATORS,
    "GET attendance.kiosk": COORDINATORS,
    "POST attendance.open_the_kiosk": COORDINATORS,
    "POST attendance.end_the_kiosk": COORDINATORS,
    "GET signing.ask": EVERYBODY,
    "POST signing.type_code": EVERYBODY,
    "GET signing.names": EVERYBODY,
    "POST signing.here": EVERYBODY,
    "POST signing.newcomer": EVERYBODY,
    "GET signing.you": EVERYBODY,
    "POST signing.leave": EVERYBODY,
    "POST signing.come_back": EVERYBODY,
    "POST signing.not_me": EVERYBODY,
    "GET signing.kiosk": EVERYBODY,
    "POST signing.kiosk_here": EVERYBODY,
    "POST signing.kiosk_leaving": EVERYBODY,
    "POST signing.kiosk_newcomer": EVERYBODY,
    "POST signing.kiosk_not_me": EVERYBODY,
    "POST signing.kiosk_alone": EVERYBODY,
}


def prepare() -> dict[str, object]:
    """The event and its session are those that ``events`` prepares; people sign in to another, which is on now."""
    evening = planned.event("On now", clock.now() + timedelta(minutes=10))
    session = evening.sessions[0]
    planned.booked(evening, "leon", "tobi")
    make_code(session, cast.person_id("ines"))
    open_kiosk(session, cast.person_id("ines"))
    leon = cast.person_id("leon")
    there = note_arrival(session.id, leon, clock.now(), "code", None)
    return {
        "code_pass": code_pass(session),
        "kiosk_token": kiosk_token(session),
        "receipt": receipt_for(session, leon, "Leon F.", there),
    }
