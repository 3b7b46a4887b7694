"""How evaluations are counted: answered of asked, who agrees of who answered, and what a class tried afterwards.

Figures of opinion are made of the same answers as the event's own results: what is too small or too early to be shown
there counts nowhere. No row of theirs is a person. Silence is not "no", and not counted is not zero.
"""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, case, func, select

from portal.activities.counted_rows import Span, person
from portal.activities.counted_uses import ROW as USE
from portal.activities.counted_uses import counted, uncounted, uses
from portal.activities.counting import PERSON, WHAT, WHEN, Gap, Rule
from portal.db import Rows
from portal.evaluation.models import FollowUp
from portal.evaluation.queries import PURPOSE, SUBJECT
from portal.events.models import Event
from portal.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion, SurveyResponse
from portal.surveys.showing import FEWEST, enough, may_be_shown
from portal.web import clock

AGREE = 4


def _about_events(query: Rows, span: Span) -> Rows:
    """The evaluations that opened in the span: the day on which their event ended."""
    return query.join(Event, and_(Survey.subject_kind == SUBJECT, Event.id == Survey.subject_id)).where(
        Survey.purpose == PURPOSE,
        Survey.network_id.in_(span.network_ids),
        Survey.opens_at >= span.start,
        Survey.opens_at < span.end,
        Survey.opens_at <= clock.now(),
        Event.deleted_at.is_(None),
        Event.cancelled_at.is_(None),
        Event.evaluation != "none",
    )


def evaluations(span: Span) -> Rows:
    """One row for each event about which somebody was asked, with how many were, and how many answered."""
    query = (
        select(
            Survey.opens_at.label("when"),
            Event.title.label("what"),
            func.count().label("asked"),
            func.count(SurveyInvitation.answered_on).label("answered"),
            Event.id.label("evaluation_of"),
        )
        .select_from(Survey)
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .where(SurveyInvitation.excused_on.is_(None))
        .group_by(Survey.id, Survey.opens_at, Event.title, Event.id)
        .order_by(Survey.opens_at.desc())
    )
    return _about_events(query, span)


def agreeing(code: str) -> Callable[[Span], Rows]:
    """One row for each event whose answers to that item may be shown, with how many agree or strongly agree."""

    def rows(span: Span) -> Rows:
        answers = func.count(SurveyAnswer.step)
        query = (
            select(
                Survey.opens_at.label("when"),
                Event.title.label("what"),
                func.sum(case((SurveyAnswer.step >= AGREE, 1), else_=0)).label("agree"),
                answers.label("answers"),
                Event.id.label("evaluation_of"),
            )
            .select_from(Survey)
            .join(SurveyQuestion, SurveyQuestion.survey_id == Survey.id)
            .join(SurveyAnswer, SurveyAnswer.question_id == SurveyQuestion.id)
            .join(SurveyResponse, SurveyResponse.id == SurveyAnswer.response_id)
            .where(SurveyQuestion.item_code == code, may_be_shown())
            .group_by(Survey.id, Survey.opens_at, Event.title, Event.id)
            .having(enough(answers))
            .order_by(Survey.opens_at.desc())
        )
        return _about_events(query, span)

    return rows


def not_shown(span: Span) -> Rows:
    """One row for each anonymous evaluation with answers that are not in its results: too few, or it is still open."""
    answered = func.count()
    shown = func.sum(case((may_be_shown(), 1), else_=0))
    query = (
        select(
            Survey.opens_at.label("when"),
            Event.title.label("what"),
            (answered - shown).label("answers"),
            Event.id.label("evaluation_of"),
        )
        .select_from(Survey)
        .join(SurveyResponse, SurveyResponse.survey_id == Survey.id)
        .group_by(Survey.id, Survey.opens_at, Event.title, Event.id)
        .having(answered > shown)
        .order_by(Survey.opens_at.desc())
    )
    return _about_events(query, span)


def event_uses(span: Span) -> Rows:
    """One row for each time that a teacher told of a class that tried something from an event."""
    return uses(span, SUBJECT, Event, "told_event_id")


def uses_with_students(span: Span) -> Rows:
    return counted(event_uses(span))


def uses_without_students(span: Span) -> Rows:
    return uncounted(event_uses(span))


def not_told(span: Span) -> Rows:
    """One row for each person who was asked whether a class tried it, in the span, and has not answered for good."""
    return (
        select(
            FollowUp.asked_at.label("when"),
            Event.title.label("what"),
            person.c.name.label("person"),
            Event.id.label("told_event_id"),
            person.c.id.label("person_id"),
        )
        .join(Event, Event.id == FollowUp.event_id)
        .join(person, person.c.id == FollowUp.person_id)
        .where(
            Event.network_id.in_(span.network_ids),
            FollowUp.asked_at >= span.start,
            FollowUp.asked_at < span.end,
            FollowUp.answer.not_in(("yes", "no")),
        )
        .order_by(FollowUp.asked_at.desc(), person.c.sort_name)
    )


EVENT = {"when": WHEN, "what": WHAT}
ANSWERS = _l("Answers")


def _agreeing(key: str, code: str, name: LazyString) -> Rule:
    sentence = _l(
        "Answers of 4 or 5 on the five steps, of all answers to that sentence after events that ended in the period. "
        "Anonymous evaluations count from five answers on."
    )
    heads = {**EVENT, "agree": _l("Agree"), "answers": ANSWERS}
    return Rule(key, name, sentence, agreeing(code), heads, sums="agree", out_of="answers", small=FEWEST)


RULES = (
    Rule(
        "evaluations",
        _l("evaluations answered, of those asked for"),
        _l(
            "People asked after events that ended in the period, and how many of them answered. It says nothing of what."
        ),
        evaluations,
        {**EVENT, "answered": _l("Answered"), "asked": _l("Asked")},
        sums="answered",
        out_of="asked",
    ),
    _agreeing("good-use", "good-use", _l("say that it was a good use of their time")),
    _agreeing("whom-to-ask", "whom-to-ask", _l("say that they know whom to ask in the network")),
    Rule(
        "event-uses",
        _l("times a class tried something from an event"),
        _l("A teacher told, asked six weeks after the event or by herself, of a lesson on a day in the period."),
        event_uses,
        USE,
    ),
    Rule(
        "event-classes",
        _l("classes that tried something from an event"),
        _l("The classes in those lessons, added up."),
        event_uses,
        USE,
        sums="classes",
    ),
    Rule(
        "event-students",
        _l("students in those classes, direct"),
        _l(
            "The students that teachers counted in those lessons, added up. Lessons without a number are not guessed, "
            "and lessons with a pack stand apart: the same class may be in both."
        ),
        uses_with_students,
        USE,
        sums="students",
        small=10,
    ),
)

GAPS = (
    Gap(
        "evaluations-not-shown",
        _l("Evaluations with answers that are too few to be shown, or not shown yet"),
        _l("what people say of events"),
        not_shown,
        {**EVENT, "answers": ANSWERS},
    ),
    Gap(
        "not-told",
        _l("Asked whether a class tried it, and not answered"),
        _l("classes and students that tried something from an event"),
        not_told,
        {**EVENT, "person": PERSON},
    ),
    Gap(
        "event-uses-without-students",
        _l("Lessons after an event without a number of students"),
        _l("students that tried something from an event"),
        uses_without_students,
        USE,
    ),
)
