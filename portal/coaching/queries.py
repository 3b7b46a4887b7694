"""Questions about goals and cycles: what there is of them, without a word of what is in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.coaching.models import CoachingCycle, CycleStep
from portal.db import db
from portal.mentoring.models import PairGoal, Pairing
from portal.networks.models import Membership
from portal.people.models import Person


@dataclass(frozen=True)
class Two:
    """Both of a pair by name, and who of them has left the network meanwhile."""

    names: dict[int, str]
    left: frozenset[int]


def two_of(pairing: Pairing) -> Two:
    """One query."""
    here = and_(
        Membership.person_id == Person.id,
        Membership.network_id == pairing.network_id,
        Membership.ended_at.is_(None),
    )
    rows = db.session.execute(
        select(Person.id, Person.name, Membership.id.label("membership_id"))
        .outerjoin(Membership, here)
        .where(Person.id.in_((pairing.mentor_id, pairing.mentee_id)))
    ).all()
    open_here = {row.id for row in rows if row.membership_id}
    names = {row.id: row.name for row in rows}
    return Two(names, frozenset(names.keys() - open_here))


def goals_of(pairing_id: int) -> list[PairGoal]:
    """Open ones first in their order, then closed ones, newest first. Those that were removed are none."""
    return _ordered(db.session.execute(_goals(pairing_id).where(PairGoal.deleted_at.is_(None))).scalars())


def goals_and_removed(pairing_id: int, after: datetime) -> tuple[list[PairGoal], list[PairGoal]]:
    """The same, and those that were removed since a moment (one query)."""
    wanted = or_(PairGoal.deleted_at.is_(None), PairGoal.deleted_at > after)
    found = list(db.session.execute(_goals(pairing_id).where(wanted)).scalars())
    return _ordered(one for one in found if not one.deleted_at), [one for one in found if one.deleted_at]


def _goals(pairing_id: int) -> "Select[PairGoal]":
    return select(PairGoal).where(PairGoal.pairing_id == pairing_id).order_by(PairGoal.position, PairGoal.id)


def _ordered(goals: Iterable[PairGoal]) -> list[PairGoal]:
    found = list(goals)
    closed = sorted((one for one in found if one.closed_at), key=lambda one: (one.closed_at, one.id), reverse=True)
    return [*(one for one in found if not one.closed_at), *closed]


def goal_in(network_id: int, goal_id: int) -> tuple[PairGoal, Pairing] | None:
    row = db.session.execute(
        select(PairGoal, Pairing)
        .join(Pairing, Pairing.id == PairGoal.pairing_id)
        .where(PairGoal.id == goal_id, Pairing.network_id == network_id)
    ).first()
    return None if row is None else (row[0], row[1])


def cycles_to(goal_id: int) -> list[CoachingCycle]:
    """The cycles that work on a goal, or did."""
    query = select(CoachingCycle).where(CoachingCycle.goal_id == goal_id).order_by(CoachingCycle.number)
    return list(db.session.execute(query).scalars())


def cycles_of(pairing_id: int) -> list[CoachingCycle]:
    """Newest first, with their steps (two queries)."""
    return list(
        db.session.execute(
            select(CoachingCycle)
            .where(CoachingCycle.pairing_id == pairing_id)
            .options(selectinload(CoachingCycle.steps))
            .order_by(CoachingCycle.number.desc())
        ).scalars()
    )


def cycle_in(network_id: int, cycle_id: int) -> tuple[CoachingCycle, Pairing] | None:
    """A cycle with its steps and its goal, and its pair (two queries)."""
    row = db.session.execute(
        select(CoachingCycle, Pairing)
        .join(Pairing, Pairing.id == CoachingCycle.pairing_id)
        .options(selectinload(CoachingCycle.steps), joinedload(CoachingCycle.goal))
        .where(CoachingCycle.id == cycle_id, Pairing.network_id == network_id)
    ).first()
    return None if row is None else (row[0], row[1])


def step_in(network_id: int, step_id: int) -> tuple[CycleStep, CoachingCycle] | None:
    """A step with its cycle."""
    row = db.session.execute(
        select(CycleStep, CoachingCycle)
        .join(CoachingCycle, CoachingCycle.id == CycleStep.cycle_id)
        .join(Pairing, Pairing.id == CoachingCycle.pairing_id)
        .where(CycleStep.id == step_id, Pairing.network_id == network_id)
    ).first()
    return None if row is None else (row[0], row[1])


def how_many_cycles(pairing_id: int) -> tuple[int, int]:
    """How many cycles a pair began, and how many of them are closed: all that a coordinator sees of them."""
    row = db.session.execute(
        select(func.count(CoachingCycle.id), func.count(CoachingCycle.closed_at)).where(
            CoachingCycle.pairing_id == pairing_id
        )
    ).one()
    return int(row[0]), int(row[1])
