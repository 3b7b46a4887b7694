"""Support visits: ines was at Low Garrick and promised something. Only the coordinators of the network know."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.activities.meetings import Met
from portal.db import db
from portal.organisations.models import Organisation
from portal.support.operations import log_visit
from portal.support.visits import Visit
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
COORDINATORS = {"ines": "may", "tobi": "403", "dafydd": "403", "petra": "403"} | STRANGERS

MATRIX = {
    "GET support.index": COORDINATORS,
    "GET support.schools": COORDINATORS,
    "GET support.new": COORDINATORS,
    "POST support.create": COORDINATORS,
    "GET support.show": COORDINATORS,
    "GET support.edit": COORDINATORS,
    "POST support.change": COORDINATORS,
    "POST support.delete": COORDINATORS,
    "POST support.restore": COORDINATORS,
    "POST support.keep": COORDINATORS,
    "POST support.reopen": COORDINATORS,
    "POST support.not_there": COORDINATORS,
    "POST support.was_there": COORDINATORS,
}


def school_id(name: str = "Low Garrick School") -> int:
    return db.session.execute(select(Organisation.id).where(Organisation.name == name)).scalar_one()


def visited(**more: object) -> int:
    """A visit of ines to Low Garrick, a week before the story's day."""
    told = {
        "met": Met(datetime(2026, 11, 3, 12, tzinfo=UTC), 45),
        "organisation_id": school_id(),
        "note": "Two robots do not charge.",
        "next_step": "Bring a charger",
        "next_on": date(2026, 11, 12),
    }
    visit = Visit(**(told | more))
    return log_visit(cast.network_id(), cast.person_id("ines"), visit, "Europe/London").id


def prepare() -> dict[str, object]:
    return {"visit_id": visited()}
