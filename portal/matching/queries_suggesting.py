"""What suggestions are made from: every offer of the network and what was between the two before. Three queries, however many."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, or_, select

from portal.db import db
from portal.matching.distances import Place
from portal.matching.models import MatchProposal, MentorAsk, MentorOffer, RematchWish
from portal.matching.suggesting import Before, Candidate, Side
from portal.mentoring.models import Pairing
from portal.networks.models import Membership
from portal.networks.queries_members import main_affiliation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person


def side_of(row: MentorAsk | MentorOffer, name: str, sort_name: str, place: Place) -> Side:
    """A wish or an offer, with where she works."""
    return Side(
        row.person_id, name, sort_name, place, tuple(row.subjects), tuple(row.phases), tuple(row.languages),
        tuple(row.days), row.travels_km, row.meets_online, row.same_school,
    )  # fmt: skip


def candidates_for(ask: MentorAsk, reader_id: int) -> list[Candidate]:
    """Every offer that stands in the network of a wish. ``reader_id`` is not told what others wished or said about herself."""
    offers = _offers(ask.network_id)
    taken, between = _pairs(ask, reader_id)
    asked = _proposals(ask, between, reader_id)
    return [
        Candidate(
            side, offer.id, offer.most_mentees, taken[side.person_id], asked[side.person_id],
            tuple(sorted(between[side.person_id])),
        )
        for offer, side in offers
    ]  # fmt: skip


def _offers(network_id: int) -> list[tuple[MentorOffer, Side]]:
    now = and_(
        Membership.network_id == MentorOffer.network_id,
        Membership.person_id == MentorOffer.person_id,
        Membership.ended_at.is_(None),
        Membership.role != "observer",
    )
    where = (Organisation.id, Organisation.name, Organisation.latitude, Organisation.longitude)
    rows = db.session.execute(
        select(MentorOffer, Person.name, Person.sort_name, *where)
        .select_from(MentorOffer)
        .join(Membership, now)
        .join(Person, Person.id == MentorOffer.person_id)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(MentorOffer.network_id == network_id, MentorOffer.ended_at.is_(None), MentorOffer.paused_at.is_(None))
    )
    return [
        (offer, side_of(offer, name, sort_name, Place(school_id, school or "", latitude, longitude)))
        for offer, name, sort_name, school_id, school, latitude, longitude in rows
    ]


def _pairs(ask: MentorAsk, reader_id: int) -> tuple[Counter[int], defaultdict[int, set[Before]]]:
    """Open pairs by mentor, and what pairs there were with whoever asks."""
    rows: Iterable[Any] = db.session.execute(
        select(Pairing.mentor_id, Pairing.mentee_id, Pairing.ended_on, RematchWish.id)
        .select_from(Pairing)
        .outerjoin(RematchWish, and_(RematchWish.pairing_id == Pairing.id, RematchWish.withdrawn_at.is_(None)))
        .where(
            Pairing.network_id == ask.network_id,
            or_(Pairing.ended_on.is_(None), Pairing.mentee_id == ask.person_id),
        )
        .distinct()
    )
    taken, between = Counter[int](), defaultdict[int, set[Before]](set)
    open_pairs = set()
    for mentor_id, mentee_id, ended_on, wish_id in rows:
        if ended_on is None:
            open_pairs.add((mentor_id, mentee_id))
        if mentee_id == ask.person_id:
            wished = wish_id is not None and mentor_id != reader_id
            ended = Before.REMATCHED if wished else Before.WERE_PAIR
            between[mentor_id].add(ended if ended_on else Before.PAIR_NOW)
    taken.update(mentor_id for mentor_id, _mentee_id in open_pairs)
    return taken, between


def _proposals(ask: MentorAsk, between: defaultdict[int, set[Before]], reader_id: int) -> Counter[int]:
    """Open proposals by mentor; what became of earlier ones with whoever asks is noted in ``between``."""
    rows = db.session.execute(
        select(MatchProposal).where(
            MatchProposal.network_id == ask.network_id,
            or_(MatchProposal.closed_at.is_(None), MatchProposal.mentee_id == ask.person_id),
        )
    ).scalars()
    asked = Counter[int]()
    for one in rows:
        if one.closed_at is None:
            asked[one.mentor_id] += 1
        if one.mentee_id == ask.person_id and (one.mentor_id != reader_id or one.declined_by in (None, reader_id)):
            what = {"open": Before.ASKED_NOW, "declined": Before.DECLINED, "lapsed": Before.LAPSED}.get(one.state)
            between[one.mentor_id] |= {what} if what else set()
    return asked
