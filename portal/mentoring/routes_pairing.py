"""The doors of pairing two people, of how often they meet, and of ending a pair."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring import hooks, policy, queries
from portal.mentoring.first_programmes import programmes_to_choose
from portal.mentoring.forms_pairing import PairForm, RhythmForm
from portal.mentoring.models import Pairing
from portal.mentoring.operations import change_pairing, end_pairing, resume_pairing, start_pairing
from portal.mentoring.queries_people import members_to_pair
from portal.mentoring.routes import mentoring, the_pair
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.numbers import number_of, row_number


@mentoring.get("/pairs/new")
def new() -> Response:
    _coordinators_only()
    form = PairForm(
        started_on=clock.today(here().network.time_zone),
        mentor_id=request.args.get("mentor", 0, type=row_number),
        mentee_id=request.args.get("mentee", 0, type=row_number),
    )
    return _new_page(_with_choices(form))


@mentoring.post("/pairs/new")
def create() -> AnyResponse:
    _coordinators_only()
    form = _with_choices(PairForm())
    if form.accepted():
        terms = form.terms()
        asks = hooks.asking() if form.how.data == "ask" else None
        made = form.attempt(
            asks.verb if asks else start_pairing,
            here().network.id, form.mentor_id.data, form.mentee_id.data, me().person_id,
            form.started_on.data or clock.today(here().network.time_zone),
            terms.purpose, terms.rhythm, terms.monthly_minutes,
            every_days=terms.every_days, arranges=terms.arranges, programme_ids=form.counts_for(), tell=True,
        )  # fmt: skip
        if made and asks:
            shown = url_for(asks.endpoint, proposal_id=made.id)
            return done(shown, _("Both are asked, by mail and on their page. They are a pair once both have said yes."))
        if made:
            return done(url_for(".pair", pairing_id=made.id), _("They are a pair. Both get a mail."))
    return _new_page(form)


def _new_page(form: PairForm) -> Response:
    return page("mentoring/new.html", form=form, can_ask=hooks.asking() is not None)


def _with_choices(form: PairForm) -> PairForm:
    form.mentor_id.choices = form.mentee_id.choices = choices_of(
        [(0, _("Choose")), *members_to_pair(here().network.id)]
    )
    form.offer_programmes(programmes_to_choose(here().network.id))
    return form


@mentoring.get("/pairs/<int:pairing_id>/edit")
def edit(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    return _edit_page(RhythmForm(obj=pairing), pairing)


@mentoring.post("/pairs/<int:pairing_id>/edit")
def update(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id)
    form = RhythmForm()
    if form.accepted():
        form.attempt(change_pairing, pairing, me().person_id, form.terms(), number_of(form.row_version.data) or 0)
        if not form.errors:
            return done(
                url_for(".pair", pairing_id=pairing.id),
                _("Changed. Both see it on their page, and a mail tells of another rhythm."),
            )
    form.replaces(form.row_version, pairing.row_version)
    return _edit_page(form, pairing)


def _edit_page(form: RhythmForm, pairing: Pairing) -> Response:
    return page("mentoring/edit.html", form=form, pairing=pairing, names=queries.names_of(pairing))


@mentoring.get("/pairs/<int:pairing_id>/end")
def ask_end(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    return page("mentoring/end.html", form=ActForm(), pairing=pairing, names=queries.names_of(pairing))


@mentoring.post("/pairs/<int:pairing_id>/end")
def end(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id)
    form = pressed(end_pairing, pairing, me().person_id, clock.today(here().network.time_zone), tell=True)
    told, undo = _("The pair has ended. Its talks stay counted."), url_for(".resume", pairing_id=pairing.id)
    return done_unless_refused(form, url_for(".pair", pairing_id=pairing.id), told, undo)


@mentoring.post("/pairs/<int:pairing_id>/resume")
def resume(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id)
    form = pressed(resume_pairing, pairing, me().person_id, may_undo_others=policy.may_pair(here().membership))
    return done_unless_refused(form, url_for(".pair", pairing_id=pairing.id), _("They are a pair again."))


def _coordinators_only() -> None:
    if not policy.may_pair(here().membership):
        raise NotYours
