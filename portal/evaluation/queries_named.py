"""Answers with their names, where people were told that names stand beside them."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.db import db
from portal.people.models import Person
from portal.surveys.models import Survey, SurveyAnswer, SurveyResponse


@dataclass(frozen=True, slots=True)
class NamedAnswers:
    """What one person said: question → a step or words."""

    person_id: int
    name: str
    said: dict[int, int | str]


def named_answers(survey: Survey) -> list[NamedAnswers]:
    """Everybody's answers by name (one query). An anonymous survey has none."""
    rows = db.session.execute(
        select(Person.id, Person.name, SurveyAnswer.question_id, SurveyAnswer.step, SurveyAnswer.words)
        .join(SurveyResponse, SurveyResponse.person_id == Person.id)
        .join(SurveyAnswer, SurveyAnswer.response_id == SurveyResponse.id)
        .where(SurveyResponse.survey_id == survey.id)
        .order_by(Person.sort_name, Person.id)
    )
    found: dict[int, NamedAnswers] = {}
    for person_id, name, question_id, step, words in rows:
        said = found.setdefault(person_id, NamedAnswers(person_id, name, {})).said
        said[question_id] = step or words
    return list(found.values())
