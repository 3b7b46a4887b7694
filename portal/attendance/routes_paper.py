"""The sheet on paper: printed, typed back, and its photo kept."""

from typing import Any

from flask import request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.attendance.blueprints import attendance
from portal.attendance.forms_paper import PaperForm, Plan
from portal.attendance.forms_photos import PhotosForm
from portal.attendance.operations_paper import add_photos, remove_photo, return_photo, save_paper
from portal.attendance.paper_list import PaperList, moment_of, paper_list
from portal.attendance.paper_values import paper_values, statement
from portal.attendance.queries_paper import photo_of, photos_of
from portal.attendance.scope import PATH, hours_of, ids, session_to_mark, sheet_url
from portal.events import words
from portal.events.models import Session
from portal.events.queries_newcomers import school_names
from portal.files.queries import file_by_id
from portal.files.receiving import receive
from portal.files.serving import send
from portal.networks.scope import here
from portal.web import papers
from portal.web.errors import NotHere
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, page

PHOTO = f"{PATH}/paper/photos/<int:photo_id>"


@attendance.get(f"{PATH}/paper")
def paper(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    listed = paper_list(session_id)
    return page("attendance/paper.html", session=session, listed=listed, statement=statement(), words=words)


@attendance.get(f"{PATH}/paper.pdf")
def paper_pdf(event_id: int, session_id: int) -> AnyResponse:
    """The same as tagged PDF, to print anywhere."""
    session = session_to_mark(event_id, session_id)
    listed = paper_list(session_id)
    values = paper_values(session, listed, here().network.name)
    content = papers.pdf("sheet", values["title"], str(get_locale() or "en"), values)
    return papers.as_download(content, f"attendance-{session_id}-{listed.code}.pdf")


@attendance.get(f"{PATH}/paper/typed")
def type_paper(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    asked = request.args.get("list", "")[:20]
    listed = paper_list(session_id, asked)
    unknown = asked if asked and moment_of(asked) is None else ""
    return _typed_page(session, PaperForm(listed, hours_of(session)), None, unknown=unknown)


@attendance.post(f"{PATH}/paper/typed")
def save_typed_paper(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    form = PaperForm(paper_list(session_id, request.form.get("list", "")[:20]), hours_of(session))
    plan = form.read(request.form) if form.accepted() else None
    if plan and "preview" not in request.form:
        by = (here().network.time_zone, here().membership.person_id)
        saved = form.attempt(save_paper, session, plan.marks, plan.walk_ins, *by)
        if saved is not None:
            return done(sheet_url(session), _saved(saved))
    return _typed_page(session, form, plan)


@attendance.get(f"{PATH}/paper/photos")
def photos(event_id: int, session_id: int) -> AnyResponse:
    return _photos_page(session_to_mark(event_id, session_id), PhotosForm())


@attendance.post(f"{PATH}/paper/photos")
def add_photo(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    form, me = PhotosForm(), here().membership.person_id
    if form.accepted():
        receive(form.files, me)
        # Taking them in let the transaction go: the session is asked for anew.
        session = session_to_mark(event_id, session_id)
        added = None if form.files.refused else form.attempt(add_photos, session, form.files.kept, me)
        if added is not None:
            said = ngettext("The photo is kept with the sheet.", "%(num)s photos are kept with the sheet.", added)
            return done(url_for(".photos", **ids(session)), said)
    return _photos_page(session, form)


@attendance.get(PHOTO)
def photo(event_id: int, session_id: int, photo_id: int) -> AnyResponse:
    session_to_mark(event_id, session_id)
    found = photo_of(session_id, photo_id)
    file = file_by_id(found.stored_file_id) if found.stored_file_id and not found.removed_at else None
    if file is None:
        raise NotHere
    return send(file, inline=True)


@attendance.post(f"{PHOTO}/removal")
def take_photo_away(event_id: int, session_id: int, photo_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    found = photo_of(session_id, photo_id)
    pressed(remove_photo, session, found, here().membership.person_id)
    undo = url_for(".put_photo_back", photo_id=photo_id, **ids(session))
    return done(url_for(".photos", **ids(session)), _("The photo is taken away."), undo=undo)


@attendance.post(f"{PHOTO}/return")
def put_photo_back(event_id: int, session_id: int, photo_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    found = photo_of(session_id, photo_id)
    pressed(return_photo, session, found, here().membership.person_id)
    return done(url_for(".photos", **ids(session)), _("The photo is back."))


def _typed_page(session: Session, form: PaperForm, plan: Plan | None, **more: Any) -> AnyResponse:
    listed: PaperList = form.listed
    status = 422 if form.row_errors or form.walk_ins.errors else None
    about = {"listed": listed, "plan": plan, "schools": school_names(session.network_id), "unknown": "", "words": words}
    return page("attendance/typed.html", status=status, form=form, session=session, **(about | more))


def _photos_page(session: Session, form: PhotosForm) -> AnyResponse:
    return page("attendance/photos.html", session=session, form=form, act=ActForm(), photos=photos_of(session.id))


def _saved(count: int) -> str:
    return ngettext("%(num)s row of the paper is on the sheet.", "%(num)s rows of the paper are on the sheet.", count)
