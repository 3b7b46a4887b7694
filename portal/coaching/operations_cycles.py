"""Beginning, closing and opening a cycle again. Its steps are there from the start, each with a suggested day."""

from collections.abc import Collection
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal import history
from portal.coaching.models import STEPS, CoachingCycle, CycleLine, CycleStep
from portal.coaching.steps import LOOK_FORS, suggested
from portal.coaching.writing import Where, in_whose_name, open_or_refuse, replace_text, seen_nothing
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.models import RESULTS, Pairing
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "cycle.begun": _l("%(actor)s began the cycle"),
        "cycle.closed": _l("%(actor)s closed the cycle"),
        "cycle.reopened": _l("%(actor)s opened the cycle again"),
    }
)
MOST_OPEN = 3


@operation
def begin_cycle(
    pairing: Pairing,
    by: int,
    goal_id: int | None,
    weeks: int,
    today: date,
    key: bytes,
    after: CoachingCycle | None = None,
) -> CoachingCycle:
    """Begin a cycle with a suggested day for each step.

    ``after`` is an earlier cycle of the pair whose look-fors, lines of the frame and "what next" are taken along. Raises
    DomainError where three are open, and where a text of the earlier one can't be opened.
    """
    _refuse_too_many(pairing)
    last = select(func.max(CoachingCycle.number)).where(CoachingCycle.pairing_id == pairing.id)
    cycle = CoachingCycle(
        pairing_id=pairing.id,
        number=(db.session.execute(last).scalar() or 0) + 1,
        goal_id=goal_id,
        begun_at=clock.now(),
        begun_by=by,
    )
    days = suggested(today, weeks)
    cycle.steps = [CycleStep(step=step, due_on=days[step]) for step in STEPS]
    db.session.add(cycle)
    db.session.flush()
    if after is not None:
        _take_along(pairing, after, cycle, key)
    history.record(by, "cycle.begun", "cycle", cycle.id)
    return cycle


@operation
def close_cycle(cycle: CoachingCycle, by: int, result: str) -> None:
    """Close a cycle with one of RESULTS; steps that are open stay open. Raises DomainError for one that is closed."""
    if cycle.closed_at:
        raise DomainError(_("This cycle is closed already."))
    if result not in RESULTS:
        raise DomainError(_("Say what became of it."), "result")
    cycle.result, cycle.closed_at, cycle.closed_by = result, clock.now(), by
    history.record(by, "cycle.closed", "cycle", cycle.id)


@operation
def reopen_cycle(cycle: CoachingCycle, pairing: Pairing, by: int) -> None:
    """Take a closing back. Raises DomainError where three others are open."""
    if cycle.closed_at:
        _refuse_too_many(pairing)
        cycle.result, cycle.closed_at, cycle.closed_by = "", None, None
        history.record(by, "cycle.reopened", "cycle", cycle.id)


def refuse_closed(cycle_id: int) -> None:
    """Raises DomainError where a cycle was closed while somebody still wrote in it. Belongs inside an operation."""
    if db.session.get_one(CoachingCycle, cycle_id).closed_at:
        raise DomainError(_("This cycle was closed while you wrote. Open it again, and what you typed can be saved."))


def step_of(cycle: CoachingCycle, name: str) -> CycleStep:
    return next(one for one in cycle.steps if one.step == name)


def work_on(cycle: CoachingCycle, line_ids: Collection[int]) -> None:
    """The lines of the frame that a cycle works on, as they are ticked now. Belongs inside an operation."""
    there = {
        line.line_id: line
        for line in db.session.execute(select(CycleLine).where(CycleLine.cycle_id == cycle.id)).scalars()
    }
    for line_id in set(there) - set(line_ids):
        db.session.delete(there[line_id])
    db.session.add_all(CycleLine(cycle_id=cycle.id, line_id=one) for one in sorted(set(line_ids) - set(there)))


def _take_along(pairing: Pairing, old: CoachingCycle, new: CoachingCycle, key: bytes) -> None:
    """Look-fors as they were, and what was to come next as what will be tried."""
    name = in_whose_name(pairing)
    looks = open_or_refuse(key, Where("cycle_step", step_of(old, "look_fors").id, name, "we_two"))
    check = open_or_refuse(key, Where("cycle_step", step_of(old, "check").id, name, "we_two"))
    kept = {one: looks.get(one, "") for one in (*LOOK_FORS, "collect")}
    begins = {"baseline": check.get("growth", ""), "strategy": check.get("next", "")}
    for step, words in (("look_fors", kept), ("goal", begins)):
        replace_text(key, Where("cycle_step", step_of(new, step).id, name, "we_two"), words, seen_nothing(key))
    lines = select(CycleLine.line_id).where(CycleLine.cycle_id == old.id)
    work_on(new, db.session.execute(lines).scalars().all())


def _refuse_too_many(pairing: Pairing) -> None:
    db.session.execute(select(Pairing.id).where(Pairing.id == pairing.id).with_for_update())
    still = select(func.count(CoachingCycle.id)).where(
        CoachingCycle.pairing_id == pairing.id, CoachingCycle.closed_at.is_(None)
    )
    if db.session.execute(still).scalar_one() >= MOST_OPEN:
        raise DomainError(_("Three cycles are open, and that is plenty. Close one first; nothing of it is lost."))
