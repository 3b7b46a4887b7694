"""The first run: while there is no region, every page leads here; once there is one, this door is gone."""

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms import FirstRunForm
from portal.admin.operations import Beginning, guessed_too_often, set_up
from portal.admin.setup_key import forget_setup_key, is_setup_key, log_setup_key
from portal.networks.queries import region
from portal.people.routes_signing_in import sign_in
from portal.web.access import SAFE_METHODS, public
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.limits import client

first_run = Blueprint("first_run", __name__)
OPEN_BEFORE = ("/static/", "/first-run", "/healthz")


def init_first_run(app: Flask) -> None:
    # In front of gate 1: a fresh portal has nobody who could sign in. A page that is asked for never writes, so this
    # look at the database is over before a form's transaction would begin.
    app.before_request_funcs.setdefault(None, []).insert(0, _lead_here)
    app.register_blueprint(first_run)


def _lead_here() -> AnyResponse | None:
    if request.method not in SAFE_METHODS or request.path.startswith(OPEN_BEFORE) or region():
        return None
    return redirect(url_for("first_run.begin"), code=303)


@first_run.get("/first-run")
@public
def begin() -> AnyResponse:
    _only_once()
    if _needs_key():
        log_setup_key(current_app.config["SETTINGS"])
    return _page(FirstRunForm())


@first_run.post("/first-run")
@public
def finish() -> AnyResponse:
    _only_once()
    form = FirstRunForm()
    if form.accepted() and _knows_the_key(form):
        place = {**form.data, "name": form.region.data}
        beginning = Beginning(
            form.name.data or "",
            form.address.data or "",
            form.network.data or "",
            (form.slug.data or "").casefold(),
            form.is_coordinator.data,
        )
        person_id = form.attempt(set_up, place, beginning)
        if person_id:
            forget_setup_key(current_app.config["SETTINGS"])
            sign_in(person_id)
            return done("/today", _("The portal is ready."))
    return _page(form)


def _page(form: FirstRunForm) -> AnyResponse:
    return page("admin/first_run.html", form=form, needs_key=_needs_key())


def _only_once() -> None:
    if region():
        raise NotHere


def _needs_key() -> bool:
    return not current_app.config["IS_DEVELOPMENT"]


def _knows_the_key(form: FirstRunForm) -> bool:
    """In production a stranger must not take a fresh portal: its keeper finds the key in the log or beside the data."""
    if not _needs_key():
        return True
    if guessed_too_often(client()):
        form.setup_key.errors = [_("That is many tries in a short time. Wait a quarter of an hour, then try again.")]
        return False
    if is_setup_key(current_app.config["SETTINGS"], form.setup_key.data or ""):
        return True
    form.setup_key.errors = [_("That is not the setup key. It stands in the server’s log and in keys/first-run.")]
    return False
