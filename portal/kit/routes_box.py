"""The box's own short address: whoever holds it says what is wrong, without signing in. Nothing of a person is shown.

A code that says nothing gets the same answer whether it never was, was replaced, or its box was deleted.
"""

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.db import db, writing
from portal.files.queries import file_by_id
from portal.files.serving import send
from portal.kit import operations_problems as act
from portal.kit.beside import at_the_box
from portal.kit.codes import spaced
from portal.kit.forms_problems import ProblemsForm
from portal.kit.hooks import loan_of
from portal.kit.models import Kit
from portal.kit.operations_guessing import has_guessed_too_much, note_wrong_code
from portal.kit.queries import kit_by_code, parts_of
from portal.networks.models import Network
from portal.web.access import public, visitor
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.limits import client

box = Blueprint("box", __name__, url_prefix="/b")


@box.get("")
@public
def ask() -> Response:
    """Where the code of a label is typed."""
    typed = request.args.get("code", "")[:40]
    if any(sign.isalnum() for sign in typed):
        return done(url_for(".show", code=tidy(typed)))
    return page("kit/box_code.html")


@box.get("/<code>")
@public
def show(code: str) -> Response:
    kit, network = box_of(code)
    return page(
        "kit/box.html", kit=kit, network=network, parts=parts_of(kit.id), code=spaced(kit.code),
        beside=at_the_box.parts(kit), room_key="kit",
    )  # fmt: skip


@box.get("/<code>/problem")
@public
def problem(code: str) -> Response:
    kit, network = box_of(code)
    form = ProblemsForm(parts_of(kit.id), {})
    return page("kit/box_problem.html", form=form, kit=kit, network=network, code=spaced(kit.code), room_key="kit")


@box.post("/<code>/problem")
@public
def tell(code: str) -> Response:
    kit, network = box_of(code)
    form, person = ProblemsForm(parts_of(kit.id), request.form), visitor()
    if form.accepted():
        told = (form.said(), client(), loan_of(kit.id))
        if form.attempt(act.tell_problems, person.person_id if person else None, kit.id, *told):
            sentence = _("Thank you. Its keeper and the coordinators are told, and the next class finds it whole.")
            return done(url_for(".show", code=spaced(kit.code)), sentence)
    return page("kit/box_problem.html", form=form, kit=kit, network=network, code=spaced(kit.code), room_key="kit")


@box.get("/<code>/photo")
@public
def photo(code: str) -> Response:
    """The packed box, so that whoever packs it sees what goes where."""
    kit, _network = box_of(code)
    file = file_by_id(kit.photo_id) if kit.photo_id else None
    if file is None:
        raise NotHere
    return send(file, inline=True)


def tidy(typed: str) -> str:
    """Small letters, dashes and blanks do not matter."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def box_of(code: str) -> tuple[Kit, Network]:
    """The box of a code, where its network still lends. Wrong codes are counted: nobody tries them all."""
    kit = None if has_guessed_too_much(client()) else kit_by_code(code)
    network = db.session.get(Network, kit.network_id) if kit else None
    if kit is None or network is None or network.closed_at or "kit" not in network.rooms:
        with writing():
            note_wrong_code(client())
        raise NotHere
    g.time_zone = network.time_zone
    return kit, network
