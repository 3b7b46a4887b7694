"""A person deletes herself: nothing of hers is looked for or offered any more, and what she said goes. Inside the erasure."""

from sqlalchemy import or_, update

from portal.db import db
from portal.matching.models import MatchProposal, MentorAsk, MentorOffer, RematchWish
from portal.people.operations_leaving import at_erasure
from portal.web import clock


def forget_matching_of(person_id: int) -> None:
    """That somebody asked, and when, stays counted. Sealed words of hers go with her other notes."""
    now = clock.now()
    gone: dict[str, list[object]] = {"subjects": [], "phases": [], "languages": [], "days": []}
    asks = update(MentorAsk).where(MentorAsk.person_id == person_id)
    db.session.execute(asks.where(MentorAsk.ended_at.is_(None)).values(ended_at=now))
    db.session.execute(asks.values(**gone, needs=[], route="", year_of_teaching=None, travels_km=None))
    offers = update(MentorOffer).where(MentorOffer.person_id == person_id)
    db.session.execute(offers.where(MentorOffer.ended_at.is_(None)).values(ended_at=now))
    db.session.execute(offers.values(**gone, says="", years_teaching=None, trained_on=None, travels_km=None))
    hers = or_(MatchProposal.mentor_id == person_id, MatchProposal.mentee_id == person_id)
    still_open = update(MatchProposal).where(hers, MatchProposal.closed_at.is_(None))
    db.session.execute(still_open.values(withdrawn_at=now, closed_at=now))
    db.session.execute(update(MatchProposal).where(hers).values(purpose=""))
    wishes = update(RematchWish).where(RematchWish.asked_by == person_id, RematchWish.answered_at.is_(None))
    db.session.execute(wishes.values(withdrawn_at=now))


at_erasure(forget_matching_of)
