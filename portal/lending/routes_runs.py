"""The doors of delivery runs: the days, what goes along, and the driver's list with a tick at each door."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.db import db
from portal.lending import operations_runs as act
from portal.lending import queries_runs as queries
from portal.lending.calendar_links import loan_url
from portal.lending.forms_runs import LoadForm, RunForm
from portal.lending.models import DeliveryRun
from portal.lending.operations_steps import hand_over, step_back, take_back
from portal.lending.policy import can_plan_runs, can_work_run
from portal.lending.queries_rotations import colleagues_in
from portal.networks.scope import here, room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.people.models import Person
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort
from portal.web.numbers import number_of

kit_runs = room_blueprint("kit_runs", __name__, path="/kit/runs", room="kit")
declare_tab("kit", Tab("runs", _l("Delivery runs"), "kit_runs.index", 70, under="calendar"))
SORTS = (Sort("day", _l("Latest first"), (DeliveryRun.on_day.desc(), DeliveryRun.id.desc())),)


@kit_runs.get("/")
def index() -> Response:
    member = here().membership
    listing = Listing(queries.runs(member.network_id), SORTS)
    return page("lending/runs.html", listing=listing, can_plan=can_plan_runs(member), today=_today())


@kit_runs.get("/new")
def new() -> Response:
    _may_plan()
    return page("lending/run_form.html", form=_form(), run=None)


@kit_runs.post("/")
def create() -> AnyResponse:
    _may_plan()
    form = _form()
    if form.accepted():
        made = form.attempt(act.plan_run, me().person_id, here().network.id, form.said())
        if made:
            return done(url_for(".loading", run_id=made), _("Planned. Now choose what goes along."))
    return page("lending/run_form.html", form=form, run=None)


@kit_runs.get("/<int:run_id>")
def show(run_id: int) -> Response:
    run = _run(run_id, can_work_run)
    rides = queries.rides_of(run)
    return page(
        "lending/run.html",
        run=run,
        out=[one for one in rides if one.out_run_id == run.id],
        back=[one for one in rides if one.back_run_id == run.id],
        driver=db.session.get_one(Person, run.driver_id).name if run.driver_id else "",
        can_plan=can_plan_runs(here().membership),
        today=_today(),
        loan_url=loan_url,
    )


@kit_runs.get("/<int:run_id>/edit")
def edit(run_id: int) -> Response:
    _may_plan()
    run = _run(run_id, can_work_run)
    now = {"on_day": run.on_day, "title": run.title, "note": run.note, "driver_id": run.driver_id or 0}
    return page("lending/run_form.html", form=_form(data=now | {"seen": str(run.row_version)}), run=run)


@kit_runs.post("/<int:run_id>")
def change(run_id: int) -> AnyResponse:
    _may_plan()
    run, form = _run(run_id, can_work_run), _form()
    seen = number_of(form.seen.data) or 0
    if form.accepted() and form.attempt(act.change_run, me().person_id, run_id, seen, form.said()):
        return done(url_for(".show", run_id=run_id), _("Saved."))
    form.replaces(form.seen, run.row_version)
    return page("lending/run_form.html", form=form, run=run)


@kit_runs.get("/<int:run_id>/loading")
def loading(run_id: int) -> Response:
    """What goes along: what is chosen, and ticked beforehand whatever has no nearer run."""
    _may_plan()
    run = _run(run_id, can_work_run)
    out, back = _offers(run)
    chosen = {
        "out": [one.loan_id for one in out if one.is_proposed or one.out_run_id == run.id],
        "back": [one.loan_id for one in back if one.is_proposed or one.back_run_id == run.id],
    }
    return page("lending/run_loading.html", form=LoadForm(out, back, data=chosen), run=run)


@kit_runs.post("/<int:run_id>/loading")
def load(run_id: int) -> AnyResponse:
    _may_plan()
    run = _run(run_id, can_work_run)
    form = LoadForm(*_offers(run))
    if form.accepted() and form.attempt(
        act.load_run, me().person_id, run_id, form.out.data or [], form.back.data or []
    ):
        return done(url_for(".show", run_id=run_id), _("That is what goes along."))
    return page("lending/run_loading.html", form=form, run=run)


@kit_runs.post("/<int:run_id>/out/<int:loan_id>")
def left(run_id: int, loan_id: int) -> AnyResponse:
    """A tick at the door of a school: it was handed over. Everything goes as it was last counted."""
    return _ticked(run_id, loan_id, lambda: hand_over(me().person_id, loan_id, {}), _("Handed over."))


@kit_runs.post("/<int:run_id>/back/<int:loan_id>")
def fetched(run_id: int, loan_id: int) -> AnyResponse:
    return _ticked(run_id, loan_id, lambda: take_back(me().person_id, loan_id, _today()), _("It is on its way back."))


@kit_runs.post("/<int:run_id>/undo/<int:loan_id>")
def undo(run_id: int, loan_id: int) -> AnyResponse:
    """The last tick of today was a mistake."""
    run = _run(run_id, can_work_run)
    ride = next((one for one in queries.rides_of(run) if one.loan_id == loan_id), None)
    # The tick of this run and no other step: what was counted or closed since is the keeper's.
    seen = "returned" if ride and ride.is_back and ride.back_run_id == run.id else "out"
    return _ticked(run_id, loan_id, lambda: step_back(me().person_id, loan_id, seen), _("Taken back."), undoes=True)


@kit_runs.post("/<int:run_id>/cancel")
def cancel(run_id: int) -> AnyResponse:
    _may_plan()
    _run(run_id, can_work_run)
    act.cancel_run(me().person_id, run_id)
    return done(url_for(".show", run_id=run_id), _("Called off."), undo=url_for(".restore", run_id=run_id))


@kit_runs.post("/<int:run_id>/restore")
def restore(run_id: int) -> AnyResponse:
    _may_plan()
    _run(run_id, can_work_run)
    act.restore_run(me().person_id, run_id)
    return done(url_for(".show", run_id=run_id), _("It takes place after all."))


def _ticked(run_id: int, loan_id: int, verb: Callable[[], bool], notice: str, undoes: bool = False) -> AnyResponse:
    """A tick of whoever drives, for a box that is on her list and no other."""
    run, form = _run(run_id, can_work_run), ActForm()
    ride = next((one for one in queries.rides_of(run) if one.loan_id == loan_id), None)
    if ride is None or (undoes and not (ride.is_out or ride.is_back)):
        raise NotHere
    ticked = form.accepted() and form.attempt(verb)
    url = url_for(".show", run_id=run_id) + f"#loan-{loan_id}"
    if not ticked:
        return done(url, form.refusal(), kind="wrong")
    return done(url, notice, undo=None if undoes else url_for(".undo", run_id=run_id, loan_id=loan_id))


def _offers(run: DeliveryRun) -> tuple[list[queries.Ride], list[queries.Ride]]:
    """What is on the run and has not moved, and what could be on it."""
    on_it = queries.rides_of(run)
    out = [one for one in on_it if one.out_run_id == run.id and not one.is_out]
    back = [one for one in on_it if one.back_run_id == run.id and not one.is_back]
    return out + queries.could_go_out(run), back + queries.could_come_back(run)


def _form(**values: Any) -> RunForm:
    return RunForm(_today(), colleagues_in(here().network.id), **values)


def _run(run_id: int, may: Callable[[Any, DeliveryRun], bool]) -> DeliveryRun:
    run = queries.run_in(here().network.id, run_id)
    if run is None:
        raise NotHere
    if not may(here().membership, run):
        raise NotYours
    return run


def _may_plan() -> None:
    if not can_plan_runs(here().membership):
        raise NotYours


def _today() -> date:
    return clock.today(here().network.time_zone)
