"""How pairs stand against what their programmes ask for: put together from milestones, marks and what is known anyway."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.mentoring.models import Pairing, PairProgramme
from portal.mentoring.queries import Mentee, Mentor
from portal.mentoring.spans import midnight
from portal.milestones.due import Key, State, Stay, in_order, states_of
from portal.milestones.models import ONCE, Milestone, PairMilestone
from portal.milestones.queries import live_milestones
from portal.milestones.queries_known import days_known
from portal.programmes.models import Programme
from portal.web import clock

# A programme's year, and the one before it: no mark of an older period is asked for.
BACK = timedelta(days=400)
# What is asked, by programme.
Asked: TypeAlias = dict[int, list[Milestone]]


@dataclass(frozen=True, slots=True)
class PairStands:
    """An open pair in a programme: who, since when, and what is done and late."""

    id: int
    mentor_id: int
    mentee_id: int
    mentor: str
    mentee: str
    since: date
    states: tuple[State, ...]

    @property
    def done(self) -> int:
        return sum(1 for one in self.states if one.is_done)

    @property
    def late(self) -> int:
        return sum(1 for one in self.states if one.is_late)

    def who_sees_to(self, who: str) -> list[int]:
        """The ids of those who see to a milestone that says ``who``."""
        return {"mentor": [self.mentor_id], "mentee": [self.mentee_id]}.get(who, [self.mentor_id, self.mentee_id])

    def other_of(self, person_id: int) -> str:
        return self.mentee if person_id == self.mentor_id else self.mentor


def states_of_pair(pairing: Pairing, today: date, time_zone: str, lines: bool = False) -> list[State]:
    """What its programmes ask of a pair now, what is open first (two queries; one where all is said by hand).

    With the ``lines`` of all checklists it is one query more; else each list is asked for where it is read.
    """
    if pairing.ended_on and pairing.ended_on < today:
        return []
    rows = db.session.execute(
        select(
            Programme, Milestone, PairProgramme.since, PairProgramme.until, PairMilestone.period, PairMilestone.done_on
        )
        .join(PairProgramme, PairProgramme.programme_id == Programme.id)
        .join(Milestone, and_(Milestone.programme_id == Programme.id, Milestone.retired_at.is_(None)))
        .outerjoin(
            PairMilestone,
            and_(
                PairMilestone.milestone_id == Milestone.id,
                PairMilestone.pairing_id == pairing.id,
                lately(today),
            ),
        )
        .where(PairProgramme.pairing_id == pairing.id, PairProgramme.since <= today, _in_it(today))
        .order_by(Programme.name, Programme.id, Milestone.position, Milestone.id)
        .options(*([selectinload(Milestone.lines)] if lines else []))
    ).all()
    stays = {
        row.Programme.id: Stay(pairing.id, row.Programme, row.since, _last(row.until, pairing.ended_on)) for row in rows
    }
    asked: Asked = {}
    for one in {row.Milestone: None for row in rows}:
        asked.setdefault(one.programme_id, []).append(one)
    marks = {pairing.id: {(row.Milestone.id, row.period): row.done_on for row in rows if row.period}}
    found = _states(list(stays.values()), asked, marks, today, time_zone)
    return in_order([state for states in found.values() for state in states])


def pairs_in(programme: Programme, today: date, time_zone: str) -> list[PairStands]:
    """Every open pair of a programme with how it stands (at most four queries)."""
    return _pairs(Programme.id == programme.id, today, time_zone)


def pairs_asked(network_id: int, today: date, time_zone: str) -> list[PairStands]:
    """Every open pair of a network, once for each of its programmes that asks for anything (at most four queries)."""
    return [one for one in _pairs(Programme.network_id == network_id, today, time_zone) if one.states]


def _pairs(which: ColumnElement[bool], today: date, time_zone: str) -> list[PairStands]:
    rows = db.session.execute(
        select(
            Programme, Pairing.id, Pairing.mentor_id, Pairing.mentee_id, Pairing.ended_on, Mentor.name.label("mentor"),
            Mentee.name.label("mentee"), PairProgramme.since, PairProgramme.until,
        )
        .join(PairProgramme, PairProgramme.programme_id == Programme.id)
        .join(Pairing, Pairing.id == PairProgramme.pairing_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .where(
            which,
            or_(Pairing.ended_on.is_(None), Pairing.ended_on >= today),
            PairProgramme.since <= today,
            _in_it(today),
        )
        .order_by(Mentee.name, Pairing.id, Programme.id)
    ).all()  # fmt: skip
    stays = [Stay(row.id, row.Programme, row.since, _last(row.until, row.ended_on)) for row in rows]
    found = _states_in(stays, today, time_zone)
    return [
        PairStands(
            row.id, row.mentor_id, row.mentee_id, row.mentor, row.mentee, row.since,
            tuple(found.get((row.id, row.Programme.id), ())),
        )
        for row in rows
    ]  # fmt: skip


def _states_in(stays: Sequence[Stay], today: date, time_zone: str) -> dict[tuple[int, int], list[State]]:
    """By pair and programme all that is asked now (three queries; one where nothing is asked)."""
    asked = live_milestones({stay.programme.id for stay in stays}) if stays else {}
    marks = _marks({stay.pairing_id for stay in stays}, today) if asked else {}
    return _states(stays, asked, marks, today, time_zone)


def _states(
    stays: Sequence[Stay], asked: Asked, marks: Mapping[int, Mapping[Key, date | None]], today: date, time_zone: str
) -> dict[tuple[int, int], list[State]]:
    """What is known anyway is asked for here (one query at most)."""
    kinds = {one.known_by for some in asked.values() for one in some}
    ids = {stay.pairing_id for stay in stays}
    known = days_known(ids, kinds, midnight(today - BACK, time_zone), time_zone) if kinds else {}
    return {
        (stay.pairing_id, stay.programme.id): states_of(
            stay,
            [(one, _day(one.made_at, time_zone)) for one in asked.get(stay.programme.id, ())],
            marks.get(stay.pairing_id, {}),
            known.get(stay.pairing_id, {}),
            today,
        )
        for stay in stays
    }


def mark_of(pairing_id: int, milestone_id: int, period: date) -> PairMilestone | None:
    """What was said or ticked of it, with the ticks (two queries)."""
    return db.session.execute(
        select(PairMilestone)
        .where(
            PairMilestone.pairing_id == pairing_id,
            PairMilestone.milestone_id == milestone_id,
            PairMilestone.period == period,
        )
        .options(selectinload(PairMilestone.ticks))
    ).scalar_one_or_none()


def _marks(pairing_ids: Collection[int], today: date) -> dict[int, dict[Key, date | None]]:
    rows = db.session.execute(
        select(PairMilestone.pairing_id, PairMilestone.milestone_id, PairMilestone.period, PairMilestone.done_on)
        .join(Milestone, Milestone.id == PairMilestone.milestone_id)
        .where(
            PairMilestone.pairing_id.in_(pairing_ids),
            Milestone.retired_at.is_(None),
            lately(today),
        )
    )
    found: dict[int, dict[Key, date | None]] = {}
    for pairing_id, milestone_id, period, done_on in rows:
        found.setdefault(pairing_id, {})[(milestone_id, period)] = done_on
    return found


def lately(today: date) -> ColumnElement[bool]:
    """For a row of ``PairMilestone``: whether it is of a period that can be asked for."""
    return or_(PairMilestone.period == ONCE, PairMilestone.period >= today - BACK)


def _in_it(today: date) -> ColumnElement[bool]:
    return or_(PairProgramme.until.is_(None), PairProgramme.until >= today)


def _last(until: date | None, ended_on: date | None) -> date | None:
    return min((one for one in (until, ended_on) if one), default=None)


def _day(moment: datetime, time_zone: str) -> date:
    return clock.local(moment, time_zone).date()
