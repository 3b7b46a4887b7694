"""The administrator's doors to networks: make, close, open again, give a coordinator. Never their content."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms import AppointForm, NetworkForm
from portal.admin.queries import all_networks, open_networks
from portal.admin.routes import admin
from portal.history.queries import lines_about
from portal.networks.forms_joining import SureTickForm
from portal.networks.models import Network
from portal.networks.operations_network import appoint_coordinator, close_network, make_network, reopen_network
from portal.networks.queries_about import network_with
from portal.networks.queries_members import coordinators_of
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort


@admin.get("/networks")
def networks() -> Response:
    by_name = Sort("name", _("By name"), (Network.name, Network.id))
    newest = Sort("newest", _("Newest first"), (Network.created_at.desc(), Network.id))
    return page("admin/networks.html", listing=Listing(all_networks(), (by_name, newest)))


@admin.get("/networks/new")
def new_network() -> Response:
    return page("admin/new_network.html", form=_network_form())


@admin.post("/networks/new")
def create_network() -> AnyResponse:
    form = _network_form()
    if form.accepted():
        slug, parent = (form.slug.data or "").casefold(), form.parent_id.data or None
        made = form.attempt(make_network, form.name.data or "", slug, parent, me().person_id)
        if made:
            text = _("%(network)s is open. Now give it a coordinator.", network=made.name)
            return done(url_for("admin.network", network_id=made.id), text)
    return page("admin/new_network.html", form=form)


@admin.get("/networks/<int:network_id>")
def network(network_id: int) -> Response:
    return _network_page(network_id, AppointForm())


@admin.post("/networks/<int:network_id>/coordinators")
def appoint(network_id: int) -> AnyResponse:
    form = AppointForm()
    if form.accepted():
        appointed = form.attempt(
            appoint_coordinator, network_id, form.name.data or "", form.address.data or "", me().person_id
        )
        if appointed:
            name, at_once = appointed
            now = _("%(name)s coordinates the network now. Its history says that you did this.", name=name)
            asked = _("%(name)s has an invitation by mail to coordinate the network.", name=name)
            return done(url_for("admin.network", network_id=network_id), now if at_once else asked)
    return _network_page(network_id, form)


@admin.get("/networks/<int:network_id>/close")
def closing_network(network_id: int) -> Response:
    return page("admin/close_network.html", form=SureTickForm(), whole=network_with(network_id))


@admin.post("/networks/<int:network_id>/close")
def close(network_id: int) -> AnyResponse:
    form = SureTickForm()
    if form.accepted():
        closed = form.attempt(close_network, network_id, me().person_id)
        if closed:
            text = _("%(network)s is closed. Nothing is deleted.", network=closed.name)
            return done(url_for("admin.networks"), text, undo=url_for("admin.reopen", network_id=network_id))
    return page("admin/close_network.html", form=form, whole=network_with(network_id))


@admin.post("/networks/<int:network_id>/reopen")
def reopen(network_id: int) -> AnyResponse:
    opened = reopen_network(network_id, me().person_id)
    return done(url_for("admin.networks"), _("%(network)s is open again, as it was.", network=opened.name))


def _network_form() -> NetworkForm:
    form = NetworkForm()
    form.parent_id.choices = choices_of([(0, _("No other network")), *open_networks()])
    return form


def _network_page(network_id: int, form: AppointForm) -> Response:
    return page(
        "admin/network.html",
        form=form,
        whole=network_with(network_id),
        coordinators=coordinators_of(network_id),
        lines=lines_about("network", network_id, limit=5),
    )
