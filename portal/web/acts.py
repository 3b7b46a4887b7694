"""Signed acts: what a link in a mail or on paper lets its holder do, at ``/a/<token>``.

A token begins with the name of its purpose; the room that declared the purpose knows the rest. Opening the page
does nothing (mail scanners open links), pressing a button on it does. A room adds an act in a few lines::

    acts.declare("invitation", show=show_invitation, press=press_invitation)
    link = absolute("acts.open_act", act_token=acts.new_token_for("invitation"))

``show`` and ``press`` are handed the whole token and answer like views. What is stored is the token's hash alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from portal.db import operation
from portal.web import limits
from portal.web.access import public
from portal.web.hypermedia import page
from portal.web.links import new_token

acts = Blueprint("acts", __name__)
Answer = Callable[[str], AnyResponse]
TRIES, WINDOW = 60, 15


@dataclass(frozen=True)
class Act:
    """One purpose: its page, and what its buttons do."""

    show: Answer
    press: Answer


_known: dict[str, Act] = {}


def declare(purpose: str, show: Answer, press: Answer) -> None:
    """Give a purpose its page and its buttons. The name is letters only; it stands in the address."""
    if not purpose.isalpha():
        raise ValueError(f"{purpose!r} is not a name of letters")
    _known[purpose] = Act(show, press)


def new_token_for(purpose: str) -> str:
    """A token that leads to this purpose; store ``links.hashed`` of the whole of it."""
    return f"{purpose}-{new_token()}"


def unusable(sentence: object = None, status: int = 404) -> Response:
    """A kind page for a link that is used, out of date, taken back or mistyped."""
    return page("acts/unusable.html", status=status, sentence=sentence)


@acts.get("/a/<act_token>")
@public
def open_act(act_token: str) -> AnyResponse:
    act = _act_of(act_token)
    return act.show(act_token) if act else unusable()


@acts.post("/a/<act_token>")
@public
def press_act(act_token: str) -> AnyResponse:
    if _pressed_too_often(limits.client()):
        return page("errors/429.html", status=429)
    act = _act_of(act_token)
    return act.press(act_token) if act else unusable()


@operation
def _pressed_too_often(client: str) -> bool:
    return limits.too_many("act", client, TRIES, WINDOW)


def _act_of(token: str) -> Act | None:
    return _known.get(token.partition("-")[0])
