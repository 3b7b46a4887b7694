"""How an event's credit stands with the provider: applied for, approved, declined; and the proposal to send."""

from datetime import date

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.credit.models import CreditType
from portal.events.blueprints import events
from portal.events.credit_checks import no_certificate
from portal.events.credit_proposal import proposal
from portal.events.credit_words import STATES, state_in_words
from portal.events.forms_credit import StandingForm
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.events.operations_credit import note_applied, note_standing, step_back
from portal.events.queries_credit import credit_in
from portal.events.routes_credit import credit_url, plan_of
from portal.events.routes_planning import mine_to_edit
from portal.networks.scope import here
from portal.web import clock, papers
from portal.web.errors import DomainError, NotHere
from portal.web.forms import pressed
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of


@events.get("/<int:event_id>/credit/<int:credit_id>/standing")
def credit_standing(event_id: int, credit_id: int) -> Response:
    event = mine_to_edit(event_id)
    block, kind = _approvable(event_id, credit_id)
    return _standing_page(event, block, kind, StandingForm(block, _today()))


@events.post("/<int:event_id>/credit/<int:credit_id>/standing")
def note_credit_standing(event_id: int, credit_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    block, kind = _approvable(event_id, credit_id)
    form = StandingForm(block, _today())
    if form.accepted():
        version, by = number_of(form.version.data) or 0, here().membership.person_id
        typed = (form.state.data, form.day(), by, form.in_service_number.data or "", form.why.data or "")
        if form.attempt(note_standing, event, block, kind, version, *typed):
            return _noted(event, block, kind)
    return _standing_page(event, block, kind, form)


@events.post("/<int:event_id>/credit/<int:credit_id>/sent")
def credit_is_sent(event_id: int, credit_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    block, kind = _approvable(event_id, credit_id)
    form = pressed(note_applied, event, block, kind, _today(), here().membership.person_id)
    if form.refusal():
        return done(credit_url(event_id), form.refusal(), kind="wrong")
    return _noted(event, block, kind)


@events.post("/<int:event_id>/credit/<int:credit_id>/step-back")
def take_credit_back(event_id: int, credit_id: int) -> AnyResponse:
    event = mine_to_edit(event_id)
    block, kind = _approvable(event_id, credit_id)
    try:
        step_back(event, block, kind, here().membership.person_id)
    except DomainError as refusal:
        return done(credit_url(event_id), refusal.sentence, kind="wrong")
    said = _("Taken back. %(kind)s: %(state)s.", kind=kind.name, state=state_in_words(block, kind))
    return done(credit_url(event_id), said)


@events.get("/<int:event_id>/credit/<int:credit_id>/proposal.pdf")
def credit_proposal(event_id: int, credit_id: int) -> Response:
    event = mine_to_edit(event_id)
    block, kind = credit_in(event_id, credit_id)
    presenters, plan = plan_of(event)
    title, values = proposal(event, block, kind, here().network, presenters, plan.has_agenda)
    made = papers.pdf("proposal", title, here().network.locale, values)
    return papers.as_download(made, _("proposal-%(id)s.pdf", id=event_id))


def _approvable(event_id: int, credit_id: int) -> tuple[EventCredit, CreditType]:
    """A block that somebody has to approve. Raises NotHere for one of a kind that needs no approval."""
    block, kind = credit_in(event_id, credit_id)
    if not kind.needs_approval:
        raise NotHere
    return block, kind


def _noted(event: Event, block: EventCredit, kind: CreditType) -> AnyResponse:
    """Back to the page: what is true now, and in plain words where no certificate can come of it."""
    undo = url_for(".take_credit_back", event_id=event.id, credit_id=block.id)
    never = no_certificate(block, kind, plan_of(event)[1])
    if never:
        return done(credit_url(event.id), _("It is noted. %(why)s", why=never), undo=undo, kind="wait")
    said = {
        "applied": _("It is noted as applied for. Members see the hours once they are approved."),
        "approved": _("Approved, and noted. Members and the public page see the hours now."),
        "declined": _("It is noted as declined. Members see nothing of it."),
    }
    return done(credit_url(event.id), said[block.state], undo=undo)


def _standing_page(event: Event, block: EventCredit, kind: CreditType, form: StandingForm) -> Response:
    pairs = []
    if form.conflict:
        yours = str(STATES.get(form.state.data, ""))
        pairs = [(form.state.label.text, yours, form.conflict["state"])]
        # Saving once more replaces the other version knowingly.
        form.version.data = str(block.row_version)
    template = "events/credit_standing.html"
    return page(template, event=event, block=block, kind=kind, form=form, pairs=pairs)


def _today() -> date:
    return clock.today(here().network.time_zone)
