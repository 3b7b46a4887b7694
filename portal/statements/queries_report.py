"""What R6 asks beside the talks: wishes for a mentor and how long they waited, re-matches, training, finished cycles."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, func, literal, or_, select, true, union_all

from portal.coaching.models import CoachingCycle
from portal.db import Rows, db
from portal.matching.models import MentorAsk, MentorOffer, RematchWish
from portal.mentoring.models import Pairing, PairProgramme
from portal.networks.models import Membership, Network
from portal.people.models import Person
from portal.web import clock


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody asked for a mentor, and on which day the pair was made. Days are those on the network's clocks.

    ``is_over``: it waits for nobody: it became a pair, was taken back or set aside, or she has left the network.
    """

    person_id: int
    person: str
    asked_on: date
    paired_on: date | None
    is_over: bool
    pairing_id: int | None = None

    def waited(self) -> int | None:
        """Days until the pair was made: what stands in the rows is what the figure goes by."""
        return (self.paired_on - self.asked_on).days if self.paired_on else None


def network_with_children(network_id: int) -> tuple[int, ...]:
    """A network and those that stand under it (one query)."""
    rows = db.session.execute(
        select(Network.id).where((Network.id == network_id) | (Network.parent_id == network_id))
    ).scalars()
    return tuple(sorted(rows))


def wishes(
    network_ids: Collection[int], start: datetime, end: datetime, time_zone: str, programme_id: int | None = None
) -> list[Wish]:
    """Those asked within the moments, oldest first (one query).

    Of a programme: those that became a pair of it, and those that became none; nobody says for which programme she asks.
    """
    is_member = and_(
        Membership.network_id == MentorAsk.network_id,
        Membership.person_id == MentorAsk.person_id,
        Membership.ended_at.is_(None),
    )
    is_over = or_(MentorAsk.ended_at.is_not(None), MentorAsk.paused_at.is_not(None), ~exists().where(is_member))
    in_it = exists().where(PairProgramme.pairing_id == MentorAsk.pairing_id, PairProgramme.programme_id == programme_id)
    rows = db.session.execute(
        select(Person.id, Person.name, MentorAsk.asked_at, Pairing.created_at, is_over, Pairing.id)
        .join(Person, Person.id == MentorAsk.person_id)
        .outerjoin(Pairing, Pairing.id == MentorAsk.pairing_id)
        .where(MentorAsk.network_id.in_(network_ids), MentorAsk.asked_at >= start, MentorAsk.asked_at < end)
        .where(true() if programme_id is None else or_(MentorAsk.pairing_id.is_(None), in_it))
        .order_by(MentorAsk.asked_at, MentorAsk.id)
    )
    return [
        Wish(who, name, _on(asked_at, time_zone), _on(paired_at, time_zone) if paired_at else None, bool(over), pair)
        for who, name, asked_at, paired_at, over, pair in rows
    ]


def _on(moment: datetime, time_zone: str) -> date:
    return clock.local(moment, time_zone).date()


def but_of_her_mentees(found: Iterable[Wish], network_id: int, reader_id: int) -> list[Wish]:
    """Without those of whom the reader was the mentor when they asked (one query).

    A wish that stands beside a pair says that somebody would like another mentor; hers is the one who never learns of it.
    """
    pairs = db.session.execute(
        select(Pairing.id, Pairing.mentee_id, Pairing.started_on, Pairing.ended_on).where(
            Pairing.network_id == network_id, Pairing.mentor_id == reader_id
        )
    ).all()

    def beside_hers(wish: Wish) -> bool:
        return any(
            mentee == wish.person_id and pair != wish.pairing_id and first <= wish.asked_on <= (last or date.max)
            for pair, mentee, first, last in pairs
        )

    return [wish for wish in found if not beside_hers(wish)]


def outcomes(
    pairing_ids: Collection[int], start: datetime, end: datetime, others: Rows
) -> tuple[set[int], dict[int, int], dict[int, int]]:
    """Of these pairs, those whose wish for somebody else was answered within the moments; by pair how many coaching cycles
    came to a result within them; and what ``others`` counts of other reports (one query for all three)."""
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
    told: tuple[dict[int, int], ...] = ({}, {}, {})
    for which, key, number in db.session.execute(union_all(answered, finished, others)):
        told[which][key] = number
    return set(told[0]), told[1], told[2]


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
