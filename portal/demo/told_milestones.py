"""What the hub asks of its pairs by which day: most of it is done, one goal is late, and this month's lists are open."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.db import db
from portal.demo.story import TIME_ZONE, Story, at
from portal.demo.told_programmes import BEGAN
from portal.mentoring.models import Pairing, PairProgramme
from portal.milestones.due import State
from portal.milestones.operations import take_usual
from portal.milestones.operations_pairs import say_done, tick
from portal.milestones.queries_pairs import states_of_pair
from portal.programmes.models import Programme

# What is done is done some days before its day.
EARLIER = timedelta(days=3)
TICKED_SO_FAR = 2
# What the youngest pair has not come to.
NOT_YET = ("goal", "observation")


def tell_milestones(story: Story) -> None:
    programme = db.session.get_one(Programme, story.programmes["induction"])
    with at(story.ago(BEGAN)):
        take_usual(programme, story.who("ines"))
    pairs = list(
        db.session.execute(
            select(Pairing)
            .join(PairProgramme, PairProgramme.pairing_id == Pairing.id)
            .where(PairProgramme.programme_id == programme.id, Pairing.ended_on.is_(None))
            .order_by(Pairing.started_on, Pairing.id)
        ).scalars()
    )
    for place, pairing in enumerate(pairs):
        for state in states_of_pair(pairing, story.today, TIME_ZONE):
            if not state.is_done:
                _done_or_not(story, pairing, state, is_behind=place == len(pairs) - 1)


def _done_or_not(story: Story, pairing: Pairing, state: State, is_behind: bool) -> None:
    asked = state.asked
    if asked.due_on >= story.today:
        if asked.milestone.due == "each_month":
            lines = [line.id for line in asked.milestone.live_lines[:TICKED_SO_FAR]]
            with at(story.ago(1)):
                tick(pairing, asked, lines, [], story.today, pairing.mentee_id)
    elif not (is_behind and asked.milestone.known_by in NOT_YET):
        on = max(pairing.started_on, asked.due_on - EARLIER)
        with at(_noon(on)):
            _whole(pairing, state, on)


def _whole(pairing: Pairing, state: State, on: date) -> None:
    lines = [line.id for line in state.asked.milestone.live_lines]
    if lines:
        tick(pairing, state.asked, lines, [], on, pairing.mentee_id)
    else:
        say_done(pairing, state.asked, on, on, pairing.mentor_id)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12, 30), ZoneInfo(TIME_ZONE))
