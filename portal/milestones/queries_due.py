"""What is asked in a whole network, for its mails: every open pair with what its programmes ask, and what was told of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ScalarSelect, case, func, or_, select

from portal.db import db
from portal.mentoring.models import Pairing, PairProgramme
from portal.mentoring.queries import Mentee, Mentor
from portal.milestones.due import State, Stay
from portal.milestones.models import Milestone, PairMilestone
from portal.milestones.queries_pairs import states_in
from portal.networks.models import Network
from portal.programmes.models import Programme
from portal.web import clock

# A month and its reminder; what is older stands on the page of the pair.
LATELY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class PairAsked:
    """A pair, and the names of the two."""

    id: int
    mentor_id: int
    mentee_id: int
    mentor: str
    mentee: str

    def who_sees_to(self, who: str) -> list[int]:
        """The ids of those who see to a milestone that says ``who``."""
        return {"mentor": [self.mentor_id], "mentee": [self.mentee_id]}.get(who, [self.mentor_id, self.mentee_id])

    def other_of(self, person_id: int) -> str:
        return self.mentee if person_id == self.mentor_id else self.mentor


def networks_that_ask() -> list[tuple[int, str]]:
    """Id and clock of the open networks with mentoring whose programmes ask for anything (one query)."""
    asking = select(Programme.network_id).join(Milestone, Milestone.programme_id == Programme.id)
    rows = select(Network.id, Network.time_zone, Network.rooms).where(
        Network.closed_at.is_(None), Network.id.in_(asking.where(Milestone.retired_at.is_(None)))
    )
    found = db.session.execute(rows.order_by(Network.id))
    return [(row.id, row.time_zone) for row in found if "mentoring" in row.rooms]


def states_in_network(network_id: int, today: date, time_zone: str) -> list[tuple[PairAsked, list[State]]]:
    """Every open pair with all that is asked of it (four queries)."""
    rows = db.session.execute(
        select(Pairing, Mentor.name, Mentee.name, Programme, PairProgramme.since, PairProgramme.until)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .join(PairProgramme, PairProgramme.pairing_id == Pairing.id)
        .join(Programme, Programme.id == PairProgramme.programme_id)
        .where(
            Pairing.network_id == network_id,
            Pairing.ended_on.is_(None),
            PairProgramme.since <= today,
            or_(PairProgramme.until.is_(None), PairProgramme.until >= today),
        )
        .order_by(Pairing.id, Programme.id)
    )
    pairs, stays = {}, []
    for pairing, mentor, mentee, programme, since, until in rows:
        pairs[pairing.id] = PairAsked(pairing.id, pairing.mentor_id, pairing.mentee_id, mentor, mentee)
        stays.append(Stay(pairing.id, programme, since, until))
    found = states_in(stays, today, time_zone)
    return [(pairs[pairing_id], states) for (pairing_id, _programme_id), states in found.items() if states]


def marks_by_key(pairing_ids: Sequence[int]) -> dict[tuple[int, int, date], PairMilestone]:
    """What was said or told of, by pair, milestone and period (one query)."""
    rows = select(PairMilestone).where(PairMilestone.pairing_id.in_(pairing_ids))
    found = db.session.execute(rows).scalars()
    return {(one.pairing_id, one.milestone_id, one.period): one for one in found}


def mark_numbered(mark_id: int) -> tuple[PairMilestone, Milestone, Pairing] | None:
    """A row that a mail names, with what is asked and the pair (one query)."""
    row = db.session.execute(
        select(PairMilestone, Milestone, Pairing)
        .join(Milestone, Milestone.id == PairMilestone.milestone_id)
        .join(Pairing, Pairing.id == PairMilestone.pairing_id)
        .where(PairMilestone.id == mark_id)
    ).one_or_none()
    return (row.PairMilestone, row.Milestone, row.Pairing) if row else None


def told_and_open(person_id: int) -> ScalarSelect[int]:
    """For a row of ``Pairing``: how many things this one of the two was told of lately and can say of that they are done."""
    hers = case((Pairing.mentor_id == person_id, "mentor"), else_="mentee")
    return (
        select(func.count())
        .select_from(PairMilestone)
        .join(Milestone, Milestone.id == PairMilestone.milestone_id)
        .where(
            PairMilestone.pairing_id == Pairing.id,
            PairMilestone.told_at >= clock.now() - LATELY,
            PairMilestone.done_on.is_(None),
            Milestone.known_by == "hand",
            Milestone.retired_at.is_(None),
            or_(Milestone.who == "both", Milestone.who == hers),
        )
        .correlate(Pairing)
        .scalar_subquery()
    )
