"""The doors of slips: a keeper makes one, its holder comes in with it, and she is asked about it afterwards."""

from flask import Response, current_app, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from portal.people import slips
from portal.people.forms_slips import SlipForm
from portal.people.levels import KEEPER
from portal.people.models import Person
from portal.people.operations_slips import deny_slips, give_slip, know_of_slips, take_back_slip, use_slip
from portal.people.own_means import only_by_her_own_means
from portal.people.queries import level_of
from portal.people.queries_slips import may_give_slip, open_slip_of, slips_untold, stays_apart
from portal.people.routes import people
from portal.people.routes_me import my_page
from portal.people.routes_signing_in import sign_in, signing_in
from portal.web.access import is_local, me, public
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.limits import client
from portal.web.links import absolute
from portal.web.qr import square


@people.get("/<int:person_id>/slip")
def before_slip(person_id: int) -> Response:
    """Asks before one is made; shows the code of the one that was made a moment ago, once."""
    person = _to_slip(person_id)
    made = session.pop("slip_made", None)
    where = absolute("signing_in.ask_slip")
    return page(
        "people/slip.html", person=person, form=ActForm(), open_slip=open_slip_of(person.id), where=where,
        code=slips.grouped(made[1]) if made and made[0] == person.id else None, square=square(where, where),
    )  # fmt: skip


@people.post("/<int:person_id>/slip")
def make_slip(person_id: int) -> AnyResponse:
    person = _to_slip(person_id)
    form = ActForm()
    code = form.attempt(give_slip, person.id, me().person_id, _key()) if form.accepted() else None
    if code is None:
        return done(url_for(".before_slip", person_id=person.id), form.refusal(), kind="wrong")
    session["slip_made"] = [person.id, code]
    return done(url_for(".before_slip", person_id=person.id))


@people.post("/<int:person_id>/slip/end")
def end_slip(person_id: int) -> AnyResponse:
    person = _to_slip(person_id)
    take_back_slip(person.id, me().person_id)
    return done(url_for(".show", person_id=person.id), _("The slip works no more."))


@signing_in.get("/sign-in/slip")
@public
def ask_slip() -> AnyResponse:
    return done("/") if current_user.is_authenticated else page("people/sign_in_slip.html", form=SlipForm())


@signing_in.post("/sign-in/slip")
@public
def take_slip() -> AnyResponse:
    form = SlipForm()
    if form.accepted():
        came = use_slip(form.code.data or "", client(), _key())
        if not isinstance(came, str):
            sign_in(came.person_id, slip_id=came.slip_id)
            words = _("You are in, on this computer, until you sign out. Below you can set up a device of your own.")
            return done(url_for("my_page.index") + "#passkeys", words)
        form.code.errors = [came]
    return page("people/sign_in_slip.html", form=form)


@my_page.get("/slips")
def told_of_slips() -> Response:
    onward = request.args.get("next", "")
    return page(
        "people/my_slips.html", form=ActForm(), untold=slips_untold(me().person_id),
        onward=onward if is_local(onward) else "/", is_apart=stays_apart(me().session_id, me().person_id),
    )  # fmt: skip


@my_page.post("/slips/known")
def know_slips() -> AnyResponse:
    only_by_her_own_means()
    know_of_slips(me().person_id)
    onward = request.form.get("next", "")
    return done(onward if is_local(onward) else "/", _("Noted. Nobody else is asked about it."))


@my_page.post("/slips/unknown")
def disown_slips() -> AnyResponse:
    only_by_her_own_means()
    deny_slips(me().person_id)
    words = _("The slip, and every sign-in and passkey that came of it, are ended. The administrators have been told.")
    return done(url_for("my_page.index") + "#sessions", words)


def _to_slip(person_id: int) -> Person:
    """404 for whom she does not keep, 403 where a slip is not hers to give."""
    person, level = level_of(person_id, me().person_id)
    if level != KEEPER or not may_give_slip(me().person_id, person.id):
        raise NotYours
    return person


def _key() -> bytes:
    return bytes(current_app.config["SETTINGS"].key("slips"))
