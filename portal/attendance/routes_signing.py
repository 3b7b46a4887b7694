"""``/in``: signing in and out on one's own phone with the code from the wall. No account, no script needed."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.operations_presence import Presence, presence_of
from portal.attendance import rules_codes as rules
from portal.attendance.blueprints import signing
from portal.attendance.entrance_signing import (
    forget,
    holder_of,
    network_of,
    own_receipt,
    remember,
    session_of_code,
    session_of_pass,
    tapped,
)
from portal.attendance.forms_signing import CodeForm, NewcomerForm, PressForm
from portal.attendance.operations_signing import sign_in, sign_out, take_back, walk_in
from portal.attendance.queries_signing import faces_of
from portal.attendance.tokens_signing import Receipt, code_pass, receipt_for
from portal.events import words
from portal.events.models import Session
from portal.events.queries_newcomers import school_names
from portal.web import clock, dates
from portal.web.access import public, visitor
from portal.web.errors import NotHere
from portal.web.forms import Form
from portal.web.hypermedia import done, page
from portal.web.limits import client


@signing.get("/in")
@public
def ask() -> AnyResponse:
    """The field for the code; who is in already on this phone goes on from there."""
    form = CodeForm(code=request.args.get("code", "")[:8])
    return page("attendance/in.html", form=form, mine=own_receipt())


@signing.post("/in")
@public
def type_code() -> AnyResponse:
    form = CodeForm()
    session = session_of_code(form) if form.accepted() else None
    if session is not None:
        return redirect(url_for(".names", code_pass=code_pass(session)), code=303)
    return page("attendance/in.html", form=form, mine=None)


@signing.get("/in/<code_pass>")
@public
def names(code_pass: str) -> AnyResponse:
    """The names of this session, for who knows its code while it works."""
    session = session_of_pass(code_pass)
    if session is None or not rules.works(session, clock.now()):
        return _no_code()
    mine = own_receipt(session.id)
    if mine and "another" not in request.args:
        return redirect(url_for(".you", receipt=mine), code=303)
    return _names_page(session, code_pass, NewcomerForm())


@signing.post("/in/<code_pass>/here/<int:person_id>")
@public
def here(code_pass: str, person_id: int) -> AnyResponse:
    """A name was tapped: one of the list, or that of who is signed in to the portal on this phone."""
    session, form, me = session_of_pass(code_pass), PressForm(), visitor()
    if session is None:
        return _no_code()
    face = next(iter(faces_of(session.id, person_id)), None)
    if face is None and (me is None or me.person_id != person_id):
        raise NotHere
    presence = (
        form.attempt(sign_in, session, person_id, "code", _by(), at=tapped(session, form)) if form.accepted() else None
    )
    if presence is None:
        return _refused(form)
    return _signed(session, person_id, face.shown if face else me.first_name if me else "", presence)


@signing.post("/in/<code_pass>/walk-in")
@public
def newcomer(code_pass: str) -> AnyResponse:
    """Somebody who is not on the list. The page names her as she typed: an address must not tell whose it is."""
    session, form = session_of_pass(code_pass), NewcomerForm()
    if session is None:
        return _no_code()
    if form.accepted():
        who, at = form.newcomer(), tapped(session, form)
        came = form.attempt(walk_in, session, who, "code", None, dates.place_clock(), client(), at)
        if came is not None:
            return _signed(session, came[0], who.name, came[1])
    return _names_page(session, code_pass, form)


@signing.get("/in/you/<receipt>")
@public
def you(receipt: str) -> AnyResponse:
    return _you_page(*holder_of(receipt), receipt, PressForm())


@signing.post("/in/you/<receipt>/leaving")
@public
def leave(receipt: str) -> AnyResponse:
    (session, mine), form = holder_of(receipt), PressForm()
    if form.accepted():
        form.attempt(sign_out, session, mine.person_id, "code", _by(), tapped(session, form))
    return _you_page(session, mine, receipt, form) if form.errors else done(url_for(".you", receipt=receipt))


@signing.post("/in/you/<receipt>/return")
@public
def come_back(receipt: str) -> AnyResponse:
    (session, mine), form = holder_of(receipt), PressForm()
    at = tapped(session, form)
    presence = form.attempt(sign_in, session, mine.person_id, "code", _by(), at=at) if form.accepted() else None
    if presence is None:
        return _you_page(session, mine, receipt, form)
    return _signed(session, mine.person_id, mine.name, presence)


@signing.post("/in/you/<receipt>/not-me")
@public
def not_me(receipt: str) -> AnyResponse:
    """The wrong name was tapped. Where somebody else had signed her in, only this phone forgets her."""
    (session, mine), form = holder_of(receipt), PressForm()
    if form.accepted() and mine.before is not None:
        form.attempt(take_back, session, mine.person_id, mine.noted_at, mine.before, _by())
    if form.errors:
        return _you_page(session, mine, receipt, form)
    return forget(done(url_for(".ask"), _("That is taken back. Type the code again and tap your own name.")))


def _by() -> int | None:
    me = visitor()
    return me.person_id if me else None


def _signed(session: Session, person_id: int, name: str, presence: Presence) -> AnyResponse:
    receipt = receipt_for(session, person_id, name, presence)
    return remember(done(url_for(".you", receipt=receipt)), receipt)


def _no_code() -> AnyResponse:
    """A pass that works no more says what a wrong code says."""
    return page("attendance/in.html", status=410, form=CodeForm(formdata=None), mine=own_receipt(), is_over=True)


def _refused(form: Form) -> AnyResponse:
    return page("attendance/in.html", status=422, form=CodeForm(formdata=None), refused=form, mine=None)


def _names_page(session: Session, pass_: str, form: NewcomerForm) -> AnyResponse:
    me = visitor()
    return page(
        "attendance/in_names.html",
        form=form,
        press=PressForm(formdata=None),
        session=session,
        code_pass=pass_,
        faces=faces_of(session.id),
        mine_id=me.person_id if me else None,
        schools=school_names(session.network_id),
        network=network_of(session),
        words=words,
    )


def _you_page(session: Session, mine: Receipt, receipt: str, form: PressForm) -> AnyResponse:
    now, presence = clock.now(), presence_of(session.id, mine.person_id)
    is_fresh = now - mine.noted_at <= rules.TAKE_BACK
    return page(
        "attendance/in_you.html",
        form=form,
        session=session,
        name=mine.name,
        receipt=receipt,
        presence=presence,
        works=rules.works(session, now),
        is_new=is_fresh and mine.before is not None,
        can_take_back=presence is not None and (mine.before is None or is_fresh),
        network=network_of(session),
        words=words,
    )
