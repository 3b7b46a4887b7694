"""The sheet of a session: mark who came, one by one or all at once, and add who walked in."""

from typing import TypeVar

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.attendance.blueprints import attendance
from portal.attendance.forms import RowForm, SheetForm, TickForm, WalkInForm
from portal.attendance.forms_row import ANSWERS
from portal.attendance.operations import add_walk_in, mark_sheet
from portal.attendance.queries import Sheet, row_of, sheet_of
from portal.attendance.queries_claims import claims_of
from portal.attendance.queries_paper import photos_of
from portal.attendance.queries_standing import standing_of
from portal.attendance.queries_walk_in import row_named, row_with_address
from portal.attendance.rules_codes import closes_at
from portal.attendance.scope import PATH, hours_of, session_to_mark, sheet_url
from portal.attendance.sheets import HOW, SHEET_COLUMNS, sheet_cells
from portal.events import words
from portal.events.models import Session
from portal.events.policy import can_edit
from portal.events.queries_newcomers import school_names
from portal.events.queries_people import name_of
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.web import clock
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import export, wanted_export

R = TypeVar("R", bound=RowForm)
# A sheet of that many opens with a way to look for a surname.
MANY = 30


@attendance.get(PATH)
def sheet(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    kind = wanted_export()
    if kind:
        return export(f"attendance-{session_id}", SHEET_COLUMNS, sheet_of(session_id).rows, kind, sheet_cells)
    return _sheet_page(session, SheetForm(sheet_of(session_id), hours_of(session)))


@attendance.post(PATH)
def mark(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    form = SheetForm(sheet_of(session_id), hours_of(session))
    marks = form.read(request.form) if form.accepted() else []
    if not form.row_errors and not form.errors:
        saved = form.attempt(mark_sheet, session, marks, here().network.time_zone, here().membership.person_id)
        if saved is not None:
            return done(sheet_url(session), _saved(saved.new, saved.corrected))
    return _sheet_page(session, form)


@attendance.post(f"{PATH}/<int:attendee_id>")
def tick(event_id: int, session_id: int, attendee_id: int) -> AnyResponse:
    """One person, at the press of a cell: the answer is her row, and how far the marking is."""
    session = session_to_mark(event_id, session_id)
    form = _row_form(session, attendee_id, TickForm)
    if _save_row(session, form):
        form = _row_form(session, attendee_id, TickForm)
    context = {"standing": standing_of(session_id), "answers": ANSWERS, "uses_codes": bool(session.room_code)}
    return page("attendance/tick.html", ("person",), form.status, form=form, session=session, **context)


@attendance.get(f"{PATH}/<int:attendee_id>/more")
def person(event_id: int, session_id: int, attendee_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    return _person_page(session, _row_form(session, attendee_id, RowForm))


@attendance.post(f"{PATH}/<int:attendee_id>/more")
def mark_person(event_id: int, session_id: int, attendee_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    form = _row_form(session, attendee_id, RowForm)
    if _save_row(session, form):
        return done(sheet_url(session, f"person-{attendee_id}"), _("Saved: %(name)s.", name=form.row.name))
    return _person_page(session, form)


@attendance.get(f"{PATH}/walk-in")
def walk_in(event_id: int, session_id: int) -> AnyResponse:
    return _walk_in_page(session_to_mark(event_id, session_id), WalkInForm())


@attendance.post(f"{PATH}/walk-in")
def add_walked_in(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    form = WalkInForm()
    if form.accepted() and not _is_on_sheet(session, form):
        typed = (form.name.data or "", form.address.data or "", form.school.data or "", form.capacity.data)
        by = (here().network.time_zone, here().membership.person_id, bool(form.is_another.data))
        if form.attempt(add_walk_in, session, *typed, *by) is not None:
            return done(
                sheet_url(session), _("%(name)s is on the sheet, here for the whole time.", name=form.name.data)
            )
    return _walk_in_page(session, form)


def _is_on_sheet(session: Session, form: WalkInForm) -> bool:
    """Warn instead of counting somebody twice: by her address always, by her name unless told that it is another."""
    rows = sheet_of(session.id).rows
    by_address = row_with_address(rows, form.address.data or "")
    known = by_address or (
        None if form.is_another.data else row_named(rows, form.name.data or "", form.school.data or "")
    )
    if known:
        form.warn_of(known, is_address=by_address is not None)
    return known is not None


def _row_form(session: Session, person_id: int, kind: type[R]) -> R:
    return kind(Sheet([row_of(session.id, person_id)]), hours_of(session))


def _save_row(session: Session, form: RowForm) -> bool:
    """Whether what was sent stands on the sheet now."""
    marks = form.read(request.form) if form.accepted() else []
    if form.row_errors or form.errors:
        return False
    by = here().membership.person_id
    return not marks or form.attempt(mark_sheet, session, marks, here().network.time_zone, by) is not None


def _sheet_page(session: Session, form: SheetForm) -> AnyResponse:
    begins = request.args.get("begins", "").strip()[:40]
    return page(
        "attendance/sheet.html",
        status=422 if form.row_errors else None,
        form=form,
        act=ActForm(),
        session=session,
        sheet=form.sheet,
        shown=form.sheet.beginning_with(begins),
        begins=begins,
        is_long=len(form.sheet.rows) > MANY,
        answers=ANSWERS,
        claims=claims_of(session.id),
        photos=photos_of(session.id),
        closed_by=name_of(session.attendance_closed_by),
        lines=lines_about("activity", session.id, limit=10),
        words=words,
        takes_codes=closes_at(session) >= clock.now(),
        can_certify=can_edit(here().membership, session.event.owner_id),
    )


def _person_page(session: Session, form: RowForm) -> AnyResponse:
    about = {"line": form.line(form.row), "answers": ANSWERS, "how": HOW.get(form.row.how, ""), "words": words}
    return page("attendance/person.html", status=form.status, form=form, session=session, **about)


def _walk_in_page(session: Session, form: WalkInForm) -> AnyResponse:
    return page("attendance/walk_in.html", form=form, session=session, schools=school_names(session.network_id))


def _saved(new: int, corrected: int) -> str:
    words_ = [ngettext("%(num)s person marked.", "%(num)s people marked.", new)] if new else []
    if corrected:
        words_.append(ngettext("%(num)s row corrected.", "%(num)s rows corrected.", corrected))
    return " ".join(words_) or _("Nothing was changed on the sheet.")
