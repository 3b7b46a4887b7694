"""A proposal that nobody answers: one reminder after a week, and after thirty days it ends by itself. Once an hour."""

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select

from portal import history
from portal.db import db, operation
from portal.matching import letters
from portal.matching.models import MatchProposal
from portal.matching.queries import OPEN, both_are_members
from portal.web import clock
from portal.web.housekeeping import each_hour

REMINDED_AFTER = timedelta(days=7)
LAPSES_AFTER = timedelta(days=letters.LAPSES_DAYS)
BATCH = 100


@each_hour
@operation
def look_after_proposals() -> int:
    """Returns how many were reminded of or ended. Safe to run twice."""
    now = clock.now()
    # Also where one of the two left the network meanwhile: her link opens nothing any more.
    lapsed = _open_since(or_(MatchProposal.proposed_at <= now - LAPSES_AFTER, ~both_are_members()))
    for proposal in lapsed:
        proposal.closed_at = now
        history.record(None, "match.lapsed", "match_proposal", proposal.id, proposal.network_id)
        letters.tell_off(proposal, to=proposal.said_yes())
        letters.tell_proposer(proposal)
    due = _open_since(MatchProposal.proposed_at <= now - REMINDED_AFTER, MatchProposal.reminded_at.is_(None))
    for proposal in due:
        proposal.reminded_at = now
        letters.remind(proposal)
    return len(lapsed) + len(due)


def _open_since(*conditions: ColumnElement[bool]) -> list[MatchProposal]:
    query = select(MatchProposal).where(OPEN, *conditions).order_by(MatchProposal.id).limit(BATCH)
    return list(db.session.execute(query).scalars())
