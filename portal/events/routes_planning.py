"""Planning: write, change, publish, copy, call off, throw a draft away, and take back."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.events import policy, versions
from portal.events.blueprints import events
from portal.events.forms import EventForm
from portal.events.forms_booking import CallOffForm
from portal.events.models import Event
from portal.events.operations import change_event, delete_draft, plan_event, publish_event, restore_draft
from portal.events.operations_calling_off import call_off, take_back
from portal.events.operations_copying import copy_event
from portal.events.queries_event import event_in
from portal.events.queries_letters import recipients
from portal.events.queries_people import coordinators_of
from portal.networks.scope import here
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@events.get("/new")
def new() -> AnyResponse:
    _only_planners()
    return _form_page(_form(owner=here().membership.person_id))


@events.post("/new")
def create() -> AnyResponse:
    _only_planners()
    form = _form()
    if "add_session" in request.form:
        form.add_session()
    elif form.accepted():
        network, person_id = here().network, here().membership.person_id
        event = form.attempt(plan_event, network.id, form.draft(), person_id, "draft" not in request.form)
        if event:
            return done(url_for(".show", event_id=event.id), _saved(event))
    return _form_page(form)


@events.get("/<int:event_id>/edit")
def edit(event_id: int) -> AnyResponse:
    event = _mine_to_edit(event_id)
    return _form_page(_form(event), event)


@events.post("/<int:event_id>/edit")
def change(event_id: int) -> AnyResponse:
    event = _mine_to_edit(event_id)
    form = _form(event)
    if "add_session" in request.form:
        form.add_session()
    elif form.accepted():
        version = int(form.version.data) if str(form.version.data).isdigit() else 0
        changed = form.attempt(change_event, event, version, form.draft(), here().membership.person_id)
        if changed is not None:
            return done(url_for(".show", event_id=event_id), _told(changed.told, changed.promoted))
    return _form_page(form, event)


@events.post("/<int:event_id>/publication")
def publish(event_id: int) -> AnyResponse:
    event = _mine_to_edit(event_id)
    form = ActForm()
    if form.accepted():
        form.attempt(publish_event, event, here().membership.person_id)
    return _back(event, form, _saved(event))


@events.post("/<int:event_id>/copy")
def copy(event_id: int) -> AnyResponse:
    _only_planners()
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
    return _calling_off_page(_mine_to_edit(event_id), CallOffForm())


@events.post("/<int:event_id>/calling-off")
def call_it_off(event_id: int) -> AnyResponse:
    event = _mine_to_edit(event_id)
    form = CallOffForm()
    if form.accepted():
        told = form.attempt(call_off, event, form.reason.data, here().membership.person_id)
        if told is not None:
            words = ngettext(
                "Called off. %(num)s person is told now.", "Called off. %(num)s people are told now.", told
            )
            return done(url_for(".show", event_id=event_id), words, undo=url_for(".put_back_on", event_id=event_id))
    return _calling_off_page(event, form)


@events.post("/<int:event_id>/back-on")
def put_back_on(event_id: int) -> AnyResponse:
    event = _mine_to_edit(event_id)
    form = ActForm()
    if form.accepted():
        form.attempt(take_back, event, here().membership.person_id)
    return _back(event, form, _("It is on again. Everybody kept their place and is told."))


@events.post("/<int:event_id>/deletion")
def delete(event_id: int) -> AnyResponse:
    event = _mine_to_edit(event_id)
    form = ActForm()
    if form.accepted():
        form.attempt(delete_draft, event, here().membership.person_id)
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


def _only_planners() -> None:
    if not policy.can_plan(here().membership):
        raise NotYours


def _mine_to_edit(event_id: int) -> Event:
    event = event_in(here().network.id, event_id)
    if not policy.can_edit(here().membership, event.owner_id):
        raise NotYours
    return event


def _form(event: Event | None = None, **values: object) -> EventForm:
    owners = coordinators_of(here().network.id, [here().membership.person_id, event.owner_id if event else None])
    return EventForm(here().network.time_zone, owners, event, **values)


def _form_page(form: EventForm, event: Event | None = None) -> Response:
    theirs = form.conflict and event and versions.in_words(event)
    if theirs and event:
        # Saving once more replaces the other version knowingly.
        form.version.data = str(event.row_version)
    pairs = [
        (form[key].label.text, form.shown(key), words)
        for key, words in (theirs or {}).items()
        if form.shown(key) != words
    ]
    booked = len(recipients([one.id for one in event.sessions])) if event and event.published_at else 0
    status = 409 if theirs else 422 if form.errors else 200
    return page("events/form.html", status=status, form=form, event=event, pairs=pairs, booked=booked)


def _calling_off_page(event: Event, form: CallOffForm) -> Response:
    ahead = [one.id for one in event.sessions if not one.cancelled_at]
    return page("events/call_off.html", event=event, form=form, told=len(recipients(ahead)))


def _back(event: Event, form: ActForm, notice: str | None = None) -> AnyResponse:
    """To the event's page, with what is true now or why it was not possible."""
    refusal = next((sentence for _id, sentence in form.lines()), None)
    return done(url_for(".show", event_id=event.id), refusal or notice, kind="wrong" if refusal else "done")


def _saved(event: Event) -> str:
    if event.published_at:
        return _("It is on the page, and people can book. Nobody was told by mail.")
    return _("Kept as a draft. Nobody has been told yet.")


def _told(told: int, promoted: int) -> str:
    words = [_("Saved.")]
    if told:
        words.append(ngettext("%(num)s person who booked is told.", "%(num)s people who booked are told.", told))
    if promoted:
        words.append(
            ngettext("%(num)s moves up from the waiting list.", "%(num)s move up from the waiting list.", promoted)
        )
    return " ".join(words)
