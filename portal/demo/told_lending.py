"""What goes on round the loans: the day on which somebody drives, what is wrong with boxes, and the reminders."""

from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.demo.story import Story, at, read
from portal.demo.told_kits import tell_kits
from portal.demo.told_loans import Lending, tell_loans
from portal.kit.fields import Said
from portal.kit.letters import tell_of_problems
from portal.kit.models import KitProblem
from portal.kit.operations_problems import settle_problem, tell_problems
from portal.kit.operations_service import take_out_of_service
from portal.kit.queries import parts_of
from portal.lending.fields import RunFields
from portal.lending.operations_reminders import remind
from portal.lending.operations_runs import load_run, plan_run

Told = dict[str, Any]


def tell_lending(story: Story) -> None:
    """Boxes, loans, runs and problems; at last the mails that the worker would have written by now."""
    book = tell_loans(story, tell_kits(story))
    told = read("loans")
    _drive(book, told["run"])
    for problem in told["problem"]:
        _complain(book, problem)
    mending = told["mending"]
    with book.on(mending["from"], "08:00"):
        first, last = book.day(mending["from"]), book.day(mending["to"])
        take_out_of_service(story.who(mending["by"]), book.kits[mending["kit"]], first, last, mending["why"])
    with at(story.now):
        tell_of_problems()
        remind()


def _drive(book: Lending, told: Told) -> None:
    said = RunFields(book.day(told["day"]), told["title"], told["note"], book.story.who(told["driver"]))
    with book.on(told["planned"], "20:45"):
        run_id = plan_run(book.by, book.network_id, said)
        out, back = ([book.loans[kit, who] for kit, who in told[way]] for way in ("out", "back"))
        load_run(book.by, run_id, out, back)


def _complain(book: Lending, told: Told) -> None:
    """Said by the borrower, or by somebody who stood before the box; and what became of it."""
    story, kit_id = book.story, book.kits[told["kit"]]
    part_id = next((part.id for part in parts_of(kit_id) if part.title == told.get("part")), None)
    with at(story.ago(told["ago"], "13:15")):
        actor = story.who(told["who"]) if told["who"] else None
        tell_problems(actor, kit_id, [Said(told["kind"], part_id, told.get("many", 1), told["words"])], "the story")
    if "settled" in told:
        ago, outcome, cost = told["settled"]
        newest = select(KitProblem.id).where(KitProblem.kit_id == kit_id).order_by(KitProblem.id.desc()).limit(1)
        with at(story.ago(ago, "16:30")):
            settle_problem(book.by, kit_id, db.session.execute(newest).scalar_one(), outcome, cost)
