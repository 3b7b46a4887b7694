"""The doors outside any one network: mine, those that can be asked, the public page, invitations to me."""

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.forms_joining import AskForm, InvitationForm, OutsideForm
from portal.networks.models import Network
from portal.networks.operations_answering import accept_as, decline_as
from portal.networks.operations_asking import ask_from_outside, ask_to_join, take_back
from portal.networks.public_sections import sections_of
from portal.networks.queries import networks_of
from portal.networks.queries_asking import network_to_ask, networks_to_ask, open_request_of
from portal.networks.queries_inviting import invitations_to
from portal.networks.queries_members import coordinators_of, current_membership
from portal.networks.queries_schools import hosts_of
from portal.people.listed import is_listed
from portal.web.access import me, public
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.limits import client
from portal.web.links import absolute
from portal.web.listing import Listing, Sort

networks = Blueprint("networks", __name__)
public_network = Blueprint("public_network", __name__)


@networks.get("/networks")
def index() -> Response:
    by_name = Sort("name", _("By name"), (Network.name, Network.id))
    newest = Sort("newest", _("Newest first"), (Network.created_at.desc(), Network.id))
    mine = me().person_id
    return page(
        "networks/networks.html",
        mine=networks_of(mine),
        listing=Listing(networks_to_ask(mine), (by_name, newest)),
        invitations=invitations_to(mine),
        form=InvitationForm(),
    )


@networks.get("/networks/<slug>/ask")
def asking(slug: str) -> AnyResponse:
    network = _askable(slug)
    if current_membership(network.id, me().person_id):
        return done(url_for("network.index", network=slug))
    return page("networks/ask.html", form=AskForm(), whole=network, asked=open_request_of(network.id, me().person_id))


@networks.post("/networks/<slug>/ask")
def ask(slug: str) -> AnyResponse:
    network = _askable(slug)
    form = AskForm()
    note = form.note.data or ""
    if form.accepted() and form.attempt(ask_to_join, network.id, me().person_id, note) is not None:
        text = _("The coordinators of %(network)s have your words. The answer comes by mail.", network=network.name)
        return done(url_for("networks.index"), text)
    return page("networks/ask.html", form=form, whole=network, asked=None)


@networks.post("/networks/asked/<int:request_id>/take-back")
def take_back_mine(request_id: int) -> AnyResponse:
    take_back(me().person_id, request_id)
    return done(url_for("networks.index"), _("Taken back. The coordinators no longer see your question."))


@networks.post("/networks/invited/<int:invitation_id>")
def answer_mine(invitation_id: int) -> AnyResponse:
    form = InvitationForm()
    if form.accepted():
        if form.answer.data == "accept":
            accepted = form.attempt(accept_as, me().person_id, invitation_id)
            if accepted:
                text = _("Welcome to %(network)s.", network=accepted.network_name)
                return done(url_for("network.index", network=accepted.network_slug), text)
        else:
            form.attempt(decline_as, me().person_id, invitation_id)
    sentence = next((text for _id, text in form.lines()), _("Declined. The coordinator can see it."))
    return done(url_for("networks.index"), sentence, kind="wait" if form.errors else "done")


@public_network.get("/p/<slug>/")
@public
def show(slug: str) -> Response:
    return _public_page(_known(slug), OutsideForm())


@public_network.post("/p/<slug>/ask")
@public
def ask_outside(slug: str) -> AnyResponse:
    network = _askable(slug)
    form = OutsideForm()
    if form.accepted():
        typed = {key: form[key].data or "" for key in ("name", "address", "school", "note")}
        form.attempt(ask_from_outside, network.id, typed, client())
        if not form.form_errors:
            return done(url_for("public_network.asked", slug=slug))
    return _public_page(network, form)


@public_network.get("/p/<slug>/asked")
@public
def asked(slug: str) -> Response:
    return page("networks/public_asked.html", network=_known(slug))


def _public_page(network: Network, form: OutsideForm) -> Response:
    named = [one for one in coordinators_of(network.id) if is_listed(one.listing, "public")]
    hosts = hosts_of(network.id)
    # Hours of what is on are those of the network's clocks, whoever reads.
    g.time_zone = network.time_zone
    return page(
        "networks/public.html",
        network=network,
        form=form,
        coordinators=named,
        hosts=hosts,
        sections=sections_of(network),
        canonical=absolute("public_network.show", slug=network.slug),
    )


def _known(slug: str) -> Network:
    network = network_to_ask(slug)
    if network is None:
        raise NotHere
    return network


def _askable(slug: str) -> Network:
    network = _known(slug)
    if not network.is_open_to_ask:
        raise NotHere
    return network
