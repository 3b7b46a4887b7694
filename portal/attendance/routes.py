"""The sheet of a session: mark who came, add who walked in, close and open it, print it."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.attendance.blueprints import attendance
from portal.attendance.forms import ANSWERS, SheetForm, WalkInForm
from portal.attendance.operations import add_walk_in, close_sheet, mark_sheet, reopen_sheet
from portal.attendance.queries import sheet_of
from portal.attendance.sheets import SHEET_COLUMNS, sheet_cells
from portal.events import policy, words
from portal.events.models import Session
from portal.events.queries_event import event_in, facilitators_of
from portal.events.queries_newcomers import school_names
from portal.events.queries_people import name_of
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import export, wanted_export

PATH = "/<int:event_id>/sessions/<int:session_id>/attendance"
EMPTY_LINES = 8


@attendance.get(PATH)
def sheet(event_id: int, session_id: int) -> AnyResponse:
    session = _session(event_id, session_id)
    kind = wanted_export()
    if kind:
        return export(f"attendance-{session_id}", SHEET_COLUMNS, sheet_of(session_id).rows, kind, sheet_cells)
    return _sheet_page(session, _sheet_form(session))


@attendance.post(PATH)
def mark(event_id: int, session_id: int) -> AnyResponse:
    session = _session(event_id, session_id)
    form = _sheet_form(session)
    marks = form.read(request.form) if form.accepted() else []
    if not form.row_errors and not form.errors:
        saved = form.attempt(mark_sheet, session, marks, here().network.time_zone, here().membership.person_id)
        if saved is not None:
            return done(_sheet_url(session), _saved(saved.new, saved.corrected))
    return _sheet_page(session, form)


@attendance.get(f"{PATH}/walk-in")
def walk_in(event_id: int, session_id: int) -> AnyResponse:
    return _walk_in_page(_session(event_id, session_id), WalkInForm())


@attendance.post(f"{PATH}/walk-in")
def add_walked_in(event_id: int, session_id: int) -> AnyResponse:
    session = _session(event_id, session_id)
    form = WalkInForm()
    if form.accepted():
        typed = (form.name.data or "", form.address.data or "", form.school.data or "", form.capacity.data)
        added = form.attempt(add_walk_in, session, *typed, here().network.time_zone, here().membership.person_id)
        if added is not None:
            return done(
                _sheet_url(session), _("%(name)s is on the sheet, here for the whole time.", name=form.name.data)
            )
    return _walk_in_page(session, form)


@attendance.get(f"{PATH}/closing")
def ask_to_close(event_id: int, session_id: int) -> AnyResponse:
    session = _session(event_id, session_id)
    return page("attendance/close.html", session=session, form=ActForm(), sheet=sheet_of(session_id))


@attendance.post(f"{PATH}/closing")
def close(event_id: int, session_id: int) -> AnyResponse:
    session = _session(event_id, session_id)
    form, sheet = ActForm(), sheet_of(session_id)
    if form.accepted():
        form.attempt(close_sheet, session, sheet.unmarked, here().membership.person_id)
    if form.errors:
        return page("attendance/close.html", session=session, form=form, sheet=sheet)
    return done(_sheet_url(session), _("The sheet is closed."), undo=url_for(".reopen", **_ids(session)))


@attendance.post(f"{PATH}/opening")
def reopen(event_id: int, session_id: int) -> AnyResponse:
    session = _session(event_id, session_id)
    form = ActForm()
    if form.accepted():
        form.attempt(reopen_sheet, session, here().membership.person_id)
    return done(_sheet_url(session), _("The sheet is open again."))


@attendance.get(f"{PATH}/paper")
def paper(event_id: int, session_id: int) -> AnyResponse:
    session = _session(event_id, session_id)
    sheet = sheet_of(session_id)
    return page("attendance/paper.html", session=session, sheet=sheet, empty_lines=range(EMPTY_LINES), words=words)


def _session(event_id: int, session_id: int) -> Session:
    """The session, for those who may take its attendance."""
    event = event_in(here().network.id, event_id)
    session = next((one for one in event.sessions if one.id == session_id), None)
    if session is None:
        raise NotHere
    if not policy.can_take_attendance(here().membership, event.owner_id, facilitators_of(session_id)):
        raise NotYours
    return session


def _sheet_form(session: Session) -> SheetForm:
    return SheetForm(sheet_of(session.id), session.starts_at, session.minutes, here().network.time_zone)


def _sheet_page(session: Session, form: SheetForm) -> AnyResponse:
    status = 422 if form.row_errors else None
    return page(
        "attendance/sheet.html",
        status=status,
        form=form,
        act=ActForm(),
        session=session,
        sheet=form.sheet,
        answers=ANSWERS,
        closed_by=name_of(session.attendance_closed_by),
        lines=lines_about("activity", session.id, limit=10),
        words=words,
    )


def _walk_in_page(session: Session, form: WalkInForm) -> AnyResponse:
    return page("attendance/walk_in.html", form=form, session=session, schools=school_names(session.network_id))


def _sheet_url(session: Session) -> str:
    return url_for("attendance.sheet", **_ids(session))


def _ids(session: Session) -> dict[str, Any]:
    return {"event_id": session.event_id, "session_id": session.id}


def _saved(new: int, corrected: int) -> str:
    words_ = [ngettext("%(num)s person marked.", "%(num)s people marked.", new)] if new else []
    if corrected:
        words_.append(ngettext("%(num)s row corrected.", "%(num)s rows corrected.", corrected))
    return " ".join(words_) or _("Nothing was changed on the sheet.")
