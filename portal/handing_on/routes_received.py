"""The doors of a member to whom something was handed on: first who sends what, then a button, then the document."""

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.handing_on.blueprints import handing_on
from portal.handing_on.models import HandOver
from portal.handing_on.operations import open_it
from portal.handing_on.papers import as_pdf
from portal.handing_on.queries import for_reader, names_around, shown
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@handing_on.get("/received/<int:hand_over_id>")
def received(hand_over_id: int) -> Response:
    one = _to_me(hand_over_id)
    sender, network = names_around(one)
    found = shown(one) if one.opened_at else None
    return page("handing_on/received.html", one=one, sender=sender, network_name=network, shown=found, form=ActForm())


@handing_on.post("/received/<int:hand_over_id>")
def open_received(hand_over_id: int) -> AnyResponse:
    one = _to_me(hand_over_id)
    if ActForm().accepted():
        open_it(one)
    return done(url_for(".received", hand_over_id=one.id))


@handing_on.get("/received/<int:hand_over_id>.pdf")
def received_paper(hand_over_id: int) -> AnyResponse:
    one = _to_me(hand_over_id)
    found = shown(one) if one.opened_at else None
    if found is None:
        raise NotHere
    return as_pdf(found)


def _to_me(hand_over_id: int) -> HandOver:
    found = for_reader(me().person_id, here().network.id, hand_over_id)
    if found is None:
        raise NotHere
    return found
