"""What this room adds to a person's own export: her named answers, and what she told of a class that tried something.

An anonymous answer is in nobody's export: nobody knows whose it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from portal.activities.models import Use
from portal.evaluation.queries import SUBJECT
from portal.events.models import Event
from portal.people.exporting import declare_export, rows_of
from portal.surveys.models import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse


def named_answers_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Each answer that she gave under her name."""
    query = (
        select(
            Survey.title.label("about"), SurveyQuestion.text.label("question"), SurveyAnswer.step, SurveyAnswer.words,
            SurveyResponse.answered_at,
        )
        .join(SurveyResponse, SurveyResponse.survey_id == Survey.id)
        .join(SurveyAnswer, SurveyAnswer.response_id == SurveyResponse.id)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyResponse.person_id == person_id)
        .order_by(Survey.id, SurveyQuestion.position)
    )  # fmt: skip
    return rows_of(query)


def tried_by(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Each time that she told of a class, taken back or not."""
    names = ("used_on", "classes", "students", "what_changed", "quote", "quote_allowed", "withdrawn_at")
    columns = [Event.title.label("event"), *(getattr(Use, name) for name in names)]
    query = select(*columns).join(Event, Event.id == Use.subject_id)
    return rows_of(query.where(Use.subject_kind == SUBJECT, Use.person_id == person_id).order_by(Use.id))


declare_export("evaluation_answers", named_answers_of)
declare_export("event_uses", tried_by)
