"""An event's evaluation: made with the usual questions or with chosen ones, anonymous or named or none, and its window."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Table, update
from sqlalchemy.orm.attributes import set_committed_value

from portal.db import db, operation
from portal.evaluation.queries import PURPOSE, SUBJECT, evaluation_of, last_end
from portal.evaluation.windows import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS, days_of, window
from portal.events.evaluating import before_other_way
from portal.events.models import Event
from portal.history import phrases, record
from portal.networks.models import Network
from portal.surveys.models import Survey
from portal.surveys.operations import About, Asked, change_survey, change_window, make_survey
from portal.surveys.queries import has_answers, has_invited
from portal.surveys.queries_items import usual_items
from portal.web.errors import DomainError

WAYS = ("anonymous", "named", "none")

phrases.declare(
    {
        "evaluation.way": _l("%(actor)s changed how “%(title)s” is evaluated"),
    }
)


def usual_questions() -> list[Asked]:
    """What a new evaluation asks."""
    return [Asked.of(item) for item in usual_items()]


@operation
def make_usual(event: Event, by: int | None = None) -> Survey | None:
    """The event's survey with the usual questions, from the end of its last session on; the one that is there already.

    None where it wants none, has no session, or the region has no usual questions.
    """
    known = evaluation_of(event.id)
    ends_at, questions = last_end(event), usual_questions()
    if known or event.evaluation == "none" or ends_at is None or not questions:
        return known
    opens_at, closes_at = window(ends_at, USUAL_DAYS, _zone(event))
    return make_survey(_about(event), questions, event.evaluation == "anonymous", opens_at, closes_at, by)


@operation
def arrange(event: Event, version: int, way: str, questions: Sequence[Asked], days: int, by: int) -> bool:
    """What is asked, anonymous, named or not at all, and for how many days.

    Raises DomainError for an event without a session, for other questions or another way once somebody has answered,
    for a window out of bounds; Conflict when somebody else changed it meanwhile (``version`` 0: it was not there).
    """
    if way not in WAYS:
        raise DomainError(_("Choose one of the answers."), "way")
    survey = evaluation_of(event.id)
    if survey:
        _refuse_other_way(event, survey, way, "way")
    if survey and has_answers(survey.id):
        return _extend(event, survey, days, by)
    _set_way(event, way, by)
    if way == "none":
        return True
    opens_at, closes_at = _window(event, days)
    if survey is None:
        make_survey(_about(event), questions, way == "anonymous", opens_at, closes_at, by)
        return True
    change_window(survey, opens_at, closes_at, None)
    return change_survey(survey, version, questions, way == "anonymous", by)


@before_other_way
def take_other_way(event: Event, way: str) -> None:
    """The same on the event's own form: refused there like here, and the questions follow what is chosen there."""
    survey = evaluation_of(event.id)
    if survey is None:
        return
    _refuse_other_way(event, survey, way, "evaluation")
    if way != "none":
        survey.is_anonymous = way == "anonymous"


def _refuse_other_way(event: Event, survey: Survey, way: str, field: str) -> None:
    """Raises DomainError where a promise would be broken: who answered was told who reads it, who was asked that nobody
    sees who wrote what.
    """
    if way != event.evaluation and has_answers(survey.id):
        raise DomainError(_("Somebody has answered already, and was told who reads it. That stays."), field)
    if way == "named" and survey.is_anonymous and has_invited(survey.id):
        raise DomainError(_("People have been asked already, and were told that it is anonymous. That stays."), field)


def _extend(event: Event, survey: Survey, days: int, by: int) -> bool:
    """Once somebody has answered, only the window can change."""
    _opens_at, closes_at = _window(event, days)
    return change_window(survey, survey.opens_at, closes_at, by)


def _window(event: Event, days: int) -> tuple[datetime, datetime]:
    ends_at = last_end(event)
    if ends_at is None:
        raise DomainError(_("Give the event a date first: the evaluation opens when it is over."))
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise DomainError(_("Between %(least)s and %(most)s days.", least=FEWEST_DAYS, most=MOST_DAYS), "days")
    return window(ends_at, days, _zone(event))


@operation
def follow_event(event: Event, survey: Survey) -> bool:
    """The event moved before anybody was asked: its evaluation moves along. True when it did."""
    ends_at, zone = last_end(event), _zone(event)
    if ends_at is None or survey.opens_at == ends_at:
        return False
    return change_window(survey, *window(ends_at, days_of(survey.opens_at, survey.closes_at, zone), zone), None)


def _set_way(event: Event, way: str, by: int) -> None:
    """Past the row version: nobody who is changing the event's texts is disturbed by this."""
    if event.evaluation != way:
        events = cast("Table", Event.__table__)
        db.session.execute(update(events).where(events.c.id == event.id).values(evaluation=way))
        set_committed_value(event, "evaluation", way)
        record(by, "evaluation.way", "event", event.id, event.network_id, title=event.title)


def _about(event: Event) -> About:
    return About(event.network_id, PURPOSE, SUBJECT, event.id, event.title)


def _zone(event: Event) -> str:
    return db.session.get_one(Network, event.network_id).time_zone
