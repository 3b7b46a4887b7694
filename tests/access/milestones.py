"""Milestones: coordinators write what is asked and every member reads it; what a pair has done the two and coordinators."""

from datetime import date

from sqlalchemy import func, select

from portal.db import db
from portal.mentoring.models import Pairing, PairProgramme
from portal.milestones.models import ONCE
from portal.milestones.operations import add_milestone
from portal.milestones.usual import NOTHING
from portal.programmes.operations import add_programme
from portal.programmes.starting import rules
from tests import cast
from tests.access.mentoring import COORDINATORS, MEMBERS, PAIR_AND_COORDINATORS, THE_TWO

MATRIX = {
    "GET milestones.index": MEMBERS,
    "GET milestones.new": COORDINATORS,
    "POST milestones.create": COORDINATORS,
    "POST milestones.usual": COORDINATORS,
    "GET milestones.edit": COORDINATORS,
    "POST milestones.save": COORDINATORS,
    "POST milestones.retire": COORDINATORS,
    "POST milestones.restore": COORDINATORS,
    "POST milestones.move_up": COORDINATORS,
    "POST milestones.move_down": COORDINATORS,
    "GET milestones.of_pair": PAIR_AND_COORDINATORS,
    "GET milestones.one": PAIR_AND_COORDINATORS,
    "POST milestones.say_done": PAIR_AND_COORDINATORS,
    "POST milestones.take_back": PAIR_AND_COORDINATORS,
    "POST milestones.tick": THE_TWO,
}


def prepare() -> dict[str, object]:
    """A checklist that a programme asks of Dafydd's and Tobi's pair once."""
    ines = cast.person_id("ines")
    programme = add_programme(cast.network_id(), rules("What is asked"), ines)
    asked = NOTHING | {"name": "First meeting", "within_days": 14, "checklist": "The labs\nWho is who"}
    milestone = add_milestone(programme, asked, ines)
    # The pair that mentoring has begun; what others of Tobi's hand on stays as it is.
    newest = select(func.max(Pairing.id)).where(Pairing.mentee_id == cast.person_id("tobi"))
    pairing_id = db.session.execute(newest).scalar_one()
    db.session.add(PairProgramme(pairing_id=pairing_id, programme_id=programme.id, since=date(2026, 9, 1)))
    return {"milestone_id": milestone.id, "period": ONCE.isoformat()}
