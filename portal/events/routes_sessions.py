"""One session of an event: call it off, put it back on, move it. Each asks first and says who is told."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.events import words
from portal.events.blueprints import events
from portal.events.forms_booking import CallOffForm
from portal.events.forms_one_session import MoveForm, moved_line
from portal.events.models import Session
from portal.events.operations_one_session import call_session_off, move_session, put_session_back_on
from portal.events.queries_letters import recipients
from portal.events.routes_planning import mine_to_edit
from portal.networks.scope import here
from portal.web.errors import NotHere
from portal.web.forms import pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.numbers import number_of


@events.get("/<int:event_id>/sessions/<int:session_id>/calling-off")
def ask_to_call_session_off(event_id: int, session_id: int) -> AnyResponse:
    return _calling_off_page(session_to_edit(event_id, session_id), CallOffForm())


@events.post("/<int:event_id>/sessions/<int:session_id>/calling-off")
def call_one_off(event_id: int, session_id: int) -> AnyResponse:
    session, form = session_to_edit(event_id, session_id), CallOffForm()
    if form.accepted():
        told = form.attempt(call_session_off, session, form.reason.data or "", here().membership.person_id)
        if told is not None:
            sentence = ngettext(
                "This date is off. %(num)s person is told.", "This date is off. %(num)s are told.", told
            )
            undo = url_for(".put_one_back_on", event_id=event_id, session_id=session_id)
            return done(url_for(".show", event_id=event_id), sentence, undo=undo)
    return _calling_off_page(session, form)


@events.post("/<int:event_id>/sessions/<int:session_id>/back-on")
def put_one_back_on(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_edit(event_id, session_id)
    form = pressed(put_session_back_on, session, here().membership.person_id)
    told = _("This date is on again. Everybody kept their place and is told.")
    return done_unless_refused(form, url_for(".show", event_id=event_id), told)


@events.get("/<int:event_id>/sessions/<int:session_id>/move")
def ask_where_to_move(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_edit(event_id, session_id)
    return _moving_page(session, MoveForm(session, here().network.time_zone))


@events.post("/<int:event_id>/sessions/<int:session_id>/move")
def move_one(event_id: int, session_id: int) -> AnyResponse:
    session = session_to_edit(event_id, session_id)
    form = MoveForm(session, here().network.time_zone)
    draft = form.session.form.draft if form.accepted() else None
    if draft:
        version, by = number_of(form.version.data) or 0, here().membership.person_id
        told = form.attempt(move_session, session, version, draft, form.reason.data or "", by)
        if told is not None:
            sentence = ngettext("Moved. %(num)s person is told.", "Moved. %(num)s people are told.", told)
            return done(url_for(".show", event_id=event_id), sentence)
    return _moving_page(session, form)


def session_to_edit(event_id: int, session_id: int) -> Session:
    """A session of an event that this member may change. Raises NotHere, NotYours."""
    event = mine_to_edit(event_id)
    session = next((one for one in event.sessions if one.id == session_id), None)
    if session is None:
        raise NotHere
    return session


def _calling_off_page(session: Session, form: CallOffForm) -> Response:
    told = len(recipients([session.id]))
    return page("events/session_off.html", event=session.event, session=session, form=form, told=told, words=words)


def _moving_page(session: Session, form: MoveForm) -> Response:
    pairs = []
    if form.conflict:
        # Saving once more replaces the other version knowingly.
        form.version.data = str(session.event.row_version)
        pairs = [(_("When and where"), form.shown(), moved_line(session))]
    status = 409 if form.conflict else 422 if form.is_submitted() else 200
    return page(
        "events/session_move.html",
        status=status,
        event=session.event,
        session=session,
        form=form,
        told=len(recipients([session.id])),
        pairs=pairs,
        words=words,
    )
