"""Something is missing, broken or used up: said by anybody at the box, settled by whoever minds it.

What is there counts what can be used: a report lowers it, and settling puts it right again.
"""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db, operation
from portal.history.models import HistoryLine
from portal.history.phrases import declare
from portal.kit.fields import Said
from portal.kit.models import OUTCOMES, Kit, KitPart, KitProblem
from portal.kit.operations import note
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.limits import too_many

# Reports from one place in an hour: a school behind one address has several boxes, nobody has sixty faults.
REPORTS, WINDOW = 20, 60
# With these the thing is there again; what is gone for good belongs there no longer.
PUT_RIGHT = ("refilled", "mended", "found", "nothing")

declare(
    {
        "kit.problem_told": _l("%(actor)s said what is wrong with “%(title)s”: %(what)s"),
        "kit.problem_told_at_the_box": _l("Somebody said at the box what is wrong with “%(title)s”: %(what)s"),
        "kit.problem_settled": _l("%(actor)s settled what was wrong with “%(title)s”: %(what)s"),
        "kit.problem_reopened": _l("%(actor)s opened again what is wrong with “%(title)s”: %(what)s"),
        "kit.refilled": _l("%(actor)s put %(quantity)s × %(what)s back into “%(title)s”"),
        "kit.refill_undone": _l("%(actor)s took back that %(quantity)s × %(what)s were put into “%(title)s”"),
    }
)


@operation
def tell_problems(
    actor_id: int | None, kit_id: int, said: Sequence[Said], client: str, loan_id: int | None = None
) -> int:
    """Say what is wrong; ``actor_id`` of None: at the box, without signing in. Returns how many things were said.

    ``loan_id`` is the loan that the kit is out on. Raises DomainError for too many reports from one place in an hour.
    """
    if too_many("kit-problem", client, REPORTS, WINDOW):
        raise DomainError(_("That was a lot in one hour. Come back a little later."))
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    names = []
    for one in said:
        part = _part(kit, one.part_id)
        quantity = min(one.quantity, part.quantity) if part and part.quantity else one.quantity
        db.session.add(
            KitProblem(
                kit_id=kit.id, part_id=part.id if part else None, loan_id=loan_id, kind=one.kind, quantity=quantity,
                text=one.text, told_by=actor_id, told_at=clock.now(),
            )
        )  # fmt: skip
        if part and one.kind != "other":
            part.there = max(0, part.there - quantity)
        names.append(part.title if part else _("the kit as a whole"))
    action = "kit.problem_told" if actor_id else "kit.problem_told_at_the_box"
    note(actor_id, action, kit, what=", ".join(dict.fromkeys(names)))
    return len(said)


@operation
def settle_problem(actor_id: int, kit_id: int, problem_id: int, outcome: str, cost: int | None) -> bool:
    """What became of it, and what it cost in the smallest unit of the kit's currency (None: not known)."""
    kit, problem, part = _all(kit_id, problem_id)
    if problem.settled_at:
        return True
    if outcome not in OUTCOMES:
        raise DomainError(_("Choose what became of it."), "outcome")
    problem.settled_at, problem.settled_by = clock.now(), actor_id
    problem.outcome, problem.cost = outcome, cost
    there, quantity = (part.there, part.quantity) if part else (0, 0)
    if part and problem.kind != "other":
        _put(part, problem.quantity, outcome)
    # Some of it may have been refilled before: what this changed is what opening it again takes back.
    change = [part.there - there, part.quantity - quantity] if part else [0, 0]
    note(actor_id, "kit.problem_settled", kit, what=_name(part), problem_id=problem_id, change=change)
    return True


@operation
def reopen_problem(actor_id: int, kit_id: int, problem_id: int) -> bool:
    """Undo of settling it."""
    kit, problem, part = _all(kit_id, problem_id)
    if not problem.settled_at:
        return True
    if part and problem.kind != "other":
        more, belong = _change_by(problem)
        part.quantity = max(0, part.quantity - belong)
        part.there = min(part.quantity, max(0, part.there - more))
    problem.settled_at = problem.settled_by = problem.cost = None
    problem.outcome = ""
    note(actor_id, "kit.problem_reopened", kit, what=_name(part))
    return True


@operation
def refill_part(actor_id: int, kit_id: int, part_id: int, quantity: int) -> int:
    """So many were put back. What was said to be missing or used up is settled as far as they reach, oldest first.

    Returns how many problems that were. Raises DomainError for more than are short.
    """
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    part = db.session.get_one(KitPart, part_id, populate_existing=True)
    assert part.kit_id == kit.id
    if not 0 < quantity <= part.quantity - part.there:
        raise DomainError(_("Only %(num)s are short.", num=part.quantity - part.there), "quantity")
    part.there += quantity
    settled, left, now = 0, quantity, clock.now()
    for problem in _open_of(part_id):
        if problem.quantity > left:
            break
        left -= problem.quantity
        problem.settled_at, problem.settled_by, problem.outcome = now, actor_id, "refilled"
        settled += 1
    note(actor_id, "kit.refilled", kit, quantity=quantity, what=part.title)
    return settled


@operation
def undo_refill(actor_id: int, kit_id: int, part_id: int, quantity: int, settled: int) -> bool:
    """Undo of refilling: so many are short again, and the ``settled`` newest settlements of that kind are open again."""
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    part = db.session.get_one(KitPart, part_id, populate_existing=True)
    assert part.kit_id == kit.id
    part.there = max(0, part.there - quantity)
    refilled = select(KitProblem).where(KitProblem.part_id == part_id, KitProblem.outcome == "refilled")
    for problem in db.session.execute(refilled.order_by(KitProblem.settled_at.desc()).limit(settled)).scalars():
        problem.settled_at = problem.settled_by = None
        problem.outcome = ""
    note(actor_id, "kit.refill_undone", kit, quantity=quantity, what=part.title)
    return True


def _put(part: KitPart, quantity: int, outcome: str) -> None:
    if outcome in PUT_RIGHT:
        part.there = min(part.quantity, part.there + quantity)
    else:
        part.quantity = max(0, part.quantity - quantity)
        part.there = min(part.there, part.quantity)


def _change_by(problem: KitProblem) -> tuple[int, int]:
    """How settling changed what is there and what belongs there; by all of it where a count or a refill settled it."""
    lines = select(HistoryLine.details).where(
        HistoryLine.subject_kind == "kit",
        HistoryLine.subject_id == problem.kit_id,
        HistoryLine.action == "kit.problem_settled",
        HistoryLine.details["problem_id"].as_integer() == problem.id,
        HistoryLine.at >= problem.settled_at,
    )
    details = db.session.execute(lines.order_by(HistoryLine.id.desc()).limit(1)).scalar()
    if details:
        return details["change"][0], details["change"][1]
    return (problem.quantity, 0) if problem.outcome in PUT_RIGHT else (0, -problem.quantity)


def _open_of(part_id: int) -> Sequence[KitProblem]:
    query = select(KitProblem).where(
        KitProblem.part_id == part_id,
        KitProblem.settled_at.is_(None),
        KitProblem.kind.in_(("missing", "used_up")),
    )
    return db.session.execute(query.order_by(KitProblem.told_at, KitProblem.id)).scalars().all()


def _part(kit: Kit, part_id: int | None) -> KitPart | None:
    if part_id is None:
        return None
    part = db.session.get_one(KitPart, part_id, populate_existing=True)
    assert part.kit_id == kit.id
    return part


def _all(kit_id: int, problem_id: int) -> tuple[Kit, KitProblem, KitPart | None]:
    problem = db.session.get_one(KitProblem, problem_id, populate_existing=True)
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    assert problem.kit_id == kit.id
    return kit, problem, _part(kit, problem.part_id)


def _name(part: KitPart | None) -> str:
    return part.title if part else _("the kit as a whole")
