"""Questions about surveys: whom they asked, and who has answered."""

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyResponse


def survey_about(subject_kind: str, subject_id: int, purpose: str) -> Survey | None:
    """The survey of that purpose about one thing with its questions, if there is one (two queries)."""
    of = (Survey.subject_kind == subject_kind, Survey.subject_id == subject_id, Survey.purpose == purpose)
    query = select(Survey).options(selectinload(Survey.questions)).where(*of)
    return db.session.execute(query).scalar_one_or_none()


def who_answered(subject_kind: str, subject_id: int, purpose: str) -> frozenset[int]:
    """The people who have answered it: that they did, never what (one query)."""
    rows = db.session.execute(
        select(SurveyInvitation.person_id)
        .join(Survey, Survey.id == SurveyInvitation.survey_id)
        .where(
            Survey.subject_kind == subject_kind,
            Survey.subject_id == subject_id,
            Survey.purpose == purpose,
            SurveyInvitation.answered_on.is_not(None),
        )
    )
    return frozenset(rows.scalars())


def has_answers(survey_id: int) -> bool:
    return bool(db.session.execute(select(exists().where(SurveyResponse.survey_id == survey_id))).scalar())


def has_invited(survey_id: int) -> bool:
    """Whether anybody has been asked, and so was told who reads it."""
    return bool(db.session.execute(select(exists().where(SurveyInvitation.survey_id == survey_id))).scalar())


def invitation_of(survey_id: int, person_id: int) -> SurveyInvitation | None:
    return db.session.get(SurveyInvitation, (survey_id, person_id))


def named_response(survey_id: int, person_id: int) -> SurveyResponse | None:
    """What she sent under her name; of an anonymous answer nobody knows whose it is."""
    hers = (SurveyResponse.survey_id == survey_id, SurveyResponse.person_id == person_id)
    return db.session.execute(select(SurveyResponse).where(*hers).limit(1)).scalars().first()


def answers_of(response_id: str) -> dict[int, SurveyAnswer]:
    """Question → what was answered in one response."""
    rows = db.session.execute(select(SurveyAnswer).where(SurveyAnswer.response_id == response_id)).scalars()
    return {row.question_id: row for row in rows}
