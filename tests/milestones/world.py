"""What tests of milestones share: a programme that asks for something, and Dafydd's pair with Tobi in it."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.db import db
from portal.milestones.models import ONCE, PairMilestone
from portal.milestones.operations import add_milestone
from portal.milestones.usual import NOTHING
from portal.programmes.models import Programme
from portal.programmes.operations import add_programme
from portal.programmes.starting import rules
from portal.web import clock
from tests import cast
from tests.pair_programmes.world import join, pair

BASE = "/n/tarn-and-tide/mentoring"
TODAY, BEFORE = date(2026, 11, 10), datetime(2026, 9, 1, 8, tzinfo=UTC)
LIST = "The labs\nWho is who\nA day for the first observation"


def ask(programme=None, name="First observation", **more):
    """Written down on 1 September, so that what is past is late. Belongs into ``in_app``."""
    clock.freeze(BEFORE)
    programme = programme or add_programme(cast.network_id(), rules("Induction"), cast.person_id("ines"))
    made = add_milestone(programme, NOTHING | {"name": name, "within_days": 60} | more, cast.person_id("ines"))
    clock.freeze(cast.NOW)
    return made


def pair_asked(mentee="tobi", **more):
    """(id of the pair, id of the milestone)."""
    made = ask(**more)
    return pair_in(made, mentee), made.id


def pair_in(milestone, mentee="tobi"):
    pairing = pair(mentee)
    join(pairing, db.session.get_one(Programme, milestone.programme_id))
    return pairing.id


def marks():
    rows = db.session.execute(select(PairMilestone).order_by(PairMilestone.id)).scalars()
    return [(one.milestone_id, one.period, one.done_on) for one in rows]


def address(pair_id, milestone_id, what="", period=ONCE):
    return f"{BASE}/pairs/{pair_id}/milestones/{milestone_id}/{period.isoformat()}{what}"
