"""Asking and answering: who is invited, what she answers, and that she was not there after all."""

import secrets
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from portal.db import db, operation
from portal.history import phrases, record
from portal.surveys.models import STEPS, Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion, SurveyResponse
from portal.surveys.queries import invitation_of, named_response
from portal.surveys.showing import FEWEST
from portal.web import clock
from portal.web.errors import DomainError

LONGEST = 2000

phrases.declare(
    {
        "survey.invited": _l("%(count)s were asked about “%(title)s”"),
        "survey.answered": _l("%(actor)s answered “%(title)s”"),
        "survey.answer_changed": _l("%(actor)s changed what she had answered to “%(title)s”"),
        "survey.excused": _l("Somebody said that “%(title)s” is not for her"),
    }
)


@operation
def invite(survey: Survey, people: Iterable[int]) -> list[int]:
    """Ask these people, each once; returns those who were not asked before."""
    wanted = list(dict.fromkeys(people))
    asked = select(SurveyInvitation.person_id).where(
        SurveyInvitation.survey_id == survey.id, SurveyInvitation.person_id.in_(wanted)
    )
    known = set(db.session.execute(asked).scalars())
    fresh = [one for one in wanted if one not in known]
    now = clock.now()
    db.session.add_all(SurveyInvitation(survey_id=survey.id, person_id=one, invited_at=now) for one in fresh)
    if fresh:
        record(None, "survey.invited", "survey", survey.id, title=survey.title, count=len(fresh))
    return fresh


@operation
def answer(survey: Survey, wording: str, person_id: int, said: Mapping[int, int | str]) -> None:
    """Keep what one person answers: question → a step from 1 to 5, or words. Any question may be left out, not all.

    An anonymous answer is sent once, since it can't be found again; a named one can be changed until it closes.
    Raises DomainError outside the window, for nothing said, for a second anonymous answer, for somebody who was not
    asked, and when the questions or who reads them changed since the form was opened (``wording``).
    """
    _refuse_outside(survey)
    invitation = invitation_of(survey.id, person_id)
    if invitation is None or invitation.excused_on:
        raise DomainError(_("You were not asked about this. If that is wrong, tell the coordinator."))
    if survey.wording != wording:
        raise DomainError(_("The questions changed while you wrote. Look at them again; what you wrote is still here."))
    answers = [one for question in survey.questions if (one := _answer(question, said.get(question.id))) is not None]
    if not answers:
        raise DomainError(_("Nothing is filled in yet. One answer is enough."))
    response = _response(survey, invitation, person_id)
    for one in answers:
        one.response_id = response.id
    db.session.add_all(answers)
    db.session.flush()
    if survey.is_anonymous:
        _show_a_group(survey.id)


def _response(survey: Survey, invitation: SurveyInvitation, person_id: int) -> SurveyResponse:
    if survey.is_anonymous and invitation.answered_on:
        raise DomainError(_("You have answered already. It is anonymous, so it can’t be found again to be changed."))
    earlier = None if survey.is_anonymous else named_response(survey.id, person_id)
    invitation.answered_on = invitation.answered_on or clock.today()
    if earlier:
        db.session.execute(delete(SurveyAnswer).where(SurveyAnswer.response_id == earlier.id))
        earlier.answered_at = clock.now()
        record(person_id, "survey.answer_changed", "survey", survey.id, title=survey.title)
        return earlier
    response = SurveyResponse(survey_id=survey.id)
    if not survey.is_anonymous:
        # Of an anonymous answer the history says nothing: the minute of a line beside the minute of a certificate is a name.
        response.person_id, response.answered_at = person_id, clock.now()
        record(person_id, "survey.answered", "survey", survey.id, title=survey.title)
    db.session.add(response)
    db.session.flush()
    return response


def _answer(question: SurveyQuestion, said: int | str | None) -> SurveyAnswer | None:
    if question.kind == "words":
        words = said.strip() if isinstance(said, str) else ""
        return SurveyAnswer(question_id=question.id, words=words[:LONGEST]) if words else None
    if said is None or said == "":
        return None
    if not isinstance(said, int) or not 1 <= said <= STEPS:
        raise DomainError(_("Choose one of the five steps."))
    return SurveyAnswer(question_id=question.id, step=said, words="")


def _show_a_group(survey_id: int) -> None:
    """Five join the results once five others wait besides; which five is left to chance (see ``showing``)."""
    waiting = (SurveyResponse.survey_id == survey_id, ~SurveyResponse.is_shown)
    rows = list(db.session.execute(select(SurveyResponse).where(*waiting)).scalars())
    if len(rows) >= 2 * FEWEST:
        for row in secrets.SystemRandom().sample(rows, FEWEST):
            row.is_shown = True


@operation
def excuse(survey: Survey, person_id: int, excused: bool = True) -> None:
    """It is not for her: she is asked no more and not counted among those asked; or it is after all.

    Raises DomainError once she has answered.
    """
    invitation = invitation_of(survey.id, person_id)
    if invitation is None or bool(invitation.excused_on) == excused:
        return
    if invitation.answered_on:
        raise DomainError(_("You have answered already."))
    invitation.excused_on = clock.today() if excused else None
    if excused:
        record(None, "survey.excused", "survey", survey.id, title=survey.title)


def _refuse_outside(survey: Survey) -> None:
    now = clock.now()
    if now < survey.opens_at:
        raise DomainError(_("This is not open yet."))
    if now >= survey.closes_at:
        raise DomainError(_("This is closed: no more answers are taken."))
