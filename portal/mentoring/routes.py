"""The doors of mentoring: pairing two people, ending a pair. The first page and a pair's have modules of their own."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring import policy, queries
from portal.mentoring.forms import PairForm, RhythmForm
from portal.mentoring.models import Pairing
from portal.mentoring.operations import change_pairing, end_pairing, resume_pairing, start_pairing
from portal.mentoring.queries_people import members_to_pair
from portal.networks.scope import here, room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.people.own_means import only_by_her_own_means
from portal.web import clock
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page

__all__ = ["mentoring", "the_pair"]

mentoring = room_blueprint("mentoring", __name__)
# A coordinator who makes a slip for a mentor could come in with it herself: the notes are closed to her all the same.
mentoring.before_request(only_by_her_own_means)
declare_tab("mentoring", Tab("pairs", _l("Pairs"), "mentoring.index", 10))


@mentoring.get("/pairs/new")
def new() -> Response:
    _coordinators_only()
    form = PairForm(started_on=clock.today(here().network.time_zone))
    return page("mentoring/new.html", form=_with_members(form))


@mentoring.post("/pairs/new")
def create() -> AnyResponse:
    _coordinators_only()
    form = _with_members(PairForm())
    if form.accepted():
        made = form.attempt(
            start_pairing,
            here().network.id,
            form.mentor_id.data,
            form.mentee_id.data,
            me().person_id,
            form.started_on.data or clock.today(here().network.time_zone),
            form.purpose.data or "",
            form.rhythm.data or "",
            form.monthly_minutes.data,
        )
        if made:
            return done(url_for(".pair", pairing_id=made.id), _("They are a pair. Both see it on their page."))
    return page("mentoring/new.html", form=form)


def _with_members(form: PairForm) -> PairForm:
    members = choices_of(members_to_pair(here().network.id))
    form.mentor_id.choices = form.mentee_id.choices = members
    return form


@mentoring.get("/pairs/<int:pairing_id>/edit")
def edit(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    _coordinators_only()
    return page("mentoring/edit.html", form=RhythmForm(obj=pairing), pairing=pairing, names=queries.names_of(pairing))


@mentoring.post("/pairs/<int:pairing_id>/edit")
def update(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id)
    _coordinators_only()
    form = RhythmForm()
    if form.accepted():
        target = form.monthly_minutes.data
        change_pairing(pairing, me().person_id, form.purpose.data or "", form.rhythm.data or "", target)
        return done(url_for(".pair", pairing_id=pairing.id), _("Changed. Both see it on their page."))
    return page("mentoring/edit.html", form=form, pairing=pairing, names=queries.names_of(pairing))


@mentoring.get("/pairs/<int:pairing_id>/end")
def ask_end(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    return page("mentoring/end.html", form=ActForm(), pairing=pairing, names=queries.names_of(pairing))


@mentoring.post("/pairs/<int:pairing_id>/end")
def end(pairing_id: int) -> AnyResponse:
    pairing, form = the_pair(pairing_id), ActForm()
    if form.accepted():
        form.attempt(end_pairing, pairing, me().person_id, clock.today(here().network.time_zone))
    if refusal := form.refusal():
        return done(url_for(".pair", pairing_id=pairing.id), refusal, kind="wrong")
    undo = url_for(".resume", pairing_id=pairing.id)
    return done(url_for(".pair", pairing_id=pairing.id), _("The pair has ended. Its talks stay counted."), undo)


@mentoring.post("/pairs/<int:pairing_id>/resume")
def resume(pairing_id: int) -> AnyResponse:
    pairing, form = the_pair(pairing_id), ActForm()
    if form.accepted():
        form.attempt(resume_pairing, pairing, me().person_id)
    if refusal := form.refusal():
        return done(url_for(".pair", pairing_id=pairing.id), refusal, kind="wrong")
    return done(url_for(".pair", pairing_id=pairing.id), _("They are a pair again."))


def the_pair(pairing_id: int) -> Pairing:
    """A pair of this network that this person may know of; 404 for one that is not, 403 for other members."""
    pairing = queries.pairing_in(here().network.id, pairing_id)
    if pairing is None:
        raise NotHere
    if not policy.may_see_pair(here().membership, pairing):
        raise NotYours
    return pairing


def _coordinators_only() -> None:
    if not policy.may_pair(here().membership):
        raise NotYours
