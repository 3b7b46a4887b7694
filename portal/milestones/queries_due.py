"""For the mails: which networks ask for anything, what was said or told of, and what is still open of that."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ScalarSelect, case, func, or_, select

from portal.db import db
from portal.mentoring.models import Pairing
from portal.milestones.models import Milestone, PairMilestone
from portal.milestones.queries_pairs import lately
from portal.networks.models import Network
from portal.programmes.models import Programme
from portal.web import clock

# A month and its reminder; what is older stands on the page of the pair.
LATELY = timedelta(days=31)


def networks_that_ask() -> list[tuple[int, str]]:
    """Id and clock of the open networks with mentoring whose programmes ask for anything (one query)."""
    asking = select(Programme.network_id).join(Milestone, Milestone.programme_id == Programme.id)
    rows = select(Network.id, Network.time_zone, Network.rooms).where(
        Network.closed_at.is_(None), Network.id.in_(asking.where(Milestone.retired_at.is_(None)))
    )
    found = db.session.execute(rows.order_by(Network.id))
    return [(row.id, row.time_zone) for row in found if "mentoring" in row.rooms]


def marks_by_key(pairing_ids: Sequence[int], today: date) -> dict[tuple[int, int, date], PairMilestone]:
    """What was said or told of lately, by pair, milestone and period (one query)."""
    rows = select(PairMilestone).where(PairMilestone.pairing_id.in_(pairing_ids), lately(today))
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
