"""The doors to what an event cost: its lines, adding, changing, taking out and putting back. For coordinators."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.event_file import operations as act
from portal.event_file.blueprints import event_file
from portal.event_file.forms import CostForm, TimeForm
from portal.event_file.models import EventCost
from portal.event_file.queries_costs import cost_in, costs_of, totals_of
from portal.event_file.sheets import COST_COLUMNS, cost_cells
from portal.event_file.words import ALL_KINDS
from portal.events.models import Event
from portal.events.policy import can_edit
from portal.events.queries_event import event_in
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.web import money
from portal.web.errors import NotHere, NotYours
from portal.web.forms import pressed
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.numbers import number_of

PATH = "/<int:event_id>/costs"
SORTS = (
    Sort("added", _l("As they were added"), (EventCost.id,)),
    Sort("kind", _l("By kind"), (EventCost.kind, EventCost.id)),
    Sort("most", _l("Most first"), (EventCost.amount.desc(), EventCost.id)),
)


@event_file.get(PATH)
def costs(event_id: int) -> AnyResponse:
    event = mine_to_keep(event_id)
    kind = wanted_export()
    if kind:
        rows = Listing(costs_of(event_id), SORTS).everything()
        return export(f"{here().network.slug}-costs-{event_id}", COST_COLUMNS, rows, kind, cost_cells)
    return _costs_page(event, CostForm(_usual()), TimeForm())


@event_file.post(PATH)
def add_cost(event_id: int) -> AnyResponse:
    event = mine_to_keep(event_id)
    form = CostForm(_usual())
    made = form.attempt(act.add_cost, event, form.draft(), here().membership.person_id) if form.accepted() else None
    if made:
        return done(url_for(".costs", event_id=event_id), _("Added to the costs."))
    return _costs_page(event, form, TimeForm(), form)


@event_file.post(f"{PATH}/time")
def add_time(event_id: int) -> AnyResponse:
    event = mine_to_keep(event_id)
    form = TimeForm()
    made = form.attempt(act.add_cost, event, form.draft(), here().membership.person_id) if form.accepted() else None
    if made:
        return done(url_for(".costs", event_id=event_id), _("Noted as time, apart from the money."))
    return _costs_page(event, CostForm(_usual()), form, form)


@event_file.get(f"{PATH}/<int:cost_id>")
def cost(event_id: int, cost_id: int) -> AnyResponse:
    event, found = _both(event_id, cost_id)
    return _cost_page(event, found, _form_for(found))


@event_file.post(f"{PATH}/<int:cost_id>")
def change_cost(event_id: int, cost_id: int) -> AnyResponse:
    event, found = _both(event_id, cost_id)
    form = _form_for(found)
    if form.accepted():
        seen = number_of(form.seen.data) or 0
        if form.attempt(act.change_cost, event, found, seen, form.draft(), here().membership.person_id):
            return done(url_for(".costs", event_id=event_id), _("Saved."))
    return _cost_page(event, found, form)


@event_file.post(f"{PATH}/<int:cost_id>/removal")
def remove_cost(event_id: int, cost_id: int) -> AnyResponse:
    event, found = _both(event_id, cost_id)
    pressed(act.remove_cost, event, found, here().membership.person_id)
    undo = url_for(".return_cost", event_id=event_id, cost_id=cost_id)
    return done(url_for(".costs", event_id=event_id), _("The line is out of the costs."), undo)


@event_file.post(f"{PATH}/<int:cost_id>/returning")
def return_cost(event_id: int, cost_id: int) -> AnyResponse:
    event, found = _both(event_id, cost_id, removed=True)
    pressed(act.return_cost, event, found, here().membership.person_id)
    return done(url_for(".costs", event_id=event_id), _("The line is back."))


def mine_to_keep(event_id: int) -> Event:
    """The event, for coordinators and whoever it belongs to: costs, names and hours are their business alone."""
    event = event_in(here().network.id, event_id)
    if not can_edit(here().membership, event.owner_id):
        raise NotYours
    return event


def _usual() -> str:
    return money.usual_currency(here().network.locale)


def _both(event_id: int, cost_id: int, removed: bool = False) -> tuple[Event, EventCost]:
    event = mine_to_keep(event_id)
    found = cost_in(event_id, cost_id, removed)
    if found is None:
        raise NotHere
    return event, found


def _form_for(cost: EventCost) -> CostForm | TimeForm:
    return TimeForm(cost) if cost.minutes is not None else CostForm(_usual(), cost)


def _costs_page(
    event: Event, cost_form: CostForm, time_form: TimeForm, wrong: CostForm | TimeForm | None = None
) -> Response:
    return page(
        "event_file/costs.html",
        event=event,
        listing=Listing(costs_of(event.id), SORTS),
        totals=totals_of(event.id),
        cost_form=cost_form,
        time_form=time_form,
        form=wrong,
        lines=lines_about("event_file", event.id),
        kinds=ALL_KINDS,
        money=money,
    )


def _cost_page(event: Event, cost: EventCost, form: CostForm | TimeForm) -> Response:
    form.replaces(form.seen, cost.row_version)
    return page("event_file/cost.html", event=event, cost=cost, form=form)
