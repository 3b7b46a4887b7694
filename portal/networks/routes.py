"""The doors of a network's own pages: what it is, its charter, what changed."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.history.models import HistoryLine
from portal.history.queries import told
from portal.networks.forms import CharterForm
from portal.networks.operations_settings import change_charter
from portal.networks.policy import can_manage
from portal.networks.queries import terms_of
from portal.networks.queries_about import children_of, coming_sessions, counts_of, network_with, parent_of
from portal.networks.queries_history import lines_here, newest_lines
from portal.networks.queries_members import coordinators_of
from portal.networks.queries_schools import hosts_of
from portal.networks.scope import here, room_blueprint
from portal.web.errors import NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort

network = room_blueprint("network", __name__, path="")


def network_page(template: str, tab: str, status: int | None = None, **context: Any) -> Response:
    """One of the network's own pages, with the counts that stand on its tabs."""
    place, member = here().network, here().membership
    counts = counts_of(place.id, member.is_coordinator)
    return page(template, status=status, tab=tab, counts=counts, can_manage=can_manage(member), **context)


def coordinators_only() -> None:
    """403 for members without the right."""
    if not can_manage(here().membership):
        raise NotYours


@network.get("/")
def index() -> Response:
    place, me_here = here().network, here().membership
    return network_page(
        "networks/index.html",
        "about",
        whole=network_with(place.id),
        hosts=hosts_of(place.id),
        coordinators=coordinators_of(place.id),
        sessions=coming_sessions(place.id) if "events" in place.rooms else [],
        above=parent_of(place.parent_id, me_here.person_id),
        below=children_of(place.id, me_here.person_id),
        has_terms=bool(terms_of(place.id)) if me_here.is_coordinator else True,
        lines=newest_lines(place.id, me_here.is_coordinator),
    )


@network.get("/charter")
def charter() -> Response:
    return network_page("networks/charter.html", "charter", whole=network_with(here().network.id))


@network.get("/charter/edit")
def edit_charter() -> Response:
    coordinators_only()
    return network_page("networks/charter_edit.html", "charter", form=CharterForm(obj=network_with(here().network.id)))


@network.post("/charter/edit")
def save_charter() -> AnyResponse:
    coordinators_only()
    form = CharterForm()
    place, by = here().network, here().membership.person_id
    if form.accepted():
        version = form.row_version.data or 0
        if form.attempt(change_charter, place.id, version, form.data, by):
            return done(url_for("network.charter"), _("The charter is changed. Everybody in the network can read it."))
    return edited_page("networks/charter_edit.html", "charter", form)


def edited_page(template: str, tab: str, form: Any, **context: Any) -> Response:
    """The form once more: 422, or 409 with both texts when somebody else saved meanwhile."""
    if form.conflict:
        # Saving again replaces the other version knowingly.
        form.row_version.raw_data = None
        form.row_version.data = network_with(here().network.id).row_version
    context["pairs"] = [
        (form[name].label.text, form[name].data if form[name].data is not None else "", theirs)
        for name, theirs in form.conflict.items()
        if name in form and str(form[name].data or "") != theirs
    ]
    return network_page(template, tab, form=form, **context)


@network.get("/history")
def history() -> Response:
    newest = Sort("newest", _("Newest first"), (HistoryLine.at.desc(), HistoryLine.id.desc()))
    oldest = Sort("oldest", _("Oldest first"), (HistoryLine.at, HistoryLine.id))
    listing = Listing(lines_here(here().network.id, here().membership.is_coordinator), (newest, oldest), size=50)
    return network_page("networks/history.html", "history", listing=listing, lines=told(listing.items))
