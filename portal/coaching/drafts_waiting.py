"""Which forms of a pair hold something that its reader typed and has not saved: for the page of their goals and cycles."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.coaching import policy
from portal.coaching.models import CoachingCycle
from portal.coaching.queries_things import CLOSING, GOAL, NEEDS, NEW_GOAL, STEP
from portal.coaching.steps import NAMES, in_order
from portal.db import db
from portal.mentoring.draft_keeping import LAYER, Place
from portal.mentoring.models import PairGoal, Pairing, SealedText
from portal.web.access import me

Way = tuple[str, str]


def drafts_waiting(
    pairing: Pairing, goals: Sequence[PairGoal], called: Mapping[int, str], cycles: Sequence[CoachingCycle]
) -> list[Way]:
    """(What it is, where she goes on) of each draft of hers that she may still save (one query).

    ``called``: goals in their own words, by id.
    """
    ways = dict(_ways(pairing, goals, called, cycles))
    there = _kept(ways, me().person_id)
    return [way for place, way in ways.items() if place in there]


def _ways(
    pairing: Pairing, goals: Sequence[PairGoal], called: Mapping[int, str], cycles: Sequence[CoachingCycle]
) -> Iterator[tuple[Place, Way]]:
    reader = me().person_id
    if policy.may_mark_needs(reader, pairing):
        yield Place(NEEDS, pairing.id), (_("The needs list"), url_for("coaching.needs", pairing_id=pairing.id))
    if policy.may_work(reader, pairing):
        yield Place(NEW_GOAL, pairing.id), (_("A new goal"), url_for("coaching.new_goal", pairing_id=pairing.id))
    for goal in goals:
        name = called.get(goal.id) or _("A goal")
        if policy.may_work(reader, pairing):
            yield Place(GOAL, goal.id), (name, url_for("coaching.edit_goal", goal_id=goal.id))
        if policy.may_close(reader, pairing) and not goal.closed_at:
            closing = _("Close: %(goal)s", goal=name)
            yield Place(CLOSING, goal.id), (closing, url_for("coaching.ask_close_goal", goal_id=goal.id))
    for cycle in cycles:
        for step in in_order(cycle.steps):
            if policy.may_save_step(reader, pairing, step.step):
                name = _("Cycle %(number)s: %(step)s", number=cycle.number, step=NAMES[step.step])
                yield Place(STEP, step.id), (name, url_for("coaching.step", cycle_id=cycle.id, step_name=step.step))


def _kept(places: Collection[Place], writer: int) -> set[Place]:
    hers = select(SealedText.thing, SealedText.thing_id).where(
        SealedText.author_id == writer,
        SealedText.layer == LAYER,
        SealedText.thing.in_({place.thing for place in places}),
        SealedText.thing_id.in_({place.thing_id for place in places}),
    )
    return {Place(thing, number) for thing, number in db.session.execute(hers)}
