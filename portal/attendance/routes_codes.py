"""For coordinators and whoever leads the session: the code on the wall, and the kiosk on the laptop by the door."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.attendance import rules_codes as rules
from portal.attendance.blueprints import attendance
from portal.attendance.entrance_codes import session_to_take
from portal.attendance.operations_codes import end_kiosk, make_code, open_kiosk
from portal.attendance.queries_codes import head_count
from portal.attendance.tokens_signing import code_pass, kiosk_token
from portal.events import words
from portal.events.models import Session
from portal.networks.scope import here
from portal.web import clock
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, page
from portal.web.links import absolute
from portal.web.qr import square

CODE = "/<int:event_id>/sessions/<int:session_id>/code"
KIOSK = "/<int:event_id>/sessions/<int:session_id>/kiosk"


@attendance.get(CODE)
def code(event_id: int, session_id: int) -> AnyResponse:
    """The page on the wall; its count asks for itself every few seconds."""
    return _code_page(session_to_take(event_id, session_id), ActForm())


@attendance.post(CODE)
def new_code(event_id: int, session_id: int) -> AnyResponse:
    session, form = session_to_take(event_id, session_id), ActForm()
    made = form.attempt(make_code, session, here().membership.person_id) if form.accepted() else None
    if made is not None:
        return done(url_for(".code", event_id=event_id, session_id=session_id))
    return _code_page(session, form)


@attendance.get(KIOSK)
def kiosk(event_id: int, session_id: int) -> AnyResponse:
    return _kiosk_page(session_to_take(event_id, session_id), ActForm())


@attendance.post(KIOSK)
def open_the_kiosk(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_take(event_id, session_id)
    form = pressed(open_kiosk, session, here().membership.person_id)
    if form.errors:
        return _kiosk_page(session, form)
    return done(url_for(".kiosk", event_id=event_id, session_id=session_id), _("The kiosk is open."))


@attendance.post(f"{KIOSK}/end")
def end_the_kiosk(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_take(event_id, session_id)
    pressed(end_kiosk, session, here().membership.person_id)
    return done(
        url_for(".kiosk", event_id=event_id, session_id=session_id),
        _("The kiosk is ended. Its link leads nowhere now."),
    )


def _code_page(session: Session, form: ActForm) -> AnyResponse:
    address = absolute("signing.ask")
    shown = session.room_code if rules.is_on(session) and rules.closes_at(session) >= clock.now() else None
    qr = square(absolute("signing.names", code_pass=code_pass(session)), _("A square that opens this page on a phone"))
    return page(
        "attendance/code.html",
        fragments=("count",),
        form=form,
        code=shown,
        qr=qr if shown else None,
        address=address.partition("://")[2],
        count=head_count(session.id),
        **_about(session),
    )


def _kiosk_page(session: Session, form: ActForm) -> AnyResponse:
    token = kiosk_token(session)
    link = absolute("signing.kiosk", kiosk_token=token) if session.kiosk_opened_at else None
    here_ = url_for("signing.kiosk", kiosk_token=token)
    return page("attendance/kiosk_open.html", form=form, link=link, here=here_, **_about(session))


def _about(session: Session) -> dict[str, Any]:
    return {
        "session": session,
        "words": words,
        "is_on": rules.is_on(session),
        "is_over": rules.closes_at(session) < clock.now(),
        "opens_at": rules.opens_at(session),
        "closes_at": rules.closes_at(session),
        "works": rules.works(session, clock.now()),
    }
