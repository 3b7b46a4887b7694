"""The doors of loans: the list, mine, and the page of one loan."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.history.queries import lines_about
from portal.kit.models import Kit
from portal.kit.policy import Member
from portal.lending.models import Loan
from portal.lending.policy import can_cancel, can_decide
from portal.lending.queries_list import MyLoan, conditions, counts, loans, my_loans, my_open_loans
from portal.lending.queries_loan import LoanSeen, lacking, loan_seen, next_loan, others_who_asked, use_of
from portal.lending.rules import clash_in
from portal.lending.words import STATES, course, standing, state_word, window
from portal.networks.scope import here, room_blueprint
from portal.web import clock
from portal.web import listing as lists
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort
from portal.web.numbers import row_number
from portal.web.tables import Column

loans_pages = room_blueprint("loans", __name__, path="/kit/loans", room="kit")

SORTS = (
    Sort("start", _l("Latest days first"), (Loan.starts_on.desc(), Loan.id.desc())),
    Sort("asked", _l("Newest request first"), (Loan.requested_at.desc(), Loan.id.desc())),
    Sort("due", _l("Due back first"), (Loan.ends_on, Loan.id)),
    Sort("kit", _l("By box"), (Kit.title, Loan.starts_on.desc(), Loan.id)),
)
MINE = (Sort("start", _l("Newest first"), (Loan.starts_on.desc(), Loan.id.desc())),)
TABS = {
    "": _l("All"),
    "asked": _l("Asked for"),
    "coming": _l("Booked"),
    "out": _l("Out"),
    "late": _l("Late"),
    "back": _l("Back, not closed"),
    "past": _l("Past"),
}
HEADINGS = (
    _l("Box"), _l("Number"), _l("Who"), _l("Where"), _l("From"), _l("Until"), _l("State"), _l("What it is for"),
    _l("Year group"), _l("Classes expected"), _l("Young people expected"), _l("Its use was told"),
)  # fmt: skip


@loans_pages.get("/")
def index() -> Response:
    member, on = here().membership, today()
    kit_id = request.args.get("kit", type=row_number)
    stands, state = conditions(on), request.args.get("state", "")
    query = loans(member, kit_id)
    found = Listing(query.where(stands[state]) if state in stands else query, SORTS)
    if kind := lists.wanted_export():
        return lists.export(_("loans"), [Column(str(name)) for name in HEADINGS], found.everything(), kind, _cells)
    many = counts(member, on)
    return page(
        "lending/index.html",
        fragments=("found",),
        listing=found,
        chips=[
            (name, str(label), url_for(".index", state=name or None), many.get(name)) for name, label in TABS.items()
        ],
        state=state if state in stands else "",
        many=many,
        on=on,
        **words_of_loans(),
    )


def _cells(row: Any) -> tuple[Any, ...]:
    loan: Loan = row.Loan
    what = (row.title, row.asset_code, row.person, row.school, loan.starts_on, loan.ends_on)
    expected = (loan.purpose, loan.year_group, loan.classes, loan.students)
    return (*what, state_word(standing(loan, today())), *expected, _("yes") if loan.use_told_at else _("no"))


@loans_pages.get("/mine")
def mine() -> Response:
    mine_here = here().network.id, me().person_id
    return page(
        "lending/mine.html",
        mine=my_open_loans(*mine_here),
        listing=Listing(my_loans(*mine_here, open_ones=False), MINE),
        as_mine=MyLoan,
        on=today(),
        **words_of_loans(),
    )


@loans_pages.get("/<int:loan_id>")
def show(loan_id: int) -> Response:
    seen = the_loan(loan_id)
    loan, kit, member = seen.loan, seen.kit, here().membership
    decides, is_asked = can_decide(member, kit), loan.state == "requested"
    days = kit.id, loan.starts_on, loan.ends_on
    return page(
        "lending/show.html",
        seen=seen,
        loan=loan,
        kit=kit,
        state=standing(loan, today()),
        steps=list(course(loan, kit)),
        clash=clash_in(kit, loan.starts_on, loan.ends_on, today(), but=loan.id) if is_asked and decides else "",
        others=others_who_asked(*days, but=loan.id) if is_asked and decides else [],
        lacking=lacking(loan_id) if loan.checked_at else [],
        use=use_of(loan),
        next=next_loan(kit.id, loan) if decides and loan.out_at and not loan.ended_at else None,
        lines=lines_about("loan", loan_id, limit=12),
        can_decide=decides,
        can_cancel=can_cancel(member, kit, loan),
        is_mine=loan.person_id == member.person_id,
        on=today(),
        **words_of_loans(),
    )


def words_of_loans() -> dict[str, Any]:
    """What templates say states and days with."""
    return {"states": STATES, "standing": standing, "window": window}


def the_loan(loan_id: int, may: Callable[[Member, Kit, Loan], bool] | None = None) -> LoanSeen:
    """The loan as this member may see it, else 404; 403 where she may see it but not do this."""
    seen = loan_seen(here().membership, loan_id)
    if seen is None:
        raise NotHere
    if may is not None and not may(here().membership, seen.kit, seen.loan):
        raise NotYours
    return seen


def undo_of(loan_id: int) -> str:
    """Where the step that was just taken is taken back, and no later one."""
    return url_for("loans.take_step_back", loan_id=loan_id, seen=the_loan(loan_id).loan.state)


def decides(member: Member, kit: Kit, loan: Loan) -> bool:
    """``can_decide`` as ``the_loan`` asks it."""
    return can_decide(member, kit)


def today() -> date:
    """The day on the network's clocks."""
    return clock.today(here().network.time_zone)
