"""Which lines were ticked goes with the notes of a pair, a year after its end; that it was done stays counted."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import Pairing
from portal.milestones.models import PairMilestoneTick
from portal.milestones.operations_forgetting import forget_ticks
from portal.milestones.operations_pairs import tick
from portal.milestones.queries_pairs import states_of_pair
from portal.note_keeping.operations import look_after_notes
from portal.web import clock
from tests import cast
from tests.milestones.world import LIST, TODAY, marks, pair_asked
from tests.pair_programmes.world import ZONE


def test_ticks_go_with_the_notes_and_what_was_done_stays(in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(name="First meeting", checklist=LIST)
        pairing = db.session.get_one(Pairing, pair_id)
        asked = states_of_pair(pairing, TODAY, ZONE)[0].asked
        tick(pairing, asked, [one.id for one in asked.milestone.lines], [], TODAY, pairing.mentee_id)
        pairing.ended_on = date(2026, 11, 10)
        db.session.commit()
        for days, left in ((0, 3), (364, 3), (366, 0)):
            clock.freeze(cast.NOW + timedelta(days=days))
            look_after_notes(), forget_ticks(), forget_ticks()
            assert len(db.session.execute(select(PairMilestoneTick)).all()) == left
        assert [(one, done_on) for one, _period, done_on in marks()] == [(milestone_id, TODAY)]
