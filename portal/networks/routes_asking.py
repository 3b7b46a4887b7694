"""The coordinators' door to people who ask to come in."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.forms_joining import AnswerForm
from portal.networks.models import JoinRequest
from portal.networks.operations_asking import answer_ask
from portal.networks.queries_asking import open_requests
from portal.networks.routes import coordinators_only, network, network_page
from portal.networks.scope import here
from portal.web.access import me
from portal.web.hypermedia import done
from portal.web.listing import Listing, Sort


@network.get("/members/requests")
def requests() -> Response:
    coordinators_only()
    return _requests(AnswerForm())


@network.post("/members/requests/<int:request_id>")
def answer_request(request_id: int) -> AnyResponse:
    coordinators_only()
    form = AnswerForm()
    if form.accepted():
        welcome = form.answer.data == "welcome"
        words = form.sentence.data or ""
        name = form.attempt(answer_ask, here().network.id, request_id, me().person_id, welcome, words)
        if name:
            text = _("%(name)s is a member now, and has a mail from you.", name=name)
            declined = _("%(name)s has a mail with your answer.", name=name)
            return done(url_for("network.requests"), text if welcome else declined)
    return _requests(form, request_id)


def _requests(form: AnswerForm, answered: int | None = None) -> Response:
    sorts = (
        Sort("oldest", _("Longest waiting first"), (JoinRequest.asked_at, JoinRequest.id)),
        Sort("newest", _("Newest first"), (JoinRequest.asked_at.desc(), JoinRequest.id)),
    )
    listing = Listing(open_requests(here().network.id), sorts)
    return network_page("networks/requests.html", "members", form=form, answered=answered, listing=listing)
