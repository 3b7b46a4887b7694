"""Questions about surveys: whom they asked, and who has answered."""

from sqlalchemy import select

from portal.db import db
from portal.surveys.models import Survey, SurveyInvitation


def survey_about(subject_kind: str, subject_id: int, purpose: str) -> Survey | None:
    """The survey of that purpose about one thing, if there is one."""
    of = (Survey.subject_kind == subject_kind, Survey.subject_id == subject_id, Survey.purpose == purpose)
    return db.session.execute(select(Survey).where(*of)).scalar_one_or_none()


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
