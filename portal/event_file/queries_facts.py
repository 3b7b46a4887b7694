"""What an event's file counts beside its sheets, in one statement: who was asked, who answered, what lies there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Integer, ScalarSelect, String, distinct, func, select
from sqlalchemy.sql.expression import column, table

from portal.activities.counted_rows import Span, first_timers, was_there
from portal.activities.models import Activity, Participation
from portal.db import db
from portal.evaluation.models import FollowUp
from portal.event_file.models import EventCost
from portal.events.models import Event, Session
from portal.events.models_papers import EventPaper
from portal.surveys.models import Survey, SurveyInvitation

# Letters are another part of the roof: here they are only whom they reached.
_letter = table(
    "letter",
    column("id", Integer),
    column("about_kind", String),
    column("about_id", Integer),
    column("deleted_at", DateTime),
)
_recipient = table("letter_recipient", column("letter_id", Integer), column("person_id", Integer))
_session = Session.__table__.c


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts of one event, by what they count.

    ``asked`` and ``answered`` are of the evaluation, ``followed`` and ``returned`` of "did you try it?" six weeks later.
    """

    invited: int
    first_timers: int
    agendas: int
    sheets: int
    approvals: int
    papers: int
    cost_lines: int
    asked: int
    answered: int
    closes_at: datetime | None
    followed: int
    returned: int
    tried: int
    followed_last: datetime | None


def facts_of(event: Event) -> Facts:
    """All of them (one query)."""
    papers = {kind: _papers(event.id, kind) for kind in ("agenda", "sheet", "approval")}
    columns = (
        _invited(event.id),
        _came_first(event),
        *papers.values(),
        _papers(event.id),
        _count(EventCost.id, EventCost.event_id == event.id, EventCost.removed_at.is_(None)),
        *(_survey(event.id, what) for what in _asked()),
        *_followed(event.id),
    )
    return Facts(*db.session.execute(select(*columns)).one())


def _invited(event_id: int) -> ScalarSelect[Any]:
    """Different people to whom a letter about the event was written."""
    of = (_letter.c.about_kind == "event", _letter.c.about_id == event_id, _letter.c.deleted_at.is_(None))
    counted = select(func.count(distinct(_recipient.c.person_id))).select_from(_recipient)
    return counted.join(_letter, _letter.c.id == _recipient.c.letter_id).where(*of).scalar_subquery()


def _came_first(event: Event) -> ScalarSelect[Any]:
    """People whose first session ever in the network is one of this event's, by the rule of the Numbers page."""
    starts = [one.starts_at for one in event.sessions]
    first, last = (min(starts), max(starts)) if starts else (event.created_at, event.created_at)
    rows = first_timers(Span((event.network_id,), first, last.replace(microsecond=999_999))).order_by(None).subquery()
    return (
        select(func.count(distinct(rows.c.person_id)))
        .select_from(rows)
        .join(Participation, Participation.person_id == rows.c.person_id)
        .join(Activity, Activity.id == Participation.activity_id)
        .join(Session.__table__, _session.id == Activity.id)
        .where(_session.event_id == event.id, Activity.starts_at == rows.c.when, *was_there())
        .scalar_subquery()
    )


def _papers(event_id: int, kind: str | None = None) -> ScalarSelect[Any]:
    there = [EventPaper.event_id == event_id, EventPaper.removed_at.is_(None)]
    return _count(EventPaper.id, *there, *([EventPaper.kind == kind] if kind else []))


def _asked() -> tuple[Any, ...]:
    return (
        func.count(SurveyInvitation.person_id),
        func.count(SurveyInvitation.answered_on),
        func.max(Survey.closes_at),
    )


def _survey(event_id: int, what: Any) -> ScalarSelect[Any]:
    """Of those who were rightly asked."""
    return (
        select(what)
        .select_from(Survey)
        .outerjoin(
            SurveyInvitation,
            (SurveyInvitation.survey_id == Survey.id) & SurveyInvitation.excused_on.is_(None),
        )
        .where(Survey.subject_kind == "event", Survey.subject_id == event_id, Survey.purpose == "evaluation")
        .scalar_subquery()
    )


def _followed(event_id: int) -> tuple[ScalarSelect[Any], ...]:
    of = FollowUp.event_id == event_id
    last = select(func.max(FollowUp.asked_at)).where(of).scalar_subquery()
    returned = FollowUp.answer.in_(("yes", "no"))
    counts = (_count(FollowUp.person_id, of, *more) for more in ((), (returned,), (FollowUp.use_id.is_not(None),)))
    return (*counts, last)


def _count(what: Any, *conditions: Any) -> ScalarSelect[Any]:
    return select(func.count(what)).where(*conditions).scalar_subquery()
