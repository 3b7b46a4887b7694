"""The six steps of a cycle: what each is called, what is written in it, and when each might be. Pure.

The order is offered and never forced: a step that is left out is simply left open.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from portal.coaching.models import STEPS, CycleStep

NAMES = {
    "goal": _l("Where we start"),
    "look_fors": _l("Look-fors"),
    "observation": _l("Visit to a lesson"),
    "conversation": _l("Conversation"),
    "action": _l("Next step"),
    "check": _l("Check"),
}
ABOUT = {
    "goal": _l("How things are now, and what you will try."),
    "look_fors": _l("What one could see or hear in the lesson if it works. Up to five."),
    "observation": _l("What is seen and heard, with its time. No judgement yet: that comes in the conversation."),
    "conversation": _l("The notes beside the look-fors, then what you make of them."),
    "action": _l("One small thing to do next, and by when."),
    "check": _l("What became of it. With a result the cycle is closed."),
}
RESULT_NAMES = {"met": _l("Met"), "partly": _l("Partly"), "not": _l("Not yet"), "changed": _l("The goal changed")}
LOOK_FORS = tuple(f"look_{number}" for number in range(1, 6))
# What the two write as one text in a step, in order.
OURS = {
    "goal": {"baseline": _l("How things are now"), "strategy": _l("What we will try")},
    "look_fors": dict.fromkeys(LOOK_FORS, _l("Look-for")) | {"collect": _l("What to collect")},
    "action": {"step": _l("The next step"), "help": _l("What would help")},
    "check": {"growth": _l("Evidence of growth"), "next": _l("What next")},
}
WEEKS = (4, 5, 6)
# How far into a cycle each step usually comes.
SHARE = {"goal": 0.0, "look_fors": 0.1, "observation": 0.3, "conversation": 0.4, "action": 0.5, "check": 1.0}


def suggested(begun: date, weeks: int) -> dict[str, date]:
    """A day for each step of a cycle of so many weeks, on school days."""
    return {step: _school_day(begun + timedelta(days=round(weeks * 7 * SHARE[step]))) for step in STEPS}


def _school_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def next_of(steps: Sequence[CycleStep]) -> CycleStep | None:
    """The step that comes next: the first open one after the last that was done; else any that was left out."""
    done = [STEPS.index(one.step) for one in steps if one.done_at]
    after = max(done, default=-1)
    still = [one for one in in_order(steps) if not one.done_at]
    later = [one for one in still if STEPS.index(one.step) > after]
    return next(iter(later or still), None)


def in_order(steps: Sequence[CycleStep]) -> list[CycleStep]:
    return sorted(steps, key=lambda one: STEPS.index(one.step))
