"""The page behind "your 2-minute feedback": the form, what was answered, and "I was not there". Opening it does nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import g, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.db import db
from portal.evaluation import words
from portal.evaluation.forms import FeedbackForm, feedback_form
from portal.evaluation.operations_answers import (
    Doors,
    give_feedback,
    say_not_there,
    say_there_after_all,
)
from portal.evaluation.queries import evaluation_of, event_by_link, may_answer, unmarked_sessions
from portal.events.models import Event
from portal.networks.models import Network
from portal.surveys import words as survey_words
from portal.surveys.models import Survey, SurveyInvitation
from portal.surveys.queries import answers_of, invitation_of, named_response
from portal.web import clock
from portal.web.acts import declare
from portal.web.acts_signed import SignedForm, Whose, gone, holder
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.links import Link, act_link

DOORS = "feedback-doors"


@dataclass
class Scene:
    """What the link is about, and how it stands for its holder."""

    event: Event
    survey: Survey
    network: Network
    link: Link
    whose: Whose

    @property
    def person_id(self) -> int:
        return self.link.person_id

    @cached_property
    def invitation(self) -> SurveyInvitation | None:
        return invitation_of(self.survey.id, self.person_id)

    @property
    def has_answered(self) -> bool:
        return bool(self.invitation and self.invitation.answered_on)

    @cached_property
    def standing(self) -> str:
        """Why there is no form, or nothing: "early", "closed", "thanks", "absent" or "stranger"."""
        now = clock.now()
        if self.has_answered and (self.survey.is_anonymous or now >= self.survey.closes_at):
            return "thanks"
        if self.invitation and self.invitation.excused_on:
            return "absent"
        if now < self.survey.opens_at:
            return "early"
        if now >= self.survey.closes_at:
            return "closed"
        return "" if self.has_answered or may_answer(self.event.id, self.person_id) else "stranger"


def show_feedback(token: str) -> AnyResponse:
    scene = _scene(token)
    if not isinstance(scene, Scene):
        return scene
    return _page(scene, _form(scene))


def press_feedback(token: str) -> AnyResponse:
    scene = _scene(token)
    if not isinstance(scene, Scene):
        return scene
    here = url_for("acts.open_act", act_token=token)
    choice = request.form.get("choice", "")
    if choice in ("absent", "present"):
        form = SignedForm()
        verb = say_not_there if choice == "absent" else say_there_after_all
        if form.accepted() and form.attempt(verb, scene.event, scene.person_id) is not None:
            return done(here)
        return _page(scene, _form(scene), form)
    answers = _form(scene)
    if answers.accepted():
        doors = answers.attempt(give_feedback, scene.event, answers.wording.data or "", scene.person_id, answers.said())
        if doors is not None:
            _keep(scene, doors)
            return done(here)
        answers.wording.data = scene.survey.wording
    return _page(scene, answers)


def _scene(token: str) -> Scene | AnyResponse:
    held = holder(token)
    if not isinstance(held, tuple):
        return held
    link, whose = held
    try:
        event = event_by_link(link.thing_id)
    except NotHere:
        return gone()
    survey = evaluation_of(event.id)
    if survey is None or event.evaluation == "none" or event.cancelled_at:
        return gone()
    network = db.session.get_one(Network, event.network_id)
    g.time_zone = g.get("time_zone") or network.time_zone
    return Scene(event, survey, network, link, whose)


def _form(scene: Scene) -> FeedbackForm:
    before = None if scene.survey.is_anonymous else named_response(scene.survey.id, scene.person_id)
    said = {key: one.step or one.words for key, one in answers_of(before.id).items()} if before else {}
    return feedback_form(scene.survey, said)


def _page(scene: Scene, form: FeedbackForm, button: SignedForm | None = None) -> AnyResponse:
    standing = scene.standing
    return page(
        "evaluation/feedback.html",
        form=button if button and button.errors else form,
        fields=form,
        scene=scene,
        standing=standing,
        steps=survey_words.STEPS,
        reads=words.who_reads(scene.survey.is_anonymous, scene.network.name),
        closes=words.last_day(scene.survey, scene.network.time_zone),
        doors=_doors(scene) if standing == "thanks" or scene.has_answered else [],
    )


def _keep(scene: Scene, doors: Doors) -> None:
    """What the other rooms offered stands on the next page; in this browser only, since asking them again would act again."""
    session[DOORS] = {"event": scene.event.id, "doors": [[str(label), url] for label, url in doors]}


def _doors(scene: Scene) -> list[Any]:
    kept = session.get(DOORS) or {}
    doors = list(kept.get("doors", [])) if kept.get("event") == scene.event.id else []
    for one in unmarked_sessions(scene.event.id, scene.person_id):
        # Her hours and her certificate come from the sheet, not from this form.
        label = _("You are not on the sheet yet. Say that you were there, and your hours count")
        doors.append([label, act_link("wasthere", scene.person_id, one.id, days=14, choice="yes")])
    return doors


def declare_feedback() -> None:
    declare("feedback", show_feedback, press_feedback)
