"""What people said after an evening, and what a class tried six weeks later."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from sqlalchemy import select

from portal.activities.models import Participation
from portal.activities.uses import UseTold
from portal.db import db
from portal.demo.story import Story, at, read, spread
from portal.evaluation.models import FollowUp
from portal.evaluation.operations import make_usual
from portal.evaluation.operations_answers import give_feedback
from portal.evaluation.operations_follow_up import say_no, say_not_yet, tell_tried
from portal.evaluation.queries import last_end
from portal.events.models import Event
from portal.surveys.models import STEPS, Survey
from portal.surveys.operations_answers import invite

# They answer the day after, once the sheet is closed: with the answer comes the certificate.
AFTER, ANSWERED, ASKED = timedelta(hours=1), timedelta(days=1, hours=2), timedelta(weeks=6)


def tell_evaluations(story: Story) -> None:
    """After the events: whoever came is asked, most answer, and six weeks later some have tried it."""
    for told in read("evaluations")["evaluation"]:
        event = db.session.execute(select(Event).where(Event.title == told["event"])).scalar_one()
        evening = (last_end(event) or story.now) + AFTER
        with at(evening):
            survey = make_usual(event)
            people = _who_came(event)
        if survey:
            with at(evening):
                invite(survey, people)
            _answer(event, survey, people, told, evening - AFTER + ANSWERED)
        if "tried" in told:
            _try(story, event, people, told, evening + ASKED)


def _who_came(event: Event) -> list[int]:
    rows = db.session.execute(
        select(Participation.person_id)
        .where(
            Participation.activity_id.in_([one.id for one in event.sessions]),
            Participation.minutes > 0,
            Participation.capacity == "participant",
        )
        .order_by(Participation.person_id)
    )
    return list(dict.fromkeys(rows.scalars()))


def _answer(event: Event, survey: Survey, people: list[int], told: dict[str, Any], since: Any) -> None:
    """The columns of the form are told of, not the lines: here each of the people takes the next of each."""
    agree = [one.id for one in survey.questions if one.kind == "agree"]
    worth, following = [one.id for one in survey.questions if one.kind == "words"]
    columns = [_spelled_out(steps) for steps in told["steps"]]
    answering = people[: len(people) - told["silent"]]
    for place, (person_id, *steps, words, topic) in enumerate(
        zip_longest(answering, *columns, told["worth"], told["next"])
    ):
        if person_id is None:
            break
        said = {question: step for question, step in zip(agree, steps, strict=True) if step}
        said |= {question: text for question, text in ((worth, words), (following, topic)) if text}
        if said:
            with at(spread(since, place)):
                give_feedback(event, survey.wording, person_id, said)


def _spelled_out(counts: list[int]) -> Iterator[int]:
    """[0, 1, 2, 0, 0] is 2, 3, 3."""
    return (step for step, count in zip(range(1, STEPS + 1), counts, strict=True) for _one in range(count))


def _try(story: Story, event: Event, people: list[int], told: dict[str, Any], asked_at: Any) -> None:
    asked = min(asked_at, story.ago(3))
    db.session.add_all(FollowUp(event_id=event.id, person_id=one, asked_at=asked) for one in people)
    db.session.flush()
    for place, one in enumerate(told["tried"]):
        day = story.on(one["on"], "12:00").date()
        quote = one.get("quote", "")
        lesson = UseTold(
            day,
            one["classes"],
            one.get("students"),
            what_changed=one["what_changed"],
            quote=quote,
            quote_allowed=bool(quote),
        )
        with at(min(spread(asked, place), story.now)):
            tell_tried(event, story.who(one["who"]), lesson, story.today)
    with at(asked):
        for handle in told.get("not_yet", []):
            say_not_yet(event, story.who(handle))
        for one in told.get("no", []):
            say_no(event, story.who(one["who"]), one["why"])
