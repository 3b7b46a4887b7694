"""The event's file and its costs: for coordinators and whoever the event belongs to."""

from tests.access.events import COORDINATORS

MATRIX = {
    "GET event_file.show": COORDINATORS,
    "GET event_file.sign_in": COORDINATORS,
    "GET event_file.hours": COORDINATORS,
    "GET event_file.evaluation": COORDINATORS,
    "POST event_file.take_pdf": COORDINATORS,
    "POST event_file.take_zip": COORDINATORS,
    "GET event_file.costs": COORDINATORS,
    "POST event_file.add_cost": COORDINATORS,
    "POST event_file.add_time": COORDINATORS,
    "GET event_file.cost": COORDINATORS,
    "POST event_file.change_cost": COORDINATORS,
    "POST event_file.remove_cost": COORDINATORS,
    # What the door above has just taken out.
    "POST event_file.return_cost": COORDINATORS,
}


def prepare() -> dict[str, object]:
    """The event and a line of its costs are those that ``events`` prepares."""
    return {}
