"""Goals and cycles in a person's own export: what she may read on their pages, and not a word more."""

from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from portal.coaching import queries_things
from portal.coaching.models import CoachingCycle, CycleStep
from portal.db import db
from portal.mentoring.exporting import NOT_HERE
from portal.mentoring.models import PairGoal, Pairing
from portal.mentoring.queries_texts import Private, private_of
from portal.people.exporting import declare_export

__all__ = ["coaching_for_export", "queries_things"]


def coaching_for_export(person_id: int) -> list[dict[str, Any]]:
    """The needs lists, goals and steps of her pairs, with the texts of the two and her own."""
    key = current_app.config["SETTINGS"].key("mentoring")
    mine = or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id)
    pairs = list(db.session.execute(select(Pairing.id, Pairing.started_on).where(mine).order_by(Pairing.id)))
    goals = db.session.execute(
        select(PairGoal).join(Pairing, Pairing.id == PairGoal.pairing_id).where(mine).order_by(PairGoal.id)
    ).scalars()
    steps = db.session.execute(
        select(CycleStep, CoachingCycle)
        .join(CoachingCycle, CoachingCycle.id == CycleStep.cycle_id)
        .join(Pairing, Pairing.id == CoachingCycle.pairing_id)
        .where(mine)
        .order_by(CycleStep.id)
    )
    told: list[tuple[str, int, dict[str, Any]]] = [("needs", one.id, {"pair_since": one.started_on}) for one in pairs]
    told += [("goal", one.id, _of_goal(one)) for one in goals]
    told += [("cycle_step", step.id, _facts(step, cycle)) for step, cycle in steps]
    return _with_texts(told, person_id, key)


def _of_goal(goal: PairGoal) -> dict[str, Any]:
    """One that was removed too: for a week its words are still here, and can be brought back."""
    return {"made": goal.made_at, "closed": goal.closed_at, "result": goal.result, "removed": goal.deleted_at}


def _facts(step: CycleStep, cycle: CoachingCycle) -> dict[str, Any]:
    return {
        "cycle": cycle.number,
        "step": step.step,
        "meant_for": step.due_on,
        "done": step.done_at,
        "result": cycle.result,
    }


def _with_texts(told: list[tuple[str, int, dict[str, Any]]], person_id: int, key: bytes) -> list[dict[str, Any]]:
    found = []
    for thing in ("needs", "goal", "cycle_step"):
        of_kind = [(one_id, facts) for kind, one_id, facts in told if kind == thing]
        texts = private_of(thing, [one_id for one_id, _facts in of_kind], person_id, True, key)
        for one_id, facts in of_kind:
            there = texts.get(one_id, Private())
            words: dict[str, Any] = {"we_two": list(there.ours.values()), "only_me": there.mine}
            if there.key_is_missing:
                words["note"] = NOT_HERE
            found.append({"what": thing, **facts, **words})
    return found


declare_export("coaching", coaching_for_export)
