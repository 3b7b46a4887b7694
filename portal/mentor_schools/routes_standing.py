"""The doors at which a pair changes: its terms, the leads' yes or no, taking a proposal back, the end."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mentor_schools import offering, policy, queries
from portal.mentor_schools.blueprints import mentor_schools
from portal.mentor_schools.forms import ChangeForm, EndForm
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.operations import change_pair, end_pair, restore_pair, resume_pair, take_back_pair
from portal.mentor_schools.operations_answering import accept_pair, decline_pair
from portal.mentor_schools.pairs import leads, state_of
from portal.mentor_schools.routes import the_pair, writable
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@mentor_schools.get("/<int:pair_id>/edit")
def edit(pair_id: int) -> Response:
    pair = writable(pair_id)
    mentor, mentee = leads(pair)
    form = ChangeForm(obj=pair, data={"mentor_lead": str(mentor or ""), "mentee_lead": str(mentee or "")})
    return _edit_page(_with_people(form, pair), pair)


@mentor_schools.post("/<int:pair_id>/edit")
def change(pair_id: int) -> AnyResponse:
    pair = writable(pair_id)
    form = _with_people(ChangeForm(), pair)
    if form.accepted():
        proposal = form.changed(pair, policy.may_name_leads(here().membership))
        form.attempt(change_pair, pair, form.row_version.data or 0, me().person_id, proposal)
        if not form.errors:
            return done(url_for(".show", pair_id=pair.id), _("Changed."))
    form.replaces(form.row_version, pair.row_version)
    return _edit_page(form, pair)


def _with_people(form: ChangeForm, pair: OrganisationPair) -> ChangeForm:
    people = offering.people(here().membership, offering.sides(pair), leads(pair))
    names = queries.sides_of(pair)
    mentor, mentee = (names.get(one, "") for one in offering.sides(pair))
    form.offer_people(
        [one for one in people if one[2] in (mentor, None)], [one for one in people if one[2] in (mentee, None)]
    )
    return form


def _edit_page(form: ChangeForm, pair: OrganisationPair) -> Response:
    return page(
        "mentor_schools/edit.html",
        form=form,
        pair=pair,
        sides=queries.sides_of(pair),
        may_name=policy.may_name_leads(here().membership),
    )


@mentor_schools.post("/<int:pair_id>/yes")
def accept(pair_id: int) -> AnyResponse:
    pair = _to_answer(pair_id)
    form = pressed(accept_pair, pair, me().person_id)
    return _answered(pair, form, _("Thank you. You stand for it."))


@mentor_schools.post("/<int:pair_id>/no")
def decline(pair_id: int) -> AnyResponse:
    pair = _to_answer(pair_id)
    form = pressed(decline_pair, pair, me().person_id)
    return _answered(pair, form, _("Thank you for saying so. Whoever proposed it knows."))


@mentor_schools.post("/<int:pair_id>/removal")
def take_back(pair_id: int) -> AnyResponse:
    pair = the_pair(pair_id)
    if not (policy.may_take_back(here().membership, pair) or policy.may_write(here().membership, pair)):
        raise NotYours
    form = pressed(take_back_pair, pair, me().person_id)
    if refusal := form.refusal():
        return done(url_for(".show", pair_id=pair.id), refusal, kind="wrong")
    undo = url_for(".restore", pair_id=pair.id)
    return done(url_for(".index"), _("The proposal is taken back. Links in the mails open nothing more."), undo)


@mentor_schools.post("/<int:pair_id>/restore")
def restore(pair_id: int) -> AnyResponse:
    pair = the_pair(pair_id, removed=True)
    if not (policy.may_take_back(here().membership, pair) or policy.may_write(here().membership, pair)):
        raise NotYours
    form = pressed(restore_pair, pair, me().person_id)
    if refusal := form.refusal():
        return done(url_for(".index"), refusal, kind="wrong")
    return done(url_for(".show", pair_id=pair.id), _("It stands as a proposal again."))


@mentor_schools.get("/<int:pair_id>/end")
def ask_end(pair_id: int) -> Response:
    pair = writable(pair_id)
    today = clock.today(here().network.time_zone)
    return _end_page(EndForm(data={"ended_on": today, "result": pair.result, "outcome": pair.outcome}), pair)


@mentor_schools.post("/<int:pair_id>/end")
def end(pair_id: int) -> AnyResponse:
    pair, form = writable(pair_id), EndForm()
    today = clock.today(here().network.time_zone)
    if form.accepted() and form.ended_on.data:
        form.attempt(
            end_pair, pair, me().person_id, form.ended_on.data, form.result.data, form.outcome.data or "", today
        )
        if not form.errors:
            undo = url_for(".resume", pair_id=pair.id)
            return done(url_for(".show", pair_id=pair.id), _("It has ended. Its meetings stay counted."), undo)
    return _end_page(form, pair)


def _end_page(form: EndForm, pair: OrganisationPair) -> Response:
    return page("mentor_schools/end.html", form=form, pair=pair, state=state_of(pair), sides=queries.sides_of(pair))


@mentor_schools.post("/<int:pair_id>/resume")
def resume(pair_id: int) -> AnyResponse:
    pair = writable(pair_id)
    form = pressed(resume_pair, pair, me().person_id)
    return _answered(pair, form, _("It is at work again."))


def _to_answer(pair_id: int) -> OrganisationPair:
    pair = the_pair(pair_id)
    if me().person_id not in leads(pair):
        raise NotYours
    return pair


def _answered(pair: OrganisationPair, form: ActForm, told: str) -> AnyResponse:
    return done_unless_refused(form, url_for(".show", pair_id=pair.id), told)
