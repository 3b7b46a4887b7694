"""The credit of an event: what it carries, put in, changed and taken out."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.credit.models import CreditType
from portal.events import running_order
from portal.events.blueprints import events
from portal.events.credit_checks import Plan, no_certificate, open_points
from portal.events.credit_rules import counting
from portal.events.credit_words import LABELS, STEM, block_in_words, how_much, state_in_words, wanted
from portal.events.forms_credit import CreditForm, new_values, values_of
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.events.operations_credit import SUBJECT, add_credit, change_credit, remove_credit, restore_credit
from portal.events.queries_credit import credit_in, credits_of, has_agenda, kinds_for, last_credit, presenters_of
from portal.events.routes_planning import mine_to_edit
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.web import clock
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of


@events.get("/<int:event_id>/credit")
def credit(event_id: int) -> Response:
    event = mine_to_edit(event_id)
    presenters, plan = plan_of(event)
    return page(
        "events/credit.html",
        event=event,
        blocks=[_shown(block, kind, plan) for block, kind in credits_of(event_id)],
        kinds=kinds_for(here().network.id),
        presenters=presenters,
        stem=STEM,
        act=ActForm(),
        lines=lines_about(SUBJECT, event_id),
    )


@events.get("/<int:event_id>/credit/new/<int:type_id>")
def new_credit(event_id: int, type_id: int) -> Response:
    event, kind = mine_to_edit(event_id), _kind(type_id)
    return _form_page(event, kind, _new_form(event, kind))


@events.post("/<int:event_id>/credit/new/<int:type_id>")
def create_credit(event_id: int, type_id: int) -> AnyResponse:
    event, kind = mine_to_edit(event_id), _kind(type_id)
    form = _new_form(event, kind)
    made = (
        form.attempt(add_credit, event, kind, form.values(), here().membership.person_id) if form.accepted() else None
    )
    if made:
        return done(credit_url(event_id), _put_in(kind))
    return _form_page(event, kind, form)


@events.get("/<int:event_id>/credit/<int:credit_id>")
def edit_credit(event_id: int, credit_id: int) -> Response:
    event = mine_to_edit(event_id)
    block, kind = credit_in(event_id, credit_id)
    return _form_page(event, kind, CreditForm(kind, values_of(block)), block)


@events.post("/<int:event_id>/credit/<int:credit_id>")
def save_credit(event_id: int, credit_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    block, kind = credit_in(event_id, credit_id)
    form = CreditForm(kind, values_of(block))
    version = number_of(form.version.data) or 0
    if form.accepted():
        changed = form.attempt(change_credit, event, block, kind, version, form.values(), here().membership.person_id)
        if changed:
            return done(credit_url(event_id), _("Saved. Certificates that were given keep what stands on them."))
    return _form_page(event, kind, form, block)


@events.post("/<int:event_id>/credit/<int:credit_id>/removal")
def take_out_credit(event_id: int, credit_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    block, kind = credit_in(event_id, credit_id)
    remove_credit(event, block, kind, here().membership.person_id)
    undo = url_for(".bring_back_credit", event_id=event_id, credit_id=credit_id)
    return done(credit_url(event_id), _("%(kind)s is out of this event.", kind=kind.name), undo=undo)


@events.post("/<int:event_id>/credit/<int:credit_id>/return")
def bring_back_credit(event_id: int, credit_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    block, kind = credit_in(event_id, credit_id, removed=True)
    restore_credit(event, block, kind, here().membership.person_id)
    return done(credit_url(event_id), _("%(kind)s is back, as it was.", kind=kind.name))


def credit_url(event_id: int) -> str:
    return url_for("events.credit", event_id=event_id)


def plan_of(event: Event) -> tuple[list[str], Plan]:
    """Who presents, and what the checks need to know of the event (two queries)."""
    presenters, sessions = presenters_of(event.id), counting(event.sessions)
    has_steps = bool(running_order.split(event.about)[1])
    return presenters, Plan(
        sessions=sessions,
        time_zone=here().network.time_zone,
        objectives=event.objectives,
        has_agenda=has_steps or has_agenda(event.id),
        has_presenter=bool(presenters),
        evaluation=event.evaluation,
        has_begun=bool(sessions) and sessions[0].starts_at <= clock.now(),
    )


def _shown(block: EventCredit, kind: CreditType, plan: Plan) -> dict[str, Any]:
    """One block as the page draws it."""
    return {
        "block": block,
        "kind": kind,
        "much": how_much(block, kind, plan.sessions),
        "stands": state_in_words(block, kind),
        "never": no_certificate(block, kind, plan),
        "points": open_points(block, kind, plan),
        "wants": wanted(block, kind),
        "words": block_in_words(block),
    }


def _kind(type_id: int) -> CreditType:
    kind = next((one for one in kinds_for(here().network.id) if one.id == type_id), None)
    if kind is None:
        raise NotHere
    return kind


def _put_in(kind: CreditType) -> str:
    if kind.needs_approval:
        return _("It is in. Members see the hours once they are approved.")
    return _("It is in, and the hours stand on the event’s page.")


def _new_form(event: Event, kind: CreditType) -> CreditForm:
    last = last_credit(here().network.id, kind.id)
    return CreditForm(kind, new_values(kind, last, event.objectives, presenters_of(event.id)))


def _form_page(event: Event, kind: CreditType, form: CreditForm, block: EventCredit | None = None) -> Response:
    pairs = [
        (LABELS[key], form.shown(key), theirs)
        for key, theirs in form.conflict.items()
        if key in form and form.shown(key) != theirs
    ]
    if block:
        form.replaces(form.version, block.row_version)
    return page("events/credit_form.html", event=event, kind=kind, form=form, block=block, pairs=pairs)
