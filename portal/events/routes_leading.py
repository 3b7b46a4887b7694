"""Who leads a session: noted before it takes place, shown on the event's page, and later on certificates."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.events import words
from portal.events.blueprints import events
from portal.events.forms_one_session import LeaderForm
from portal.events.models import Session
from portal.events.operations_leading import remove_leader, set_leader, set_newcomer_to_lead
from portal.events.queries_leading import leaders_of, members_to_choose
from portal.events.routes_sessions import session_to_edit
from portal.networks.scope import here
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@events.get("/<int:event_id>/sessions/<int:session_id>/leaders")
def leaders(event_id: int, session_id: int) -> AnyResponse:
    return _leaders_page(session_to_edit(event_id, session_id), _form())


@events.post("/<int:event_id>/sessions/<int:session_id>/leaders")
def lead(event_id: int, session_id: int) -> AnyResponse:
    session, form, by = session_to_edit(event_id, session_id), _form(), here().membership.person_id
    if form.accepted():
        capacity = form.capacity.data
        if form.person.data:
            form.attempt(set_leader, session, form.person.data, capacity, by)
        else:
            who = (form.name.data or "", form.address.data or "")
            form.attempt(set_newcomer_to_lead, session, *who, capacity, by)
        if not form.errors and not form.form_errors:
            return done(
                url_for(".leaders", event_id=event_id, session_id=session_id), _("Noted. It stands on the page.")
            )
    return _leaders_page(session, form)


@events.post("/<int:event_id>/sessions/<int:session_id>/leaders/<int:person_id>/removal")
def stop_leading(event_id: int, session_id: int, person_id: int) -> AnyResponse:
    session = session_to_edit(event_id, session_id)
    form = pressed(remove_leader, session, person_id, here().membership.person_id)
    url = url_for(".leaders", event_id=event_id, session_id=session_id)
    return done_unless_refused(form, url, _("Taken off. It no longer stands on the page."))


def _form() -> LeaderForm:
    return LeaderForm(members_to_choose(here().network.id))


def _leaders_page(session: Session, form: LeaderForm) -> Response:
    leading = leaders_of(session.event_id).get(session.id, [])
    return page(
        "events/leaders.html",
        event=session.event,
        session=session,
        leading=leading,
        form=form,
        act=ActForm(),
        words=words,
    )
