"""What is known of pairs anyway: when both said yes, wrote a goal down, talked, observed. Days alone, never a word."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import Select, func, literal, select, union_all

from portal.agreements.models import PairAgreement
from portal.coaching.models import CoachingCycle, CycleStep
from portal.db import Rows, db
from portal.mentoring.models import MentoringContact, PairGoal, PairTalk
from portal.web import clock

Days: TypeAlias = dict[str, list[date]]
Ids = Collection[int]


def days_known(pairing_ids: Ids, kinds: Collection[str], since: datetime, time_zone: str) -> dict[int, Days]:
    """For each of these pairs the days on which something of these kinds was done (one query, none for what is said by hand).

    Of talks each pair's first and those since a moment: what recurs asks for this period and the one before it.
    """
    parts = [part(pairing_ids, since) for kind in sorted(set(kinds)) for part in _PARTS.get(kind, ())]
    if not parts or not pairing_ids:
        return {}
    found: dict[int, Days] = {}
    for kind, pairing_id, at in db.session.execute(union_all(*parts)):
        found.setdefault(pairing_id, {}).setdefault(kind, []).append(clock.local(at, time_zone).date())
    return found


def _agreement(pairing_ids: Ids, since: datetime) -> Rows:
    """The later of the two first yeses, once there are both."""
    first = (
        select(PairAgreement.pairing_id, PairAgreement.person_id, func.min(PairAgreement.agreed_at).label("at"))
        .where(PairAgreement.pairing_id.in_(pairing_ids))
        .group_by(PairAgreement.pairing_id, PairAgreement.person_id)
        .subquery()
    )
    both = select(literal("agreement"), first.c.pairing_id, func.max(first.c.at))
    return both.group_by(first.c.pairing_id).having(func.count() >= 2)


def _goal(pairing_ids: Ids, since: datetime) -> Rows:
    return select(literal("goal"), PairGoal.pairing_id, PairGoal.made_at).where(
        PairGoal.pairing_id.in_(pairing_ids), PairGoal.deleted_at.is_(None)
    )


def _talks(pairing_ids: Ids, since: datetime) -> Rows:
    of_pairs = _of_pairs(select(literal("talk"), PairTalk.pairing_id, MentoringContact.starts_at), pairing_ids)
    return of_pairs.where(MentoringContact.starts_at >= since)


def _first_talk(pairing_ids: Ids, since: datetime) -> Rows:
    first = select(literal("talk"), PairTalk.pairing_id, func.min(MentoringContact.starts_at))
    return _of_pairs(first, pairing_ids).group_by(PairTalk.pairing_id)


def _of_pairs(talks: "Select[str, int, datetime]", pairing_ids: Ids) -> Rows:
    """Nobody talked in the mentor's own time."""
    return talks.join(MentoringContact, MentoringContact.id == PairTalk.contact_id).where(
        PairTalk.pairing_id.in_(pairing_ids),
        MentoringContact.deleted_at.is_(None),
        MentoringContact.contact_kind != "support",
    )


def _observation(pairing_ids: Ids, since: datetime) -> Rows:
    return (
        select(literal("observation"), CoachingCycle.pairing_id, CycleStep.done_at)
        .join(CoachingCycle, CoachingCycle.id == CycleStep.cycle_id)
        .where(
            CoachingCycle.pairing_id.in_(pairing_ids), CycleStep.step == "observation", CycleStep.done_at.is_not(None)
        )
    )


_PARTS: dict[str, tuple[Callable[[Ids, datetime], Rows], ...]] = {
    "agreement": (_agreement,),
    "goal": (_goal,),
    "talk": (_first_talk, _talks),
    "observation": (_observation,),
}
