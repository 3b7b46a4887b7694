"""Who borrowed what, and when: each loan through its steps, on the day and at the hour at which they happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.kit.operations_problems import refill_part
from portal.kit.operations_states import retire_kit
from portal.kit.queries import parts_of
from portal.lending.fields import Asked, Counted, UseReturned
from portal.lending.models import Loan
from portal.lending.operations_agreement import write_agreement
from portal.lending.operations_asking import approve_loan, book_loan, cancel_loan, decline_loan, request_loan
from portal.lending.operations_checking import Count, check_kit
from portal.lending.operations_closing import lose_kit, tell_use
from portal.lending.operations_reminders import remind
from portal.lending.operations_rotations import Whose, plan_rotation
from portal.lending.operations_steps import hand_over, make_ready, take_back
from portal.lending.queries import current_agreement
from portal.lending.rotations_plan import Turn
from portal.web import clock

Told = dict[str, Any]


class Lending:
    """The book of one network: its boxes, whoever minds it, the agreement in force, and its loans by box and borrower."""

    def __init__(self, story: Story, kits: dict[str, int]) -> None:
        self.story, self.kits = story, kits
        self.network_id, self.by = story.networks["tarn-and-tide"], story.who("ines")
        self.loans: dict[tuple[str, str], int] = {}

    def day(self, days: int) -> date:
        """So many days from the Monday of the calendar's running week."""
        return self.story.today + timedelta(days=days - self.story.today.weekday())

    @contextmanager
    def on(self, days: int, hour: str) -> Iterator[date]:
        """Within it is that day, or now where that day is still to come."""
        with at(min(self.story.moment(self.day(days), hour), self.story.now)):
            yield clock.today(TIME_ZONE)

    def agree(self, told: list[list[Any]]) -> None:
        for version, (ago, text) in enumerate(told):
            with at(self.story.ago(ago, "21:10")):
                write_agreement(self.by, self.network_id, version, text.strip())

    @property
    def agreement_id(self) -> int | None:
        agreement = current_agreement(self.network_id)
        return agreement.id if agreement else None

    def tell(self, told: Told) -> None:
        """One loan, as far as it has come."""
        self.loans[told["kit"], told["who"]] = loan_id = self._ask(told)
        if told.get("waits") or told.get("declined"):
            return
        if "ready" in told:
            with self.on(told["ready"], "15:30"):
                make_ready(self.by, loan_id)
        if "cancelled" in told:
            with self.on(told["cancelled"], "12:40"):
                cancel_loan(self.story.who(told["who"]), loan_id)
        if "out" in told:
            self.hand_over(told, loan_id)
        for day, hour in told.get("reminded", []):
            with self.on(day, hour):
                remind()

    def _ask(self, told: Told) -> int:
        """Asked for and answered the morning after, or written down by a coordinator."""
        who, kit_id = self.story.who(told["who"]), self.kits[told["kit"]]
        classes, pupils = told.get("expects", (None, None))
        asked = Asked(self.day(told["from"]), self._last(told), told.get("purpose", ""), told.get("year", ""),
                      classes, pupils, self.agreement_id)  # fmt: skip
        if "booked" in told:
            with self.on(told["booked"], "16:20") as day:
                return book_loan(self.by, who, self.network_id, kit_id, asked, day)
        with self.on(told["asked"], "17:35") as day:
            loan_id = request_loan(who, self.network_id, kit_id, asked, day)
        with self.on(told["asked"] + 1, "07:45") as day:
            if told.get("declined"):
                decline_loan(self.by, loan_id, told["said"])
            elif not told.get("waits"):
                approve_loan(self.by, loan_id, day, told.get("said", ""))
        return loan_id

    def _last(self, told: Told) -> date:
        """A box that is out is late in one case only: at a weekend others are due today, if they were on Friday."""
        last = self.day(told["to"])
        is_out = "out" in told and not {"back", "lost", "reminded"} & told.keys()
        return max(last, self.story.today) if is_out else last

    def hand_over(self, told: Told, loan_id: int) -> None:
        """It leaves; and what came of it after."""
        who = self.story.who(told["who"])
        with self.on(told["out"], "08:10"):
            hand_over(self.by, loan_id, {}, agreed_to=self.agreement_id)
        if "lost" in told:
            with self.on(told["lost"], "18:00") as day:
                lose_kit(self.by, loan_id, day)
                retire_kit(self.by, self.kits[told["kit"]], told["retired"])
        if "back" in told:
            with self.on(told["back"], "15:50") as day:
                take_back(None, loan_id, day)
        if "counted" in told:
            with self.on(told["back"] + 1, "16:15") as day:
                self._count(told, loan_id, day)
        if "use" in told:
            with self.on(told["back" if "back" in told else "out"] + 2, "17:05") as day:
                tell_use(who, loan_id, _use(told["use"]), day)

    def _count(self, told: Told, loan_id: int, day: date) -> None:
        kit_id = self.kits[told["kit"]]
        parts = {part.title: part.id for part in parts_of(kit_id)}
        counted = [Counted(parts[title], *numbers) for title, numbers in told["counted"].items()]
        check_kit(self.by, loan_id, Count(counted, told.get("words", "")), day)
        for title, quantity in told.get("refilled", {}).items():
            refill_part(self.by, kit_id, parts[title], quantity)

    def rotate(self, told: Told) -> None:
        """Turns through several classrooms; the first is over and the second is on."""
        turns = [
            Whose(self.story.who(who), Turn(self.day(first), self.day(last))) for who, first, last in told["turns"]
        ]
        with self.on(told["planned"], "20:30") as day:
            rotation_id = plan_rotation(
                self.story.who(told["by"]), self.network_id, self.kits[told["kit"]], told["title"], turns, day
            )
        loans = select(Loan.id).where(Loan.rotation_id == rotation_id).order_by(Loan.starts_on)
        for (who, *_days), part, loan_id in zip(
            told["turns"], ("first", "second"), db.session.execute(loans).scalars(), strict=False
        ):
            self.hand_over({"kit": told["kit"], "who": who, **told[part]}, loan_id)


def _use(told: Told) -> UseReturned:
    return UseReturned(
        classes=told["classes"],
        students=None if told["students"] < 0 else told["students"],
        again=told["again"],
        year_group=told["year"],
        engagement=told["engagement"],
        level=told["level"],
        what_changed=told.get("changed", ""),
        quote=told.get("quote", ""),
        quote_allowed=told.get("allowed", False),
    )


def tell_loans(story: Story, kits: dict[str, int]) -> Lending:
    told, book = read("loans"), Lending(story, kits)
    book.agree(told["agreements"])
    for loan in told["loan"]:
        book.tell(loan)
    book.rotate(told["rotation"])
    return book
