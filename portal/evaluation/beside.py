"""The evaluation beside its event: for whoever was there the way to the form, for its coordinators how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.db import db
from portal.evaluation.policy import can_arrange
from portal.evaluation.queries import PURPOSE, SUBJECT, held_a_place, was_there
from portal.evaluation.queries_follow_up import AFTER, Tried, tried_after
from portal.events.beside import Part, beside
from portal.events.models import Event
from portal.events.policy import Member
from portal.events.queries_event import EventPage, SessionPage
from portal.surveys.models import Survey, SurveyInvitation
from portal.web import clock

# How long the page offers to tell of a class by itself; the link in the mail works longer.
TOLD_WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event's evaluation stands, and what this reader may do about it."""

    way: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    invited: int = 0
    answered: int = 0
    was_there: bool = False
    may_answer: bool = False
    has_answered: bool = False

    @property
    def is_open(self) -> bool:
        now = clock.now()
        return bool(self.opens_at and self.closes_at and self.opens_at <= now < self.closes_at)

    @property
    def has_begun(self) -> bool:
        return bool(self.opens_at and self.opens_at <= clock.now())


@beside
def evaluation_beside(event: EventPage, sessions: Sequence[SessionPage], member: Member) -> Part | None:
    """Nothing before the event, but for those who choose the questions."""
    arranges = can_arrange(member, event.owner_id)
    ends_at = max((one.ends_at for one in sessions if not one.cancelled_at), default=None)
    is_over = bool(ends_at and ends_at <= clock.now())
    if event.is_draft or event.is_called_off or not (arranges or is_over):
        return None
    standing = _standing(event.id, member.person_id) if is_over else Standing(event.evaluation)
    tried = tried_after(event.id) if arranges and ends_at and clock.now() - ends_at > AFTER else Tried()
    return Part(
        "evaluation/_beside.html",
        standing=standing,
        arranges=arranges,
        tried=tried,
        is_over=is_over,
        can_answer=standing.is_open and standing.way != "none" and standing.may_answer,
        can_tell=is_over and standing.was_there and standing.way != "none" and _is_lately(ends_at),
    )


def _is_lately(ends_at: datetime | None) -> bool:
    return bool(ends_at and clock.now() - ends_at <= TOLD_WITHIN)


def _standing(event_id: int, person_id: int) -> Standing:
    """One query for all of it."""
    of = (SurveyInvitation.survey_id == Survey.id, SurveyInvitation.excused_on.is_(None))
    asked = select(func.count()).select_from(SurveyInvitation).where(*of).correlate(Survey)
    done = asked.where(SurveyInvitation.answered_on.is_not(None))
    hers = done.where(SurveyInvitation.person_id == person_id)
    row = db.session.execute(
        select(
            Event.evaluation,
            Survey.opens_at,
            Survey.closes_at,
            asked.scalar_subquery(),
            done.scalar_subquery(),
            was_there(event_id, person_id),
            held_a_place(event_id, person_id),
            hers.scalar_subquery(),
        )
        .outerjoin(
            Survey, (Survey.subject_kind == SUBJECT) & (Survey.subject_id == Event.id) & (Survey.purpose == PURPOSE)
        )
        .where(Event.id == event_id)
    ).one()
    way, opens_at, closes_at, invited, answered, there, held, mine = row
    return Standing(way, opens_at, closes_at, invited or 0, answered or 0, there, there or held, bool(mine))
