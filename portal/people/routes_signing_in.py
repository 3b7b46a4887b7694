"""The doors in and out: ask for a code, type it, or press the button behind the mail's link."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from portal.people.forms_signing_in import AskForm, CodeForm, LinkForm
from portal.people.operations_sessions import end_session, start_session
from portal.people.operations_signing_in import link_is_open, send_code, use_code, use_link
from portal.people.operations_slips import start_apart
from portal.people.passkeys import where
from portal.people.queries_slips import slips_untold
from portal.people.visitors import find_visitor
from portal.web.access import is_local, me, public
from portal.web.hypermedia import done, page
from portal.web.limits import client

signing_in = Blueprint("signing_in", __name__)


@signing_in.app_template_global("can_hold_passkeys")
def _can_hold_passkeys() -> bool:
    return where(current_app.config["PORTAL_URL"]).can_hold_passkeys


@signing_in.get("/sign-in")
@public
def ask() -> AnyResponse:
    onward = request.args.get("next", "")
    if current_user.is_authenticated:
        return done(onward if is_local(onward) else "/")
    return page("people/sign_in.html", form=AskForm(next=onward))


@signing_in.post("/sign-in")
@public
def send() -> AnyResponse:
    form = AskForm()
    if form.accepted():
        onward = form.next.data if is_local(form.next.data) else ""
        sent = form.attempt(
            send_code, form.address.data or "", client(), current_app.config["CODE_MINUTES"], onward or ""
        )
        if sent:
            session["code_id"], session["code_address"] = sent.id, form.address.data
            session["shown_code"] = sent.code if current_app.config["IS_DEVELOPMENT"] else None
            return done(url_for(".type_code"))
    return page("people/sign_in.html", form=form)


@signing_in.get("/sign-in/code")
@public
def type_code() -> AnyResponse:
    if "code_id" not in session:
        return done(url_for(".ask"))
    return _code_page(CodeForm())


@signing_in.post("/sign-in/code")
@public
def check_code() -> AnyResponse:
    form = CodeForm()
    if "code_id" not in session:
        return done(url_for(".ask"))
    if form.accepted():
        answer = use_code(session["code_id"], form.code.data or "", client())
        if not isinstance(answer, str):
            return come_in(answer, own_device=bool(form.own_device.data))
        form.code.errors = [answer]
    return _code_page(form)


@signing_in.get("/sign-in/link/<token>")
@public
def open_link(token: str) -> Response:
    return page("people/sign_in_link.html", form=LinkForm(), is_open=link_is_open(token), token=token)


@signing_in.post("/sign-in/link/<token>")
@public
def press_link(token: str) -> AnyResponse:
    form = LinkForm()
    answer = use_link(token) if form.accepted() else _("The page had waited too long. Press the button again.")
    if not isinstance(answer, str):
        return come_in(answer, own_device=bool(form.own_device.data))
    form.form_errors.append(answer)
    return page("people/sign_in_link.html", form=form, is_open=link_is_open(token), token=token)


@signing_in.post("/sign-out")
def leave() -> AnyResponse:
    end_session(me().person_id, me().session_id, here=True)
    logout_user()
    session.clear()
    response = done(url_for(".ask"), _("You are signed out of this computer."))
    # The back button must not show what was on the screen.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _code_page(form: CodeForm) -> Response:
    return page(
        "people/sign_in_code.html",
        form=form,
        address=session.get("code_address", ""),
        shown_code=session.get("shown_code"),
        minutes=current_app.config["CODE_MINUTES"],
        days=current_app.config["OWN_DEVICE_DAYS"],
    )


def come_in(answer: tuple[int, str], own_device: bool, slip_id: int | None = None) -> AnyResponse:
    """Sign a person in and send her on; first to the slips that others made for her, if she has not heard of them."""
    person_id, onward = answer
    sign_in(person_id, own_device, slip_id)
    onward = onward if is_local(onward) else "/"
    if slip_id is None and slips_untold(person_id):
        return done(url_for("my_page.told_of_slips", next=onward))
    return done(onward)


def sign_in(person_id: int, own_device: bool = False, slip_id: int | None = None) -> None:
    """Give this browser a session of its own, in place of whatever it had before (no fixation)."""
    hours = 24 * current_app.config["OWN_DEVICE_DAYS"] if own_device else current_app.config["SESSION_HOURS"]
    if slip_id is None:
        token = start_session(person_id, timedelta(hours=hours), own_device, _browser())
    else:
        token = start_apart(person_id, slip_id, timedelta(hours=hours), _browser())
    session.clear()
    session.permanent = own_device
    visitor = find_visitor(token)
    if visitor:
        login_user(visitor)


def _browser() -> str:
    """A name for the list of sessions: the last words of what the browser says it is."""
    agent = request.user_agent.string
    system = next(
        (name for name in ("iPhone", "iPad", "Android", "Windows", "Mac OS", "CrOS", "Linux") if name in agent), ""
    )
    kind = next((name for name in ("Edg", "Firefox", "Chrome", "Safari") if name in agent), "")
    return ", ".join(part for part in (kind.replace("Edg", "Edge"), system) if part) or _("a browser")
