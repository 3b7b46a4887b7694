"""The coordinators' doors: what is asked and how, the form as people see it, and closing it early."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.evaluation import words
from portal.evaluation.blueprints import evaluation
from portal.evaluation.forms import ArrangeForm, feedback_form
from portal.evaluation.operations import arrange
from portal.evaluation.policy import can_arrange
from portal.evaluation.queries import evaluation_of, is_marked_there, last_end, may_answer
from portal.evaluation.windows import USUAL_DAYS, days_of
from portal.events.models import Event
from portal.events.queries_event import event_in
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.surveys import words as survey_words
from portal.surveys.models import Survey, SurveyItem
from portal.surveys.operations import MOST_QUESTIONS, close_survey
from portal.surveys.queries import has_answers
from portal.surveys.queries_items import items_for
from portal.web import clock
from portal.web.errors import NotHere, NotYours
from portal.web.forms import pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.links import act_link
from portal.web.numbers import number_of


@evaluation.get("/<int:event_id>/evaluation")
def plan(event_id: int) -> AnyResponse:
    event = mine_to_arrange(event_id)
    survey = evaluation_of(event_id)
    bank = items_for(survey)
    days = _days(survey)
    return _plan_page(event, survey, bank, ArrangeForm.of(bank, survey, event.evaluation, days))


@evaluation.post("/<int:event_id>/evaluation")
def save_plan(event_id: int) -> AnyResponse:
    event = mine_to_arrange(event_id)
    survey = evaluation_of(event_id)
    bank = items_for(survey)
    form = ArrangeForm(bank)
    if form.accepted():
        typed = (number_of(form.version.data) or 0, form.way.data, form.asked(), form.wanted_days)
        if form.attempt(arrange, event, *typed, here().membership.person_id):
            return done(url_for(".plan", event_id=event_id), _saved(form.way.data))
    if survey:
        form.replaces(form.version, survey.row_version)
    return _plan_page(event, survey, bank, form)


@evaluation.get("/<int:event_id>/evaluation/preview")
def preview(event_id: int) -> AnyResponse:
    """The form as a participant will see it; nothing can be sent from here."""
    event = mine_to_arrange(event_id)
    survey = evaluation_of(event_id)
    if survey is None or event.evaluation == "none":
        raise NotHere
    return page(
        "evaluation/preview.html",
        event=event,
        survey=survey,
        fields=feedback_form(survey),
        steps=survey_words.STEPS,
        reads=words.who_reads(survey.is_anonymous, here().network.name),
        closes=words.last_day(survey, here().network.time_zone),
    )


@evaluation.post("/<int:event_id>/evaluation/closing")
def close(event_id: int) -> AnyResponse:
    mine_to_arrange(event_id)
    survey = evaluation_of(event_id)
    if survey is None:
        raise NotHere
    form = pressed(close_survey, survey, here().membership.person_id)
    told = _("Closed: no more answers are taken, and all that may be shown is shown.")
    return done_unless_refused(form, url_for(".results", event_id=event_id), told)


@evaluation.get("/<int:event_id>/feedback")
def feedback(event_id: int) -> AnyResponse:
    """A member's own form, which is the page that her mail leads to."""
    person_id = here().membership.person_id
    event = event_in(here().network.id, event_id)
    if evaluation_of(event_id) is None or event.evaluation == "none" or not may_answer(event_id, person_id):
        raise NotHere
    return done(act_link("feedback", person_id, event_id, days=1))


@evaluation.get("/<int:event_id>/tried")
def tried(event_id: int) -> AnyResponse:
    """The same for "did you try it?", for whoever was there."""
    person_id = here().membership.person_id
    event_in(here().network.id, event_id)
    if not is_marked_there(event_id, person_id):
        raise NotHere
    return done(act_link("tried", person_id, event_id, days=1, choice="yes"))


def mine_to_arrange(event_id: int) -> Event:
    event = event_in(here().network.id, event_id)
    if not can_arrange(here().membership, event.owner_id):
        raise NotYours
    return event


def _plan_page(event: Event, survey: Survey | None, bank: list[SurveyItem], form: ArrangeForm) -> AnyResponse:
    theirs = form.conflict.get("questions", "")
    return page(
        "evaluation/plan.html",
        event=event,
        survey=survey,
        form=form,
        bank=bank,
        pairs=[(_("What is asked"), "\n".join(one.text for one in form.asked()), theirs)] if theirs else [],
        is_fixed=survey is not None and has_answers(survey.id),
        ends_at=last_end(event),
        closes=words.last_day(survey, here().network.time_zone) if survey else "",
        levels=survey_words.LEVELS,
        most=MOST_QUESTIONS,
        now=clock.now(),
        lines=lines_about("survey", survey.id) if survey else [],
    )


def _days(survey: Survey | None) -> int:
    if survey is None:
        return USUAL_DAYS
    return days_of(survey.opens_at, survey.closes_at, here().network.time_zone)


def _saved(way: str) -> str:
    if way == "none":
        return _("Nobody is asked about this event, neither now nor in six weeks.")
    return _("Saved. People are asked in the evening after the last session.")
