"""The sheet is closed, and opened again."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.attendance.blueprints import attendance
from portal.attendance.forms import NOT_HERE, ClosingForm
from portal.attendance.operations import close_sheet, reopen_sheet
from portal.attendance.queries import sheet_of
from portal.attendance.scope import PATH, ids, session_to_mark, sheet_url
from portal.events.models import Session
from portal.networks.scope import here
from portal.web.forms import pressed
from portal.web.hypermedia import done, page


@attendance.get(f"{PATH}/closing")
def ask_to_close(event_id: int, session_id: int) -> AnyResponse:
    return _page(session_to_mark(event_id, session_id), ClosingForm())


@attendance.post(f"{PATH}/closing")
def close(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    form, unmarked = ClosingForm(), sheet_of(session_id).unmarked
    if form.accepted():
        rest_away = form.rest.data == NOT_HERE
        counted = form.attempt(close_sheet, session, unmarked, here().membership.person_id, rest_away)
        if counted is not None:
            return done(sheet_url(session), _closed(counted), undo=url_for(".reopen", **ids(session)))
    return _page(session, form)


@attendance.post(f"{PATH}/opening")
def reopen(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    pressed(reopen_sheet, session, here().membership.person_id)
    return done(sheet_url(session), _("The sheet is open again."))


def _page(session: Session, form: ClosingForm) -> AnyResponse:
    return page("attendance/close.html", session=session, form=form, sheet=sheet_of(session.id))


def _closed(counted: int) -> str:
    if not counted:
        return _("The sheet is closed.")
    return ngettext(
        "The sheet is closed. %(num)s person who had signed in was counted to the end.",
        "The sheet is closed. %(num)s people who had signed in were counted to the end.",
        counted,
    )
