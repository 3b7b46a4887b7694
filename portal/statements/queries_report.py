"""What R6 asks beside the talks: wishes for a mentor and how long they waited, re-matches, training, finished cycles."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, literal, select, union_all

from portal.coaching.models import CoachingCycle
from portal.db import db
from portal.matching.models import MentorAsk, MentorOffer, RematchWish
from portal.mentoring.models import Pairing
from portal.networks.models import Network
from portal.people.models import Person


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody asked for a mentor. ``paired_at`` is when the pair was made, ``ended_at`` when she took it back or got one."""

    person: str
    asked_at: datetime
    paired_at: datetime | None
    ended_at: datetime | None

    def waited(self) -> int | None:
        """Whole days until the pair was made."""
        return (self.paired_at - self.asked_at).days if self.paired_at else None


def network_with_children(network_id: int) -> tuple[int, ...]:
    """A network and those that stand under it (one query)."""
    rows = db.session.execute(
        select(Network.id).where((Network.id == network_id) | (Network.parent_id == network_id))
    ).scalars()
    return tuple(sorted(rows))


def wishes(network_ids: Collection[int], start: datetime, end: datetime) -> list[Wish]:
    """Those asked within the moments, oldest first (one query)."""
    rows = db.session.execute(
        select(Person.name, MentorAsk.asked_at, Pairing.created_at, MentorAsk.ended_at)
        .join(Person, Person.id == MentorAsk.person_id)
        .outerjoin(Pairing, Pairing.id == MentorAsk.pairing_id)
        .where(MentorAsk.network_id.in_(network_ids), MentorAsk.asked_at >= start, MentorAsk.asked_at < end)
        .order_by(MentorAsk.asked_at, MentorAsk.id)
    )
    return [Wish(*row) for row in rows]


def outcomes(pairing_ids: Collection[int], start: datetime, end: datetime) -> tuple[set[int], dict[int, int]]:
    """Of these pairs, those whose wish for somebody else was answered within the moments; and by pair how many coaching
    cycles came to a result within them (one query)."""
    answered = select(literal(0), RematchWish.pairing_id, literal(1)).where(
        RematchWish.pairing_id.in_(pairing_ids),
        RematchWish.withdrawn_at.is_(None),
        RematchWish.answered_at >= start,
        RematchWish.answered_at < end,
    )
    finished = (
        select(literal(1), CoachingCycle.pairing_id, func.count())
        .where(
            CoachingCycle.pairing_id.in_(pairing_ids),
            CoachingCycle.result != "",
            CoachingCycle.closed_at >= start,
            CoachingCycle.closed_at < end,
        )
        .group_by(CoachingCycle.pairing_id)
    )
    rows = list(db.session.execute(union_all(answered, finished)))
    return {row[1] for row in rows if not row[0]}, {row[1]: row[2] for row in rows if row[0]}


def trained(network_ids: Collection[int], mentor_ids: Collection[int]) -> dict[int, date]:
    """When each of these mentors was last trained as one, as far as she said (one query)."""
    rows = db.session.execute(
        select(MentorOffer.person_id, func.max(MentorOffer.trained_on))
        .where(
            MentorOffer.network_id.in_(network_ids),
            MentorOffer.person_id.in_(mentor_ids),
            MentorOffer.trained_on.is_not(None),
        )
        .group_by(MentorOffer.person_id)
    )
    return {row[0]: row[1] for row in rows if row[1]}
