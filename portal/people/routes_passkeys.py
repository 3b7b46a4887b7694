"""The doors of passkeys: the question for the device, the key that it made, coming in with it, taking it away."""

from flask import Response, current_app, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.people import passkeys
from portal.people.forms_passkeys import KeyForm, PasskeyForm
from portal.people.forms_signing_in import AskForm
from portal.people.operations_passkeys import add_passkey, ask_device, come_by_passkey, remove_passkey
from portal.people.own_means import only_by_her_own_means
from portal.people.passkeys import Where
from portal.people.queries_passkeys import names_for_device, passkey_in, passkeys_of
from portal.people.queries_slips import slip_behind
from portal.people.routes_me import my_page
from portal.people.routes_signing_in import come_in, signing_in
from portal.web.access import me, public
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.limits import client


@my_page.post("/passkeys/question")
def ask_to_make() -> Response:
    at = _where()
    question = ask_device("make", me().person_id, client())
    session["passkey_question"] = question.id
    known = [one.credential_id for one in passkeys_of(me().person_id)]
    names = names_for_device(me().person_id)
    return _json(passkeys.to_make(at, question.challenge, question.user_handle, names, known))


@my_page.get("/passkeys/new")
def new_passkey() -> Response:
    _where()
    return page("people/passkey_new.html", form=PasskeyForm())


@my_page.post("/passkeys/new")
def make_passkey() -> AnyResponse:
    at, form = _where(), PasskeyForm()
    if form.accepted():
        slip_id = slip_behind(me().session_id)
        answer = (session.pop("passkey_question", None), form.answer.data or "", form.name.data or "")
        refusal = add_passkey(me().person_id, *answer, at, slip_id)
        if not refusal:
            words = _("This device opens the door from now on, without mail.")
            return done(url_for(".index") + "#passkeys", words)
        form.form_errors.append(refusal)
    # What a device answered once is no answer to the next question.
    form.answer.data = ""
    return page("people/passkey_new.html", form=form)


@my_page.get("/passkeys/<int:passkey_id>/remove")
def before_removing_passkey(passkey_id: int) -> Response:
    return page("people/passkey_remove.html", form=ActForm(), passkey=passkey_in(me().person_id, passkey_id))


@my_page.post("/passkeys/<int:passkey_id>/remove")
def drop_passkey(passkey_id: int) -> AnyResponse:
    passkey_in(me().person_id, passkey_id)
    only_by_her_own_means()
    remove_passkey(me().person_id, passkey_id)
    return done(
        url_for(".index") + "#passkeys", _("That passkey opens nothing any more. Your device may still list it.")
    )


@signing_in.post("/sign-in/passkey/question")
@public
def ask_to_come_in() -> Response:
    at = _where()
    question = ask_device("come-in", None, client())
    session["passkey_question"] = question.id
    return _json(passkeys.to_come_in(at, question.challenge))


@signing_in.post("/sign-in/passkey")
@public
def come_with_passkey() -> AnyResponse:
    form = KeyForm()
    if form.accepted():
        question_id = session.pop("passkey_question", None)
        came = come_by_passkey(question_id, form.answer.data or "", _where(), client())
        if not isinstance(came, str):
            return come_in((came.person_id, form.next.data or ""), own_device=False, slip_id=came.slip_id)
        form.form_errors.append(came)
    ask = AskForm(formdata=None, next=form.next.data)
    ask.form_errors = [sentence for _id, sentence in form.lines()]
    return page("people/sign_in.html", form=ask, status=422)


def _where() -> Where:
    """Raises NotHere where the portal has no name that a key could belong to."""
    found = passkeys.where(current_app.config["PORTAL_URL"])
    if not found.can_hold_passkeys:
        raise NotHere
    return found


def _json(options: str) -> Response:
    return current_app.response_class(options, mimetype="application/json")
