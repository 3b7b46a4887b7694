"""The evaluation of an event: arranged and read by coordinators; the forms are for whoever was there."""

from sqlalchemy import select

from portal.db import db
from portal.evaluation.operations import make_usual
from portal.events.models import Event
from tests import cast
from tests.access.events import COORDINATORS, NOTHING, row

MATRIX = {
    "GET evaluation.plan": COORDINATORS,
    "POST evaluation.save_plan": COORDINATORS,
    "GET evaluation.preview": COORDINATORS,
    "GET evaluation.results": COORDINATORS,
    "POST evaluation.close": COORDINATORS,
    # Anonymous answers stand beside no name, for nobody.
    "GET evaluation.answers": row("404", "403"),
    # Tobi alone was in the room of the event that ``events`` prepares.
    "GET evaluation.feedback": NOTHING | {"tobi": "may"},
    "GET evaluation.tried": NOTHING,
}


def prepare() -> dict[str, object]:
    """An evaluation for the event that ``events`` prepares."""
    title = "Build a hand"
    query = select(Event).where(Event.title == title, Event.network_id == cast.network_id())
    for event in db.session.execute(query).scalars():
        make_usual(event, cast.person_id("ines"))
    return {}
