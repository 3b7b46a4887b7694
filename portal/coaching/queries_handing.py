"""What a teacher could hand on of her goals and cycles: texts in her own name, in fields that people read.

A goal, look-fors, the next step and the check are texts of the two in the mentee's name, so they are hers to give. What
her mentor noted or wrote to her is not among them, nor what she wrote for herself alone. Nothing goes by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.coaching.models import CoachingCycle, CycleStep
from portal.coaching.observing import ABOUT, lines_in
from portal.coaching.steps import NAMES, OURS, RESULT_NAMES, in_order
from portal.db import db
from portal.mentoring.models import PairGoal, Pairing
from portal.mentoring.queries_texts import Fields, Private, private_of
from portal.programmes.models import FrameLine

STANDARD = "standard_"


class CanGo(NamedTuple):
    """``kind`` and ``id`` name it ("goal", "cycle_step"); ``fields`` are its texts, each after the name that people read.

    Two of them may be called the same (a line of two frames): none takes another's place.
    """

    kind: str
    id: int
    date: datetime
    label: str
    fields: list[tuple[str, str]]


def what_can_go(person_id: int) -> list[CanGo]:
    """Goals, then steps of cycles; only what has words in it that can be opened now (seven queries at most)."""
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    pairs = db.session.scalars(select(Pairing.id).where(Pairing.mentee_id == person_id)).all()
    if not pairs:
        return []
    goals, cycles = _goals(pairs), _cycles(pairs)
    words = private_of("goal", [goal.id for goal in goals], person_id, True, key)
    steps = [step.id for cycle in cycles for step in cycle.steps]
    texts = private_of("cycle_step", steps, person_id, True, key)
    own = {step: private.ours_by(person_id) for step, private in texts.items()}
    found = [_of_goal(goal, words.get(goal.id, Private()).ours_by(person_id)) for goal in goals]
    found += _of_cycles(cycles, own)
    return [one for one in found if one.fields]


def _goals(pair_ids: Sequence[int]) -> list[PairGoal]:
    query = select(PairGoal).where(PairGoal.pairing_id.in_(pair_ids), PairGoal.deleted_at.is_(None))
    return list(db.session.execute(query.order_by(PairGoal.pairing_id, PairGoal.position, PairGoal.id)).scalars())


def _cycles(pair_ids: Sequence[int]) -> list[CoachingCycle]:
    query = select(CoachingCycle).where(CoachingCycle.pairing_id.in_(pair_ids))
    ordered = query.order_by(CoachingCycle.pairing_id, CoachingCycle.number)
    return list(db.session.execute(ordered.options(selectinload(CoachingCycle.steps))).scalars())


def _of_goal(goal: PairGoal, words: Fields) -> CanGo:
    named = (
        (_("Goal"), words.get("what", "")),
        (_("How you will see that it works"), words.get("see", "")),
        (_("By when"), words.get("by", "")),
        (_("Evidence of growth"), words.get("growth", "")),
        (_("What became of it"), str(RESULT_NAMES.get(goal.result, "")) if words else ""),
    )
    return CanGo("goal", goal.id, goal.made_at, _("Goal"), _written(named))


def _of_cycles(cycles: list[CoachingCycle], hers: Mapping[int, Fields]) -> Iterator[CanGo]:
    standards = _standards(hers)
    for cycle in cycles:
        for step in in_order(cycle.steps):
            label = _("Cycle %(number)s: %(step)s", number=cycle.number, step=NAMES[step.step])
            fields = _written(_named(step, hers.get(step.id, {}), standards))
            yield CanGo("cycle_step", step.id, step.done_at or cycle.begun_at, label, fields)


def _named(step: CycleStep, words: Fields, standards: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """The fields of a step by names that people read."""
    if step.step == "observation":
        yield _("Which class, what lesson"), words.get(ABOUT, "")
        yield _("What was seen and heard"), "\n".join(f"{line.at} {line.text}".strip() for line in lines_in(words))
    elif step.step == "conversation":
        yield _("What the notes show"), words.get("saw", "")
        for name in words:
            if name.startswith(STANDARD):
                yield standards.get(int(name.removeprefix(STANDARD)), _("Feedback")), words[name]
        yield _("A question to go on with"), words.get("question", "")
    else:
        for name, label in OURS[step.step].items():
            number = name.removeprefix("look_")
            yield (f"{label} {number}" if number.isdecimal() else str(label)), words.get(name, "")


def _standards(hers: Mapping[int, Fields]) -> dict[int, str]:
    named = {name for words in hers.values() for name in words if name.startswith(STANDARD)}
    if not named:
        return {}
    wanted = {int(name.removeprefix(STANDARD)) for name in named}
    rows = db.session.execute(select(FrameLine.id, FrameLine.code, FrameLine.label).where(FrameLine.id.in_(wanted)))
    return {line_id: f"{code} {label}" for line_id, code, label in rows}


def _written(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(str(label), text) for label, text in named if text]
