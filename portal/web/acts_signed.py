"""Signed acts: one page for all of them. A room says what the page asks and what each button does, nothing more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.web.acts import declare, unusable
from portal.web.errors import DomainError, NotHere, NotYours
from portal.web.forms import Form
from portal.web.hypermedia import done, page
from portal.web.links import Link, read_link


@dataclass(frozen=True, slots=True)
class Button:
    """``value`` is what ``do`` is handed; a ``grave`` one is drawn in red."""

    value: str
    label: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What the page shows: how things stand now, and what may be pressed.

    ``state`` is the answer that was given already, in a sentence. ``doors`` are (label, address) that lead on.
    ``network`` names who asks. Without buttons the page only tells.
    """

    title: str
    lines: Sequence[str] = ()
    state: str = ""
    buttons: Sequence[Button] = ()
    doors: Sequence[tuple[str, str]] = ()
    network: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose link it is, as its page says so that somebody it was forwarded to knows that it is not hers.

    ``person_id`` is who she is by now: two records of one person may have become one.
    """

    person_id: int
    name: str
    first_name: str
    locale: str | None = None
    time_zone: str | None = None


class SignedForm(Form):
    """What an act's page asks besides its button. No token: see ``acts.press_act``."""

    def begin(self, link: Link) -> None:
        """What stands in it already when the page is opened, once the act has been looked at."""

    class Meta(Form.Meta):
        csrf = False


Looking = Callable[[Link], Look]
Doing = Callable[[Link, str, Any], str]


@dataclass(frozen=True)
class SignedAct:
    """One declared act."""

    look: Looking
    do: Doing
    form: type[SignedForm] = field(default=SignedForm)


_whose: list[Callable[[Link], Whose | None]] = []


def know_people(whose: Callable[[Link], Whose | None]) -> None:
    """How to find the person of a link; None when she was forgotten or has ended her links since."""
    _whose[:] = [whose]


def declare_signed(name: str, look: Looking, do: Doing, form: type[SignedForm] = SignedForm) -> None:
    """Add an act. ``look`` may raise NotHere; ``do(link, button, form)`` answers with a sentence or raises DomainError."""
    act = SignedAct(look, do, form)
    declare(name, lambda token: _show(act, token), lambda token: _press(act, token))


def _show(act: SignedAct, token: str) -> AnyResponse:
    return _opened(act, token, act.form())


def _press(act: SignedAct, token: str) -> AnyResponse:
    link, whose = _read(token)
    form = act.form()
    if link is None or whose is None or link.is_over or not form.accepted():
        return _opened(act, token, form)
    try:
        sentence = form.attempt(act.do, link, request.form.get("choice", ""), form)
    except (NotHere, NotYours):
        return gone()
    if sentence is None:
        return _opened(act, token, form)
    return done(url_for("acts.open_act", act_token=token), sentence)


def _opened(act: SignedAct, token: str, form: SignedForm) -> AnyResponse:
    held = holder(token)
    if not isinstance(held, tuple):
        return held
    link, whose = held
    try:
        look = act.look(link)
    except (NotHere, NotYours, DomainError):
        return gone()
    if not form.is_submitted():
        form.begin(link)
    return page("acts/act.html", look=look, whose=whose, form=form, buttons=_wanted_first(look.buttons))


def _ended(link: Link) -> str:
    if not link.is_over:
        return ""
    return _("This link is out of date. A newer mail has one that works, or sign in with your address.")


def holder(token: str, ended: Callable[[Link], str] = _ended) -> tuple[Link, Whose] | AnyResponse:
    """The link and whose it is, or the page that says why it opens nothing. For acts that draw a page of their own.

    ``ended`` is the sentence for a link that is out of date, and nothing while it works.
    """
    link, whose = _read(token)
    if link is None:
        return unusable()
    if whose is None:
        return unusable(_("This link was ended by the one it was for."), 410)
    sentence = ended(link)
    return unusable(sentence, 410) if sentence else (link, whose)


def gone() -> AnyResponse:
    """The page for a link whose thing is not there any more."""
    return unusable(_("What this link was about is no longer there, or no longer yours to answer."), 410)


def _read(token: str) -> tuple[Link | None, Whose | None]:
    """What the token says, about the person as she is now, in her language and on her clocks."""
    link = read_link(token)
    whose = _whose[0](link) if link else None
    if link is None or whose is None:
        return link, None
    g.speaks, g.time_zone = whose.locale, whose.time_zone or g.get("time_zone")
    return replace(link, person_id=whose.person_id), whose


def _wanted_first(buttons: Sequence[Button]) -> list[Button]:
    wanted = request.args.get("want", "")
    return sorted(buttons, key=lambda button: button.value != wanted)
