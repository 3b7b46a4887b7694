"""A cycle as one of the two may read it: her own texts and what the two share, step by step. For nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.coaching.models import STEPS, CoachingCycle, CycleStep
from portal.coaching.observing import ABOUT, Line, lines_in
from portal.coaching.queries import Two, two_of
from portal.coaching.queries_frame import Standard, lines_of
from portal.coaching.steps import LOOK_FORS, in_order, next_of
from portal.mentoring.models import Pairing
from portal.mentoring.queries_texts import Fields, Private, private_of


@dataclass(frozen=True)
class Visit:
    """Notes of a lesson by one observer. ``is_shown``: the other one reads them too."""

    observer: int
    about: str
    lines: list[Line]
    is_shown: bool


@dataclass(frozen=True)
class CycleRead:
    """``reader`` is one of the two: policy has said so before this was asked for."""

    cycle: CoachingCycle
    pairing: Pairing
    reader: int
    two: Two
    goal: Fields
    texts: Mapping[str, Private]
    standards: list[Standard]
    key_is_missing: bool
    goal_was_removed: bool = False

    @property
    def steps(self) -> list[CycleStep]:
        return in_order(self.cycle.steps)

    @property
    def next(self) -> CycleStep | None:
        return None if self.cycle.closed_at else next_of(self.cycle.steps)

    @property
    def other(self) -> int:
        return self.pairing.mentee_id if self.reader == self.pairing.mentor_id else self.pairing.mentor_id

    def step(self, name: str) -> CycleStep:
        return next(one for one in self.cycle.steps if one.step == name)

    def ours(self, step: str) -> Fields:
        """The text of the two in a step: it is kept in the mentee's name."""
        return self.texts[step].ours_by(self.pairing.mentee_id)

    @property
    def look_fors(self) -> list[tuple[int, str]]:
        """(number, words) of those that were written down."""
        there = self.ours("look_fors")
        return [(number, there[name]) for number, name in enumerate(LOOK_FORS, 1) if there.get(name)]

    @property
    def visits(self) -> list[Visit]:
        """Her own notes first, then what the other one has shown her."""
        text = self.texts["observation"]
        found = [_visit(author, fields, True) for author, fields in text.ours.items()]
        found.append(_visit(self.reader, text.mine, False))
        held = [one for one in found if one.lines or one.about]
        return sorted(held, key=lambda one: one.observer != self.reader)

    def noted(self, look_for: int) -> list[tuple[int, Line]]:
        """(observer, line) of every line that she may read to this look-for; 0: those that belong to none."""
        known = {number for number, _words in self.look_fors}
        return [
            (visit.observer, line)
            for visit in self.visits
            for line in visit.lines
            if line.look_for == look_for or (look_for == 0 and line.look_for not in known)
        ]


def read_cycle(cycle: CoachingCycle, pairing: Pairing, reader_id: int, key: bytes) -> CycleRead:
    """Everything of a cycle that this one of the two may open (four queries)."""
    by_id = private_of("cycle_step", [one.id for one in cycle.steps], reader_id, True, key)
    removed = cycle.goal is not None and cycle.goal.deleted_at is not None
    of_goal = [cycle.goal_id] if cycle.goal_id and not removed else []
    goal = private_of("goal", of_goal, reader_id, True, key).get(of_goal[0]) if of_goal else None
    ids = {one.step: one.id for one in cycle.steps}
    texts = {step: by_id.get(ids[step], Private()) for step in STEPS}
    return CycleRead(
        cycle=cycle,
        pairing=pairing,
        reader=reader_id,
        two=two_of(pairing),
        goal=goal.ours_by(pairing.mentee_id) if goal else {},
        texts=texts,
        standards=lines_of(cycle.id),
        key_is_missing=any(one.key_is_missing for one in texts.values()) or bool(goal and goal.key_is_missing),
        goal_was_removed=removed,
    )


def goal_words(goal_ids: list[int], pairing: Pairing, reader_id: int, key: bytes) -> Mapping[int, Private]:
    """The texts of goals for one of the two (one query)."""
    return private_of("goal", goal_ids, reader_id, True, key)


def _visit(observer: int, fields: Fields, is_shown: bool) -> Visit:
    return Visit(observer, fields.get(ABOUT, ""), lines_in(fields), is_shown)
