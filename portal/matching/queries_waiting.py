"""What of matching waits for the coordinators of networks, as Today lists it and the digest counts it.

A coordinator who mentors is left out of nothing by name: what her own mentee wishes waits on no list that is read by all
coordinators alike. The others find it on the page of Matching, and a mail told them.
"""

from sqlalchemy import ColumnElement, exists, or_, select

from portal.db import Rows
from portal.matching.models import MatchProposal, MentorAsk, RematchWish
from portal.matching.queries_wishes import IS_OPEN
from portal.mentoring.models import Pairing
from portal.networks.models import Membership


def asks_waiting() -> Rows:
    """network_id and since when: the wishes for which nobody is being asked, of members."""
    asked = exists().where(MatchProposal.ask_id == MentorAsk.id, MatchProposal.closed_at.is_(None))
    is_member = exists().where(
        Membership.network_id == MentorAsk.network_id,
        Membership.person_id == MentorAsk.person_id,
        Membership.ended_at.is_(None),
    )
    mentored_by_one = exists().where(
        Pairing.network_id == MentorAsk.network_id,
        Pairing.mentee_id == MentorAsk.person_id,
        Pairing.ended_on.is_(None),
        _coordinates(Pairing.mentor_id),
    )
    return select(MentorAsk.network_id, MentorAsk.asked_at.label("since")).where(
        MentorAsk.ended_at.is_(None), MentorAsk.paused_at.is_(None), ~asked, is_member, ~mentored_by_one
    )


def rematches_waiting() -> Rows:
    """network_id and since when: the wishes for somebody else that nobody has taken up yet."""
    is_other = or_(
        (RematchWish.asked_by == Pairing.mentor_id) & _coordinates(Pairing.mentee_id),
        (RematchWish.asked_by == Pairing.mentee_id) & _coordinates(Pairing.mentor_id),
    )
    return (
        select(Pairing.network_id, RematchWish.asked_at.label("since"))
        .select_from(RematchWish)
        .join(Pairing, Pairing.id == RematchWish.pairing_id)
        .where(IS_OPEN, RematchWish.answer == "", ~is_other)
    )


def _coordinates(person_id: object) -> ColumnElement[bool]:
    return exists().where(
        Membership.network_id == Pairing.network_id,
        Membership.person_id == person_id,
        Membership.role == "coordinator",
        Membership.ended_at.is_(None),
    )
