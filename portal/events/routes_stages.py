"""What becomes of an event: published, copied, called off, put back on, thrown away, brought back."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.events import policy
from portal.events.blueprints import events
from portal.events.forms_booking import CallOffForm
from portal.events.models import Event
from portal.events.operations import delete_draft, publish_event, restore_draft
from portal.events.operations_calling_off import call_off, take_back
from portal.events.operations_copying import copy_event
from portal.events.queries_event import event_in
from portal.events.queries_letters import recipients
from portal.events.routes_planning import mine_to_edit, only_planners, saved_in_words
from portal.networks.scope import here
from portal.web.errors import NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@events.post("/<int:event_id>/publication")
def publish(event_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    form = pressed(publish_event, event, here().membership.person_id)
    return _back(event, form, saved_in_words(event))


@events.post("/<int:event_id>/copy")
def copy(event_id: int) -> AnyResponse:
    only_planners()
    event = event_in(here().network.id, event_id)
    form = ActForm()
    if form.accepted():
        made = form.attempt(copy_event, event, here().network.time_zone, here().membership.person_id)
        if made:
            words = _("Copied as a draft, on the same weekday. Nobody was told, and nobody is booked.")
            return done(url_for(".edit", event_id=made.id), words)
    return _back(event, form)


@events.get("/<int:event_id>/calling-off")
def ask_to_call_off(event_id: int) -> AnyResponse:
    return _calling_off_page(mine_to_edit(event_id), CallOffForm())


@events.post("/<int:event_id>/calling-off")
def call_it_off(event_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    form = CallOffForm()
    if form.accepted():
        told = form.attempt(call_off, event, form.reason.data or "", here().membership.person_id)
        if told is not None:
            words = ngettext(
                "Called off. %(num)s person is told now.", "Called off. %(num)s people are told now.", told
            )
            return done(url_for(".show", event_id=event_id), words, undo=url_for(".put_back_on", event_id=event_id))
    return _calling_off_page(event, form)


@events.post("/<int:event_id>/back-on")
def put_back_on(event_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    form = pressed(take_back, event, here().membership.person_id)
    return _back(event, form, _("It is on again. Everybody kept their place and is told."))


@events.post("/<int:event_id>/deletion")
def delete(event_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    form = pressed(delete_draft, event, here().membership.person_id)
    if not form.errors:
        words = _("The draft “%(title)s” is deleted.", title=event.title)
        return done(url_for(".index"), words, undo=url_for(".restore", event_id=event_id))
    return _back(event, form)


@events.post("/<int:event_id>/restoring")
def restore(event_id: int) -> AnyResponse:
    event = event_in(here().network.id, event_id, deleted=True)
    if not policy.can_edit(here().membership, event.owner_id):
        raise NotYours
    restore_draft(event, here().membership.person_id)
    return done(url_for(".show", event_id=event_id), _("The draft is back."))


def _calling_off_page(event: Event, form: CallOffForm) -> Response:
    ahead = [one.id for one in event.sessions if not one.cancelled_at]
    return page("events/call_off.html", event=event, form=form, told=len(recipients(ahead)))


def _back(event: Event, form: ActForm, notice: str | None = None) -> AnyResponse:
    """To the event's page, with what is true now or why it was not possible."""
    return done_unless_refused(form, url_for(".show", event_id=event.id), notice)
