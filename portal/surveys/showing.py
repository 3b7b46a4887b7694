"""Which answers a result may be made of, so that nobody is worked out from it.

The answers of a named survey all count at once. Anonymous ones are never shown by fewer than five. While the survey is
open they join the results five at a time, and only while at least five others still wait: so that the last of them,
which join when it closes, are five or more too. Whoever looks before and after sees the difference that a group made,
never that of a person. Source of the five: practice, small numbers of adults.
"""

from sqlalchemy import ColumnElement, Integer, ScalarSelect, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from portal.surveys.models import Survey, SurveyResponse
from portal.web import clock

FEWEST = 5


def answers_in() -> ScalarSelect[int]:
    """How many answered the survey that the query around this is about."""
    every = aliased(SurveyResponse)
    counted = select(func.count()).select_from(every).where(every.survey_id == Survey.id)
    return counted.correlate(Survey).scalar_subquery()


def may_be_shown() -> ColumnElement[bool]:
    """Whether a response counts in the results now; for a query that joins survey and response."""
    is_over = and_(Survey.closes_at <= clock.now(), answers_in() >= FEWEST)
    return or_(~Survey.is_anonymous, SurveyResponse.is_shown, is_over)


def enough(answers: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether so many answers to one question may be shown; for the ``having`` of a query grouped by survey."""
    return or_(func.min(cast(Survey.is_anonymous, Integer)) == 0, answers >= FEWEST)
