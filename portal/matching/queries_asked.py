"""What the first page of mentoring tells of matching: what she is asked, and to coordinators how many would like a re-match."""

from typing import Any

from sqlalchemy import and_, func, or_, select

from portal.db import db
from portal.matching.models import MatchProposal, RematchWish
from portal.matching.queries import OPEN, Mentee, Mentor
from portal.matching.queries_wishes import IS_OPEN, is_not_mine
from portal.mentoring.models import Pairing
from portal.networks.models import Network


def asked_and_wishes(network_id: int, person_id: int, coordinates: bool) -> tuple[list[Any], int]:
    """Her open proposals with both names, and the open wishes of pairs that she is not in; 0 for whoever reads none (one query)."""
    wishes = (
        select(func.count())
        .select_from(RematchWish)
        .join(Pairing, Pairing.id == RematchWish.pairing_id)
        .where(Pairing.network_id == network_id, IS_OPEN, is_not_mine(person_id))
        .scalar_subquery()
    )
    hers = or_(MatchProposal.mentor_id == person_id, MatchProposal.mentee_id == person_id)
    rows = db.session.execute(
        select(MatchProposal, Mentor.name.label("mentor"), Mentee.name.label("mentee"), wishes.label("wishes"))
        .select_from(Network)
        .outerjoin(MatchProposal, and_(MatchProposal.network_id == Network.id, OPEN, hers))
        .outerjoin(Mentor, Mentor.id == MatchProposal.mentor_id)
        .outerjoin(Mentee, Mentee.id == MatchProposal.mentee_id)
        .where(Network.id == network_id)
        .order_by(MatchProposal.id)
    ).all()
    asked = [row for row in rows if row.MatchProposal is not None]
    return asked, rows[0].wishes if coordinates else 0
