"""The doors of a reader without an account. Opening the link opens nothing: mail scanners do that; its button does.

A link that is wrong, taken back or out of date is answered with one and the same page.
"""

from flask import g, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.db import db, operation
from portal.handing_on.blueprints import handed
from portal.handing_on.document import Shown
from portal.handing_on.forms import OpenForm
from portal.handing_on.models import HandOver
from portal.handing_on.operations import open_it
from portal.handing_on.papers import as_pdf, file_name
from portal.handing_on.queries import by_link, names_around, shown
from portal.networks.models import Network
from portal.web import limits
from portal.web.access import public
from portal.web.acts import unusable
from portal.web.hypermedia import done, page
from portal.web.uploads_sending import attachment

TRIES, WINDOW = 60, 15


@handed.get("/<hand_token>")
@public
def cover(hand_token: str) -> AnyResponse:
    one = _found(hand_token)
    if one is None:
        return unusable()
    sender, network = names_around(one)
    return page("handing_on/cover.html", one=one, sender=sender, network_name=network, form=OpenForm())


@handed.post("/<hand_token>")
@public
def open_by_link(hand_token: str) -> AnyResponse:
    if _pressed_too_often(limits.client()):
        return page("errors/429.html", status=429)
    one, form = _found(hand_token), OpenForm()
    if one is None:
        return unusable()
    if form.accepted():
        form.attempt(open_it, one)
    return done(url_for(".document", hand_token=hand_token))


@handed.get("/<hand_token>/document")
@public
def document(hand_token: str) -> AnyResponse:
    one = _found(hand_token)
    if one is None:
        return unusable()
    if one.opened_at is None:
        return done(url_for(".cover", hand_token=hand_token))
    return page("handing_on/document.html", one=one, shown=shown(one), token=hand_token)


@handed.get("/<hand_token>/document.html")
@public
def document_file(hand_token: str) -> AnyResponse:
    found = _document(hand_token)
    if found is None:
        return unusable()
    alone = render_template("handing_on/alone.html", shown=found)
    return attachment(alone.encode(), f"{file_name(found)}.html", "text/html; charset=utf-8")


@handed.get("/<hand_token>/document.pdf")
@public
def document_paper(hand_token: str) -> AnyResponse:
    found = _document(hand_token)
    return as_pdf(found) if found else unusable()


def _document(token: str) -> Shown | None:
    one = _found(token)
    return shown(one) if one and one.opened_at else None


def _found(token: str) -> HandOver | None:
    """The page speaks the language of the network, as the mail did."""
    one = by_link(token)
    if one:
        network = db.session.get_one(Network, one.network_id)
        g.speaks, g.time_zone = network.locale, network.time_zone
    return one


@operation
def _pressed_too_often(client: str) -> bool:
    return limits.too_many("hand-over-link", client, TRIES, WINDOW)
