"""What a survey came to: how many answered, and for each question n, mean, the five steps, and the words if asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, literal, select

from portal.db import db
from portal.surveys.models import STEPS, Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion, SurveyResponse
from portal.surveys.showing import FEWEST, may_be_shown
from portal.web import clock


@dataclass(frozen=True, slots=True)
class Item:
    """One question and what was said. ``counts`` holds how many chose each step, from the first to the fifth.

    ``n`` is how many answered it. Where they are too few to be shown, ``is_hidden`` is true and the rest is empty.
    """

    text: str
    level: str
    kind: str
    code: str
    n: int = 0
    mean: float | None = None
    counts: tuple[int, ...] = (0,) * STEPS
    words: Sequence[str] = ()
    is_hidden: bool = False

    @property
    def agree(self) -> int:
        """How many chose one of the two upper steps."""
        return sum(self.counts[3:])


@dataclass(frozen=True, slots=True)
class Results:
    """``answered`` of those ``invited``; ``shown`` answers are in the figures, ``waiting`` ones not yet."""

    invited: int
    answered: int
    shown: int
    is_anonymous: bool
    is_closed: bool
    items: Sequence[Item] = field(default=())

    @property
    def rate(self) -> float | None:
        """Answered of invited, from 0 to 1; None where nobody was asked."""
        return self.answered / self.invited if self.invited else None

    @property
    def waiting(self) -> int:
        # Two records that answered each and became one have answered once, with two answers.
        return max(0, self.answered - self.shown)

    @property
    def has_figures(self) -> bool:
        return self.shown > 0


def results_of(survey: Survey, with_words: bool = False) -> Results:
    """The results as they may be shown now (two queries).

    ``with_words`` adds what people wrote. They were told that only the coordinators read it: leave it out everywhere else.
    """
    found, words = _said(survey.id, with_words)
    items = [_item(question, survey, found, words) for question in survey.questions]
    invited, answered, shown = _how_many(survey.id)
    return Results(invited, answered, shown, survey.is_anonymous, survey.closes_at <= clock.now(), items)


def _item(
    question: SurveyQuestion, survey: Survey, found: dict[int, dict[int, int]], words: dict[int, list[str]]
) -> Item:
    about = (question.text, question.level, question.kind, question.item_code)
    steps = found.get(question.id, {})
    n = sum(steps.values())
    if question.kind == "words":
        return Item(*about, n=n, words=words.get(question.id, []))
    if survey.is_anonymous and 0 < n < FEWEST:
        return Item(*about, is_hidden=True)
    counts = tuple(steps.get(step, 0) for step in range(1, STEPS + 1))
    mean = sum(step * count for step, count in steps.items()) / n if n else None
    return Item(*about, n=n, mean=mean, counts=counts)


def _how_many(survey_id: int) -> tuple[int, int, int]:
    """Asked, answered, and in the results; who should not have been asked is in none of them."""
    asked = select(func.count()).select_from(SurveyInvitation)
    asked = asked.where(SurveyInvitation.survey_id == survey_id, SurveyInvitation.excused_on.is_(None))
    answered = asked.where(SurveyInvitation.answered_on.is_not(None))
    shown = select(func.count()).select_from(SurveyResponse).join(Survey, Survey.id == SurveyResponse.survey_id)
    shown = shown.where(Survey.id == survey_id, may_be_shown())
    row = db.session.execute(select(*(one.scalar_subquery() for one in (asked, answered, shown)))).one()
    return row[0] or 0, row[1] or 0, row[2] or 0


def _said(survey_id: int, with_words: bool) -> tuple[dict[int, dict[int, int]], dict[int, list[str]]]:
    """Question → step → how many chose it (step 0 stands for words), and question → what was written.

    Words come in the order of the alphabet: any other would set the texts of one person side by side.
    """
    words = SurveyAnswer.words if with_words else literal("")
    rows = db.session.execute(
        select(SurveyAnswer.question_id, SurveyAnswer.step, words.label("words"), func.count().label("times"))
        .join(SurveyResponse, SurveyResponse.id == SurveyAnswer.response_id)
        .join(Survey, Survey.id == SurveyResponse.survey_id)
        .where(Survey.id == survey_id, may_be_shown())
        .group_by(SurveyAnswer.question_id, SurveyAnswer.step, words)
    ).all()
    counted: dict[int, dict[int, int]] = {}
    written: dict[int, list[str]] = {}
    for question_id, step, text, times in sorted(rows, key=lambda row: row.words.casefold()):
        steps = counted.setdefault(question_id, {})
        steps[step or 0] = steps.get(step or 0, 0) + times
        if text:
            written.setdefault(question_id, []).extend([text] * times)
    return counted, written
