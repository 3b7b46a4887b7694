"""Who is in the room: for coordinators and whoever leads the session."""

from tests.access.events import COORDINATORS

MATRIX = {
    "GET attendance.sheet": COORDINATORS,
    "POST attendance.mark": COORDINATORS,
    "GET attendance.walk_in": COORDINATORS,
    "POST attendance.add_walked_in": COORDINATORS,
    "GET attendance.ask_to_close": COORDINATORS,
    "POST attendance.close": COORDINATORS,
    "POST attendance.reopen": COORDINATORS,
    "GET attendance.paper": COORDINATORS,
}


def prepare() -> dict[str, object]:
    """The event and its session are those that ``events`` prepares."""
    return {}
