"""Acts: what a link in a mail or on paper lets its holder do, at ``/a/<token>``, without signing in.

Opening the page does nothing (mail scanners open links), pressing a button on it does. A token begins with the name of
its act; the room that declared the act knows the rest. Most are signed, one small declaration each (``acts_signed``)::

    declare_signed("coming", look=look_at_place, do=answer_place)
    link = act_link("coming", person_id, session_id, days=60, choice="yes")

Those that work once only (an invitation) keep the hash of a random token and answer like views::

    declare("invitation", show=show_invitation, press=press_invitation)
    link = absolute("acts.open_act", act_token=new_token_for("invitation"))
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


# A mail program presses "unsubscribe" without a page and so without a form's token (RFC 8058), and a browser that
# keeps no cookies has none to send. Whoever holds the link may press: the link itself is the secret.
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
