"""The needs list and the goals of a pair. What is written goes into sealed texts; the history says only that it was done."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal import history
from portal.coaching.queries_things import CLOSING, GOAL, NEEDS, NEW_GOAL
from portal.coaching.writing import Where, in_whose_name, replace_text, seen_nothing
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.draft_keeping import Place, forget_draft
from portal.mentoring.kept import is_past_bringing_back, refuse_when_gone
from portal.mentoring.models import RESULTS, PairGoal, Pairing
from portal.web import clock
from portal.web.errors import DomainError

# None of these lines belongs to the network's history: a coordinator has no page on which they stand.
phrases.declare(
    {
        "needs.marked": _l("%(actor)s marked the needs list"),
        "goal.made": _l("%(actor)s wrote down a goal"),
        "goal.changed": _l("%(actor)s changed a goal"),
        "goal.moved": _l("%(actor)s put the goals in another order"),
        "goal.closed": _l("%(actor)s closed a goal"),
        "goal.reopened": _l("%(actor)s opened a goal again"),
        "goal.removed": _l("%(actor)s removed a goal"),
        "goal.restored": _l("%(actor)s brought a goal back"),
    }
)
MOST_GOALS = 3


@operation
def mark_needs(pairing: Pairing, by: int, marked: Mapping[str, str], seen: str, key: bytes) -> bool:
    """Keep the mentee's needs list, read by the two. Raises Conflict and DomainError like ``replace_text``."""
    replace_text(key, Where("needs", pairing.id, by, "we_two"), marked, seen)
    forget_draft(Place(NEEDS, pairing.id), by, key)
    history.record(by, "needs.marked", "needs", pairing.id)
    return True


@operation
def make_goal(pairing: Pairing, by: int, words: Mapping[str, str], key: bytes) -> PairGoal:
    """Write down a goal of the two. Raises DomainError where three are open already."""
    _refuse_a_fourth(pairing.id)
    last = select(func.max(PairGoal.position)).where(PairGoal.pairing_id == pairing.id)
    position = (db.session.execute(last).scalar() or 0) + 1
    goal = PairGoal(pairing_id=pairing.id, position=position, made_at=clock.now(), made_by=by)
    db.session.add(goal)
    db.session.flush()
    replace_text(key, goal_text(goal, pairing), words, seen_nothing(key))
    forget_draft(Place(NEW_GOAL, pairing.id), by, key)
    history.record(by, "goal.made", "pair_goal", goal.id)
    return goal


@operation
def change_goal(goal: PairGoal, pairing: Pairing, by: int, words: Mapping[str, str], seen: str, key: bytes) -> bool:
    """Other words for a goal. Raises DomainError for one that was removed, Conflict and DomainError like ``replace_text``."""
    refuse_removed(goal)
    replace_text(key, goal_text(goal, pairing), words, seen)
    forget_draft(Place(GOAL, goal.id), by, key)
    history.record(by, "goal.changed", "pair_goal", goal.id)
    return True


@operation
def close_goal(
    goal: PairGoal, pairing: Pairing, by: int, result: str, growth: Mapping[str, str], seen: str, key: bytes
) -> bool:
    """Close a goal with one of RESULTS and the evidence.

    Raises DomainError for one that is closed or was removed, and like ``replace_text``.
    """
    refuse_removed(goal)
    if goal.closed_at:
        raise DomainError(_("This goal is closed already."))
    if result not in RESULTS:
        raise DomainError(_("Say what became of it."), "result")
    refuse_when_gone(pairing, growth)
    replace_text(key, goal_text(goal, pairing), growth, seen)
    forget_draft(Place(CLOSING, goal.id), by, key)
    goal.result, goal.closed_at, goal.closed_by = result, clock.now(), by
    history.record(by, "goal.closed", "pair_goal", goal.id)
    return True


@operation
def reopen_goal(goal: PairGoal, pairing: Pairing, by: int) -> None:
    """Take a closing back. Raises DomainError where three others are open."""
    if goal.closed_at is None:
        return
    _refuse_a_fourth(pairing.id)
    goal.result, goal.closed_at, goal.closed_by = "", None, None
    history.record(by, "goal.reopened", "pair_goal", goal.id)


@operation
def remove_goal(goal: PairGoal, by: int) -> None:
    """Take a goal away as a whole, open or closed. Its cycles go on without it; its words go for good a week later."""
    if goal.deleted_at is None:
        goal.deleted_at = clock.now()
        history.record(by, "goal.removed", "pair_goal", goal.id)


@operation
def restore_goal(goal: PairGoal, by: int) -> None:
    """Bring back a goal that was removed.

    Raises DomainError where three others are open meanwhile, and once its words are gone.
    """
    if goal.deleted_at is None:
        return
    if is_past_bringing_back(goal):
        raise DomainError(
            _("It was removed more than a week ago, and its words are gone. Write it down as a new goal.")
        )
    if goal.closed_at is None:
        _refuse_a_fourth(goal.pairing_id)
    goal.deleted_at = None
    history.record(by, "goal.restored", "pair_goal", goal.id)


@operation
def move_up(goal: PairGoal, by: int) -> None:
    """Put an open goal before the one above it; the first stays where it is."""
    still = _open_goals(goal.pairing_id)
    place = next((number for number, one in enumerate(still) if one.id == goal.id), 0)
    if place:
        still[place - 1], still[place] = still[place], still[place - 1]
        for number, one in enumerate(still, 1):
            one.position = number
        history.record(by, "goal.moved", "pair_goal", goal.id)


def goal_text(goal: PairGoal, pairing: Pairing) -> Where:
    return Where("goal", goal.id, in_whose_name(pairing), "we_two")


def refuse_removed(goal: PairGoal) -> None:
    """Raises DomainError for one that was removed."""
    if goal.deleted_at:
        raise DomainError(
            _(
                "This goal was removed while you wrote, so nothing was saved. Copy what you typed, and write it down as a new goal."
            )
        )


def _refuse_a_fourth(pairing_id: int) -> None:
    # Whoever comes second waits here, and counts the first one's goal too (SQLite: each operation takes the lock anyway).
    db.session.execute(select(Pairing.id).where(Pairing.id == pairing_id).with_for_update())
    if len(_open_goals(pairing_id)) >= MOST_GOALS:
        raise DomainError(_("Three goals are open, and three are enough. Close one first; nothing of it is lost."))


def _open_goals(pairing_id: int) -> list[PairGoal]:
    return list(
        db.session.execute(
            select(PairGoal)
            .where(PairGoal.pairing_id == pairing_id, PairGoal.closed_at.is_(None), PairGoal.deleted_at.is_(None))
            .order_by(PairGoal.position, PairGoal.id)
        ).scalars()
    )
