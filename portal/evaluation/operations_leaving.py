"""A person leaves: what she said stays counted, her name does not stand beside it any more."""

from sqlalchemy import delete, select, update

from portal.db import db
from portal.evaluation.models import FollowUp
from portal.surveys.models import SurveyAnswer, SurveyInvitation, SurveyResponse


def forget_names_of(person_id: int) -> None:
    """Her named answers become nobody's, her own words go with her, and nobody asks her any more."""
    hers = select(SurveyResponse.id).where(SurveyResponse.person_id == person_id)
    written = (SurveyAnswer.response_id.in_(hers), SurveyAnswer.step.is_(None))
    db.session.execute(delete(SurveyAnswer).where(*written))
    db.session.execute(update(SurveyResponse).where(SurveyResponse.person_id == person_id).values(person_id=None))
    waits = (SurveyInvitation.person_id == person_id, SurveyInvitation.answered_on.is_(None))
    db.session.execute(delete(SurveyInvitation).where(*waits))
    db.session.execute(update(FollowUp).where(FollowUp.person_id == person_id).values(why_not="", ask_again_at=None))
