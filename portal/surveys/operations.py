"""Surveys: made about something with questions of their own, changed until somebody answers, opened and closed by dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from portal.db import db, operation
from portal.history import phrases, record
from portal.surveys.models import KINDS, LEVELS, Survey, SurveyItem, SurveyQuestion
from portal.surveys.queries import has_answers
from portal.web import clock
from portal.web.errors import Conflict, DomainError

# A common limit of forms that people fill in. Source: practice, M3.
MOST_QUESTIONS = 10

phrases.declare(
    {
        "survey.made": _l("%(actor)s made the questions of “%(title)s”"),
        "survey.made_itself": _l("“%(title)s” got the usual questions"),
        "survey.changed": _l("%(actor)s changed the questions of “%(title)s”"),
        "survey.window": _l("%(actor)s changed until when “%(title)s” can be answered"),
        "survey.closed": _l("%(actor)s closed “%(title)s”"),
    }
)


@dataclass(frozen=True, slots=True)
class About:
    """What a survey is about, and for whose network."""

    network_id: int
    purpose: str
    subject_kind: str
    subject_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it will be asked: copied from an item of the bank (then with its code), or somebody's own."""

    text: str
    level: str
    kind: str
    item_code: str = ""

    @classmethod
    def of(cls, item: SurveyItem) -> "Asked":
        return cls(item.text, item.level, item.kind, item.code)


@operation
def make_survey(
    about: About,
    questions: Sequence[Asked],
    is_anonymous: bool,
    opens_at: datetime,
    closes_at: datetime,
    by: int | None,
) -> Survey:
    """A survey with its questions. Raises DomainError for none, for more than ten, and for an end before the start."""
    _check(questions, opens_at, closes_at)
    survey = Survey(
        network_id=about.network_id, purpose=about.purpose, subject_kind=about.subject_kind,
        subject_id=about.subject_id, title=about.title, is_anonymous=is_anonymous, opens_at=opens_at,
        closes_at=closes_at, created_at=clock.now(), created_by=by,
    )  # fmt: skip
    survey.questions = [_question(one, place) for place, one in enumerate(questions)]
    db.session.add(survey)
    db.session.flush()
    record(by, "survey.made" if by else "survey.made_itself", "survey", survey.id, title=survey.title)
    return survey


@operation
def change_survey(survey: Survey, version: int, questions: Sequence[Asked], is_anonymous: bool, by: int) -> bool:
    """Other questions, anonymous or named. A question that stays keeps its row, and with it what is half typed.

    Raises Conflict when somebody changed it meanwhile, DomainError once somebody has answered: what was asked stays.
    """
    if survey.row_version != version:
        raise Conflict({"questions": "\n".join(one.text for one in survey.questions)})
    if has_answers(survey.id):
        raise DomainError(_("Somebody has answered already, so the questions stay as they are."))
    _check(questions, survey.opens_at, survey.closes_at)
    known = {(one.text, one.kind): one for one in survey.questions}
    kept = [known.get((one.text, one.kind)) or _question(one, 0) for one in questions]
    for place, question in enumerate(kept):
        question.position = place
    survey.questions, survey.is_anonymous = kept, is_anonymous
    # The row itself changes with its questions, so that whoever looks at the old ones is told.
    flag_modified(survey, "title")
    record(by, "survey.changed", "survey", survey.id, title=survey.title)
    return True


@operation
def change_window(survey: Survey, opens_at: datetime, closes_at: datetime, by: int | None) -> bool:
    """From when until when it can be answered. Without a person it follows what it is about, and leaves no line.

    Raises DomainError for an anonymous survey that is over and has answers: its results are out, and the next answer
    would be the difference.
    """
    _check(survey.questions, opens_at, closes_at)
    if survey.is_anonymous and survey.closes_at <= clock.now() and has_answers(survey.id):
        raise DomainError(
            _("It is closed and its results are shown. Answers that came now could be told from the others.")
        )
    if (survey.opens_at, survey.closes_at) != (opens_at, closes_at):
        survey.opens_at, survey.closes_at = opens_at, closes_at
        if by:
            record(by, "survey.window", "survey", survey.id, title=survey.title)
    return True


@operation
def close_survey(survey: Survey, by: int) -> bool:
    """From now on nobody can answer, and all results are shown. It stays closed once somebody has answered."""
    now = clock.now()
    if survey.opens_at >= now:
        raise DomainError(_("It is not open yet."))
    if survey.closes_at > now:
        survey.closes_at = now
        record(by, "survey.closed", "survey", survey.id, title=survey.title)
    return True


def _check(questions: Sequence[Asked | SurveyQuestion], opens_at: datetime, closes_at: datetime) -> None:
    if not questions:
        raise DomainError(_("Choose at least one question."), "items")
    if len(questions) > MOST_QUESTIONS:
        raise DomainError(
            _(
                "Ten questions at most: more, and few people answer. Take %(many)s out.",
                many=len(questions) - MOST_QUESTIONS,
            ),
            "items",
        )
    if closes_at <= opens_at:
        raise DomainError(_("It has to close after it opens."), "days")
    if any(one.level not in LEVELS or one.kind not in KINDS for one in questions):
        raise DomainError(_("Choose one of the answers."), "items")


def _question(one: Asked, place: int) -> SurveyQuestion:
    return SurveyQuestion(position=place, item_code=one.item_code, level=one.level, kind=one.kind, text=one.text)
