"""What a teacher could take along of her goals and cycles: her own words and the texts of the two, in named fields.

Nothing goes by itself: the hand-over shows these, and she picks. What a mentor wrote in the mentor's own name (notes of a
visit, feedback) is not among them, shown to her or not: it was written for the two, and its writer has not been asked.
"""

from collections.abc import Iterator, Mapping
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
from portal.people.models import Person
from portal.programmes.models import FrameLine


class CanGo(NamedTuple):
    """``kind`` and ``id`` name it ("goal", "cycle_step"); ``fields`` are its texts by the names that people read."""

    kind: str
    id: int
    date: datetime
    label: str
    fields: dict[str, str]


def what_can_go(person_id: int) -> list[CanGo]:
    """Goals, then steps of cycles, each pair's in their order; only what has words in it that can be opened now."""
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    pairs = select(Pairing.id).where(Pairing.mentee_id == person_id)
    goals = _goals(pairs)
    cycles = _cycles(pairs)
    words = private_of("goal", [goal.id for goal in goals], person_id, True, key)
    steps = [step.id for cycle in cycles for step in cycle.steps]
    texts = private_of("cycle_step", steps, person_id, True, key)
    found = [_of_goal(goal, words.get(goal.id, Private()).ours_by(person_id)) for goal in goals]
    found += _of_cycles(cycles, texts, person_id)
    return [one for one in found if one.fields]


def _goals(pairs: object) -> list[PairGoal]:
    query = select(PairGoal).where(PairGoal.pairing_id.in_(pairs))  # type: ignore[arg-type]
    return list(db.session.execute(query.order_by(PairGoal.pairing_id, PairGoal.position, PairGoal.id)).scalars())


def _cycles(pairs: object) -> list[CoachingCycle]:
    query = select(CoachingCycle).where(CoachingCycle.pairing_id.in_(pairs))  # type: ignore[arg-type]
    ordered = query.order_by(CoachingCycle.pairing_id, CoachingCycle.number)
    return list(db.session.execute(ordered.options(selectinload(CoachingCycle.steps))).scalars())


def _of_goal(goal: PairGoal, words: Fields) -> CanGo:
    named = {
        _("Goal"): words.get("what", ""),
        _("How you will see that it works"): words.get("see", ""),
        _("By when"): words.get("by", ""),
        _("Evidence of growth"): words.get("growth", ""),
        _("What became of it"): str(RESULT_NAMES.get(goal.result, "")) if words else "",
    }
    return CanGo("goal", goal.id, goal.made_at, _("Goal"), _written(named))


def _of_cycles(cycles: list[CoachingCycle], texts: Mapping[int, Private], person_id: int) -> list[CanGo]:
    names = _names({person_id} if cycles else set())
    standards = _standards(texts)
    found = []
    for cycle in cycles:
        for step in in_order(cycle.steps):
            words = texts.get(step.id, Private()).ours_by(person_id)
            fields = _named(step, words, names.get(person_id, ""), standards)
            label = _("Cycle %(number)s: %(step)s", number=cycle.number, step=NAMES[step.step])
            found.append(CanGo("cycle_step", step.id, step.done_at or cycle.begun_at, label, fields))
    return found


def _named(step: CycleStep, words: Fields, author: str, standards: Mapping[int, str]) -> dict[str, str]:
    """The fields of one text by names that people read; whose it is where it is not a text of the two."""
    if step.step == "observation":
        lines = "\n".join(f"{line.at} {line.text}".strip() for line in lines_in(words))
        return _written(
            {
                _("Which class, what lesson (%(name)s)", name=author): words.get(ABOUT, ""),
                _("Notes of %(name)s", name=author): lines,
            }
        )
    if step.step == "conversation":
        return _written({f"{label} ({author})": words[name] for name, label in _feedback(words, standards)})
    labels = OURS[step.step]
    named: dict[str, str] = {}
    for name, label in labels.items():
        number = name.removeprefix("look_")
        named[f"{label} {number}" if number.isdecimal() else str(label)] = words.get(name, "")
    return _written(named)


def _feedback(words: Fields, standards: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    labels = {"saw": _("What the notes show"), "question": _("A question to go on with")}
    for name in words:
        line = name.removeprefix("standard_")
        yield name, standards.get(int(line), _("Feedback")) if line.isdecimal() else labels.get(name, name)


def _standards(texts: Mapping[int, Private]) -> dict[int, str]:
    names = {name for private in texts.values() for words in private.ours.values() for name in words}
    wanted = {int(name.removeprefix("standard_")) for name in names if name.startswith("standard_")}
    if not wanted:
        return {}
    rows = db.session.execute(select(FrameLine.id, FrameLine.code, FrameLine.label).where(FrameLine.id.in_(wanted)))
    return {line_id: f"{code} {label}" for line_id, code, label in rows}


def _names(people: set[int]) -> dict[int, str]:
    if not people:
        return {}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row.id: row.name for row in rows}


def _written(named: dict[str, str]) -> dict[str, str]:
    return {str(label): text for label, text in named.items() if text}
