"""Planning: write, change, publish, copy, call off, throw a draft away, and take back."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.events import policy, versions
from portal.events.blueprints import events
from portal.events.forms import EventForm
from portal.events.models import Event
from portal.events.operations import change_event, plan_event
from portal.events.queries_event import event_in
from portal.events.queries_letters import recipients
from portal.events.queries_people import coordinators_of
from portal.networks.scope import here
from portal.web.errors import NotYours
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of


@events.get("/new")
def new() -> AnyResponse:
    only_planners()
    return _form_page(_form(owner=here().membership.person_id))


@events.post("/new")
def create() -> AnyResponse:
    only_planners()
    form = _form()
    if "add_session" in request.form:
        form.add_session()
    elif form.accepted():
        network, person_id = here().network, here().membership.person_id
        event = form.attempt(plan_event, network.id, form.draft(), person_id, "draft" not in request.form)
        if event:
            return done(url_for(".show", event_id=event.id), saved_in_words(event))
    return _form_page(form)


@events.get("/<int:event_id>/edit")
def edit(event_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    return _form_page(_form(event), event)


@events.post("/<int:event_id>/edit")
def change(event_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    form = _form(event)
    if "add_session" in request.form:
        form.add_session()
    elif form.accepted():
        version = number_of(form.version.data) or 0
        changed = form.attempt(change_event, event, version, form.draft(), here().membership.person_id)
        if changed is not None:
            return done(
                url_for(".show", event_id=event_id), _told(changed.told, changed.promoted, bool(event.confirm_hours))
            )
    return _form_page(form, event)


def only_planners() -> None:
    if not policy.can_plan(here().membership):
        raise NotYours


def mine_to_edit(event_id: int) -> Event:
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
    return page("events/form.html", form=form, event=event, pairs=pairs, booked=booked)


def saved_in_words(event: Event) -> str:
    if event.published_at:
        return _("It is on the page, and people can book. Nobody was told by mail.")
    return _("Kept as a draft. Nobody has been told yet.")


def _told(told: int, promoted: int, is_asked: bool) -> str:
    words = [_("Saved.")]
    if told:
        words.append(ngettext("%(num)s person who booked is told.", "%(num)s people who booked are told.", told))
    if promoted and is_asked:
        words.append(
            ngettext(
                "A place is kept for %(num)s who waits, until the answer comes.",
                "Places are kept for %(num)s who wait, until their answers come.",
                promoted,
            )
        )
    elif promoted:
        words.append(
            ngettext("%(num)s moves up from the waiting list.", "%(num)s move up from the waiting list.", promoted)
        )
    return " ".join(words)
