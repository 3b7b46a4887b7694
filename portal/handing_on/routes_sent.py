"""The doors of what was handed on: how it stands, its paper, taking it back, ending that it can be opened, deleting it."""

from collections.abc import Callable

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.handing_on.blueprints import handing_on
from portal.handing_on.making import reader_name
from portal.handing_on.models import HandOver
from portal.handing_on.operations import delete_it, end_access, take_back
from portal.handing_on.papers import as_pdf
from portal.handing_on.queries import shown
from portal.handing_on.routes import mine
from portal.history.queries import lines_about
from portal.web import clock
from portal.web.errors import NotHere
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@handing_on.get("/<int:hand_over_id>")
def show(hand_over_id: int) -> AnyResponse:
    one = mine(hand_over_id)
    if one.sent_at is None:
        return done(url_for(".preview" if one.is_addressed else ".whom", draft_id=one.id))
    return page(
        "handing_on/show.html", one=one, shown=shown(one), reader=reader_name(one), now=clock.now(),
        lines=lines_about("hand_over", one.id), is_over=one.is_over(clock.now()),
    )  # fmt: skip


@handing_on.get("/<int:hand_over_id>.pdf")
def paper(hand_over_id: int) -> AnyResponse:
    found = shown(mine(hand_over_id))
    if found is None:
        raise NotHere
    return as_pdf(found)


@handing_on.get("/<int:hand_over_id>/taking-back")
def ask_back(hand_over_id: int) -> Response:
    one = _sent(hand_over_id)
    return _ask(
        one, _("Take it back?"), _("Yes, take it back"),
        _("Nobody has opened it. The document is deleted at once, and the link of the mail leads nowhere."),
    )  # fmt: skip


@handing_on.post("/<int:hand_over_id>/taking-back")
def back(hand_over_id: int) -> AnyResponse:
    return _do(_sent(hand_over_id), take_back, _("It is taken back. Nobody has read it, and nobody can."))


@handing_on.get("/<int:hand_over_id>/end")
def ask_end(hand_over_id: int) -> Response:
    one = _sent(hand_over_id)
    return _ask(
        one, _("End that it can be opened?"), _("Yes, end it"),
        _("From now on it can’t be opened again. What was read or saved from it can’t be taken back."),
    )  # fmt: skip


@handing_on.post("/<int:hand_over_id>/end")
def end(hand_over_id: int) -> AnyResponse:
    return _do(_sent(hand_over_id), end_access, _("It can’t be opened again. Your copy is still here."))


@handing_on.get("/<int:hand_over_id>/removal")
def ask_delete(hand_over_id: int) -> Response:
    one = mine(hand_over_id)
    told = (
        _(
            "Your copy goes, and its reader can’t open it again. That it existed is forgotten too. Nothing brings it back."
        )
        if one.sent_at
        else _("The draft goes. Nothing was sent, and your notes stay as they are.")
    )
    return _ask(one, _("Delete it for good?"), _("Yes, delete it"), told)


@handing_on.post("/<int:hand_over_id>/removal")
def remove(hand_over_id: int) -> AnyResponse:
    one = mine(hand_over_id)
    return done_unless_refused(pressed(delete_it, one), url_for(".index"), _("It is deleted."))


def _sent(hand_over_id: int) -> HandOver:
    one = mine(hand_over_id)
    if one.sent_at is None:
        raise NotHere
    return one


def _ask(one: HandOver, title: str, yes: str, text: str) -> Response:
    return page("handing_on/ask.html", form=ActForm(), one=one, title=title, yes=yes, text=text, reader=_reader(one))


def _reader(one: HandOver) -> str:
    return reader_name(one) if one.is_addressed else ""


def _do(one: HandOver, verb: Callable[[HandOver], None], notice: str) -> AnyResponse:
    return done_unless_refused(pressed(verb, one), url_for(".show", hand_over_id=one.id), notice)
