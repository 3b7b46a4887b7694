"""``/kiosk/…``: the laptop by the door. Some letters of the surname, a tap, and the next person. No account is near it."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.operations_presence import Presence, presence_of
from portal.attendance import rules_codes as rules
from portal.attendance.blueprints import signing
from portal.attendance.entrance_signing import holder_of, network_of, session_of_kiosk, tapped
from portal.attendance.forms_signing import NewcomerForm, PressForm
from portal.attendance.operations_signing import sign_in, sign_out, take_back, walk_in
from portal.attendance.queries_signing import MOST_FOUND, Face, faces_of, found_among
from portal.attendance.tokens_signing import read_receipt, receipt_for
from portal.events import words
from portal.events.models import Session
from portal.events.queries_newcomers import school_names
from portal.people.operations_sessions import end_session
from portal.web import clock, dates
from portal.web.access import me, public, visitor
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.limits import client

KIOSK = "/kiosk/<kiosk_token>"


@signing.get(KIOSK)
@public
def kiosk(kiosk_token: str) -> AnyResponse:
    """The empty field, or who begins with the typed letters; above it what the last tap did."""
    return _kiosk_page(session_of_kiosk(kiosk_token), kiosk_token, NewcomerForm())


@signing.post(f"{KIOSK}/here/<int:person_id>")
@public
def kiosk_here(kiosk_token: str, person_id: int) -> AnyResponse:
    session, form = _nobody_signed_in(kiosk_token), PressForm()
    face = _face(session, person_id)
    if form.accepted():
        presence = form.attempt(sign_in, session, person_id, "kiosk", None, at=tapped(session, form))
        if presence is not None:
            return _next(session, kiosk_token, face.person_id, face.name, presence)
    return _kiosk_page(session, kiosk_token, NewcomerForm(formdata=None), form)


@signing.post(f"{KIOSK}/leaving/<int:person_id>")
@public
def kiosk_leaving(kiosk_token: str, person_id: int) -> AnyResponse:
    session, form = _nobody_signed_in(kiosk_token), PressForm()
    face = _face(session, person_id)
    if form.accepted():
        presence = form.attempt(sign_out, session, person_id, "kiosk", None, tapped(session, form))
        if presence is not None:
            return _next(session, kiosk_token, face.person_id, face.name, presence, mode="leaving")
    return _kiosk_page(session, kiosk_token, NewcomerForm(formdata=None), form)


@signing.post(f"{KIOSK}/walk-in")
@public
def kiosk_newcomer(kiosk_token: str) -> AnyResponse:
    session, form = _nobody_signed_in(kiosk_token), NewcomerForm()
    if form.accepted():
        who, at = form.newcomer(), tapped(session, form)
        came = form.attempt(walk_in, session, who, "kiosk", None, dates.place_clock(), client(), at)
        if came is not None:
            return _next(session, kiosk_token, came[0], who.name, came[1])
    return _kiosk_page(session, kiosk_token, form)


@signing.post(f"{KIOSK}/not-me/<receipt>")
@public
def kiosk_not_me(kiosk_token: str, receipt: str) -> AnyResponse:
    session, form = _nobody_signed_in(kiosk_token), PressForm()
    _session, mine = holder_of(receipt, session)
    if form.accepted() and mine.before is not None:
        form.attempt(take_back, session, mine.person_id, mine.noted_at, mine.before, None)
    if form.errors:
        return _kiosk_page(session, kiosk_token, NewcomerForm(formdata=None), form)
    return done(url_for(".kiosk", kiosk_token=kiosk_token), _("That is taken back. Type your own name."))


@signing.post(f"{KIOSK}/alone")
@public
def kiosk_alone(kiosk_token: str) -> AnyResponse:
    """Sign the coordinator out of this browser, so that nobody at the laptop reaches her pages."""
    session_of_kiosk(kiosk_token)
    if ActForm().accepted() and visitor():
        end_session(me().person_id, me().session_id, here=True)
        logout_user()
        cookie.clear()
    return redirect(url_for(".kiosk", kiosk_token=kiosk_token), code=303)


def _nobody_signed_in(token: str) -> Session:
    """The session, in a browser that carries no account: with one, the laptop would be an open door."""
    session = session_of_kiosk(token)
    if visitor():
        abort(redirect(url_for(".kiosk", kiosk_token=token), code=303))
    return session


def _face(session: Session, person_id: int) -> Face:
    found = faces_of(session.id, person_id)
    if not found:
        raise NotHere
    return found[0]


def _next(
    session: Session, token: str, person_id: int, name: str, presence: Presence, mode: str | None = None
) -> AnyResponse:
    receipt = receipt_for(session, person_id, name, presence)
    return done(url_for(".kiosk", kiosk_token=token, mode=mode, last=receipt))


def _last(session: Session) -> dict[str, Any]:
    """Whom the last tap was for, and how it stands with her."""
    receipt = request.args.get("last", "")
    read = read_receipt(receipt)
    if read is None or read.session_id != session.id:
        return {"last": None}
    presence = presence_of(session.id, read.person_id)
    fresh = clock.now() - read.noted_at <= rules.TAKE_BACK
    return {"last": presence, "last_name": read.name, "last_receipt": receipt, "can_take_back": fresh and read.before}


def _kiosk_page(session: Session, token: str, form: NewcomerForm, press: PressForm | None = None) -> AnyResponse:
    now, typed = clock.now(), request.args.get("q", "")
    context: dict[str, Any] = {"session": session, "kiosk_token": token, "network": network_of(session), "words": words}
    if visitor():
        return page("attendance/kiosk_signed_in.html", form=ActForm(formdata=None), **context)
    mode = "leaving" if request.args.get("mode") == "leaving" else "here"
    faces = [face for face in faces_of(session.id) if mode == "here" or face.is_inside]
    found = found_among(faces, typed)
    return page(
        "attendance/kiosk.html",
        form=form,
        press=press or PressForm(formdata=None),
        mode=mode,
        typed=typed,
        faces=faces,
        found=found[:MOST_FOUND],
        more=len(found) > MOST_FOUND,
        works=rules.works(session, now),
        opens_at=rules.opens_at(session) if now < rules.opens_at(session) else None,
        schools=school_names(session.network_id),
        **_last(session),
        **context,
    )
