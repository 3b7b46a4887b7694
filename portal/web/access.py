"""Gate 1: signed in, or nothing. A view opts out with ``@public``; everything else asks who you are.

The person who is signed in is a plain object (see ``Visitor``); how she signed in is not this module's business.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.db import start_writing, stop_writing
from portal.web.errors import NotYours
from portal.web.hypermedia import wanted_fragment

View = TypeVar("View", bound=Callable[..., object])
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Visitor(Protocol):
    """Who is signed in, as every page may know her."""

    person_id: int
    name: str
    first_name: str
    initials: str
    is_administrator: bool
    locale: str | None
    time_zone: str | None
    coordinates: bool
    session_id: int

    @property
    def is_authenticated(self) -> bool: ...


def public(view: View) -> View:
    """Mark a view as open to everyone, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def keeps_its_place(view: View) -> View:
    """Mark a view that a page calls by itself while somebody writes: whoever was signed out meanwhile is told on that
    page, and not taken away from what she has typed.
    """
    view.keeps_its_place = True  # type: ignore[attr-defined]
    return view


def me() -> Visitor:
    """The person who is signed in. Only for views behind gate 1."""
    return cast("Visitor", current_user)


def visitor() -> Visitor | None:
    """The person who is signed in, or None on a public page."""
    # Commands and the worker have no visitor at all.
    return cast("Visitor", current_user) if current_user and current_user.is_authenticated else None


def init_access(app: Flask) -> None:
    app.before_request(_refuse_foreign_forms)
    app.before_request(_choose_transaction)
    app.before_request(_gate)
    app.teardown_request(_end_transaction)


def _refuse_foreign_forms() -> Response | None:
    """A form of another site may not act here: the browser says where a request comes from.

    Flask-WTF's token stays on every form behind this check. Clients that send neither header are not browsers
    with a session to abuse; the token stops them.
    """
    if request.method in SAFE_METHODS:
        return None
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin", "none") or (origin and urlsplit(origin).netloc != request.host):
        raise NotYours
    return None


def _choose_transaction() -> None:
    if request.method in SAFE_METHODS:
        stop_writing()
    else:
        # Read the whole body before the write lock is taken: a slow line must not hold it.
        request.form  # noqa: B018
        start_writing()


def _end_transaction(error: BaseException | None) -> None:
    stop_writing()


def _gate() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "is_public", False) or request.endpoint == "static":
        return None
    if current_user.is_authenticated:
        return None
    if getattr(view, "keeps_its_place", False) and wanted_fragment():
        return render_template("web/signed_out.html", name=wanted_fragment()), 401
    return redirect(url_for("signing_in.ask", next=_back()), code=303)


def _back() -> str | None:
    """Where she goes on after signing in. A form that came too late: its page, where a draft of hers waits."""
    if request.method in SAFE_METHODS:
        return request.full_path.rstrip("?")
    doors = current_app.create_url_adapter(request)
    return request.path if doors and "GET" in doors.allowed_methods(request.path) else None


def is_local(target: str | None) -> bool:
    """Whether a ``next`` address stays on this site. Browsers read backslashes and control characters leniently."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    return not any(ord(character) < 33 or character == "\\" for character in target)
