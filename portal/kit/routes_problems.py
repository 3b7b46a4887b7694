"""The doors of what is wrong: told on the kit's page, settled and opened again; the refill list and what to buy."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import func
from werkzeug.wrappers import Response

from portal.kit import operations_problems as act
from portal.kit.forms_acts import RefillForm, SettleForm
from portal.kit.forms_problems import ProblemsForm
from portal.kit.hooks import loan_of, needed_next_of
from portal.kit.models import Kit, KitPart
from portal.kit.policy import Member
from portal.kit.queries import part_of, parts_of
from portal.kit.queries_problems import (
    SHORT,
    minded_by,
    open_problems,
    problem_of,
    shopping_list,
    short_parts,
    to_refill,
)
from portal.kit.routes import kit, the_kit
from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.web import clock, money
from portal.web import listing as lists
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort
from portal.web.numbers import number_of
from portal.web.tables import Column

LINES = (
    # By the number on the box, as people count: Box 9 before Box 10.
    Sort(
        "box",
        _l("By box"),
        (func.length(Kit.asset_code), Kit.asset_code, Kit.title, Kit.id, KitPart.box, KitPart.position, KitPart.id),
    ),
    Sort("part", _l("By part"), (KitPart.title, Kit.title, KitPart.id)),
    Sort("short", _l("Most short first"), (SHORT.desc(), KitPart.title, KitPart.id)),
)
REFILL_HEADS = (_l("Box"), _l("Number"), _l("Part"), _l("In box"), _l("Belong in it"), _l("There now"), _l("Short"),
                _l("To be mended"), _l("Cost of one"), _l("Currency"), _l("Needed by"))  # fmt: skip
BUY_HEADS = (_l("Part"), _l("To buy"), _l("For boxes"), _l("Cost"), _l("Currency"), _l("Of which without a known cost"))


def _wrong(member: Member) -> tuple[int, int]:
    """Asked once a request: how many kits she minds, and how much is wrong with them."""
    known = request.environ.setdefault("kit.to_refill", {})
    if member.person_id not in known:
        known[member.person_id] = to_refill(member)
    found: tuple[int, int] = known[member.person_id]
    return found


declare_tab("kit", Tab("refill", _l("Refill and mend"), "kit.refill", 30, lambda member: _wrong(member)[1],
        lambda member: member.is_coordinator or _wrong(member)[0] > 0)
)  # fmt: skip


@kit.get("/<int:kit_id>/problems/new")
def new_problem(kit_id: int) -> Response:
    box, parts = the_kit(kit_id), parts_of(kit_id)
    return page("kit/problem.html", form=ProblemsForm(parts, {}), kit=box)


@kit.post("/<int:kit_id>/problems")
def tell(kit_id: int) -> Response:
    box, parts = the_kit(kit_id), parts_of(kit_id)
    form = ProblemsForm(parts, request.form)
    person_id = me().person_id
    if form.accepted():
        told = (form.said(), f"person {person_id}", loan_of(kit_id))
        if form.attempt(act.tell_problems, person_id, kit_id, *told):
            return done(url_for(".show", kit_id=kit_id), _("Thank you. Its keeper and the coordinators are told."))
    return page("kit/problem.html", form=form, kit=box)


@kit.get("/<int:kit_id>/problems/<int:problem_id>")
def problem(kit_id: int, problem_id: int) -> Response:
    box, found = _both(kit_id, problem_id)
    return page("kit/settling.html", form=SettleForm(box.currency), kit=box, found=found, undo=ActForm())


@kit.post("/<int:kit_id>/problems/<int:problem_id>")
def settle(kit_id: int, problem_id: int) -> Response:
    box, found = _both(kit_id, problem_id)
    form = SettleForm(box.currency)
    if form.accepted() and form.attempt(
        act.settle_problem, me().person_id, kit_id, problem_id, form.outcome.data, form.amount
    ):
        undo = url_for(".reopen", kit_id=kit_id, problem_id=problem_id)
        return done(_back_from(kit_id), _("Settled. What is there is counted anew."), undo)
    return page("kit/settling.html", form=form, kit=box, found=found, undo=ActForm())


@kit.post("/<int:kit_id>/problems/<int:problem_id>/undo")
def reopen(kit_id: int, problem_id: int) -> Response:
    _both(kit_id, problem_id)
    pressed(act.reopen_problem, me().person_id, kit_id, problem_id)
    return done(url_for(".problem", kit_id=kit_id, problem_id=problem_id), _("It is open again."))


@kit.get("/refill")
def refill() -> Response:
    member = minder()
    found = Listing(short_parts(member), LINES)
    needed = _needed(found.items)
    if kind := lists.wanted_export():
        rows = found.everything()
        needed = _needed(rows)
        heads = [Column(str(head)) for head in REFILL_HEADS]
        return lists.export(_("refill list"), heads, rows, kind, lambda row: _cells(row, needed))
    return page(
        "kit/refill.html", form=RefillForm(formdata=None), listing=found, needed=needed,
        problems=open_problems(minded_by(member)), in_words=money.in_words,
    )  # fmt: skip


@kit.get("/refill/shopping")
def shopping() -> Response:
    bought = shopping_list(minder())
    if kind := lists.wanted_export():
        heads = [Column(str(head)) for head in BUY_HEADS]
        return lists.export(_("shopping list"), heads, bought, kind, _bought)
    sums: dict[str, int] = {}
    for row in bought:
        if row.cost is not None:
            sums[row.currency] = sums.get(row.currency, 0) + row.cost
    return page("kit/shopping.html", bought=bought, sums=sums, in_words=money.in_words)


@kit.post("/<int:kit_id>/contents/<int:part_id>/refill")
def refill_part(kit_id: int, part_id: int) -> Response:
    box, part = _part(kit_id, part_id)
    form, back = RefillForm(), url_for(".refill")
    quantity = form.quantity.data or 0
    settled = form.attempt(act.refill_part, me().person_id, kit_id, part_id, quantity) if form.accepted() else None
    if settled is None:
        return done(back, form.refusal(), kind="wrong")
    undo = url_for(".undo_refill", kit_id=kit_id, part_id=part_id, quantity=quantity, settled=settled)
    sentence = ngettext(
        "%(num)s × %(part)s is back in “%(title)s”.", "%(num)s × %(part)s are back in “%(title)s”.", quantity,
        part=part.title, title=box.title,
    )  # fmt: skip
    return done(back, sentence, undo)


@kit.post("/<int:kit_id>/contents/<int:part_id>/refill/undo")
def undo_refill(kit_id: int, part_id: int) -> Response:
    _part(kit_id, part_id)
    form = ActForm()
    quantity, settled = number_of(request.args.get("quantity")) or 0, number_of(request.args.get("settled")) or 0
    if form.accepted() and 0 < quantity < 10_000 and settled < 1000:
        form.attempt(act.undo_refill, me().person_id, kit_id, part_id, quantity, settled)
    return done(url_for(".refill"), _("They are short again."))


def minder() -> Any:
    """Who refills and labels: coordinators, and keepers for the kits that they keep. Raises NotYours for others."""
    member = here().membership
    if not member.is_coordinator and not _wrong(member)[0]:
        raise NotYours
    return member


def _both(kit_id: int, problem_id: int) -> tuple[Kit, Any]:
    box, found = the_kit(kit_id, to_mind=True), problem_of(kit_id, problem_id)
    if found is None:
        raise NotHere
    return box, found


def _part(kit_id: int, part_id: int) -> tuple[Kit, KitPart]:
    box, part = the_kit(kit_id, to_mind=True), part_of(kit_id, part_id)
    if part is None or part.removed_at:
        raise NotHere
    return box, part


def _back_from(kit_id: int) -> str:
    """To the list that she came from, or else to the kit."""
    return url_for(".refill") if request.args.get("from") == "refill" else url_for(".show", kit_id=kit_id)


def _needed(rows: list[Any]) -> Any:
    return needed_next_of(sorted({row.kit_id for row in rows}), clock.today(here().network.time_zone))


def _cells(row: Any, needed: Any) -> list[Any]:
    cost = None if row.cost is None else money.exactly(row.cost, row.currency)
    first = [row.kit_title, row.asset_code, row.title, row.box, row.quantity, row.there, row.short, row.broken]
    return [*first, cost, row.currency, needed.get(row.kit_id)]


def _bought(row: Any) -> list[Any]:
    cost = None if row.cost is None else money.exactly(row.cost, row.currency)
    return [row.title, row.short, row.kits, cost, row.currency, row.unknown or 0]
