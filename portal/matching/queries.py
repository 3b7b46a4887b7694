"""Questions about wishes, offers and proposals of one network."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.matching.models import MatchProposal, MentorAsk, MentorOffer
from portal.mentoring.models import Pairing
from portal.networks.models import Membership
from portal.networks.queries_members import main_affiliation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person
from portal.programmes.models import Programme

Mentor, Mentee = aliased(Person, name="mentor"), aliased(Person, name="mentee")
OPEN = MatchProposal.closed_at.is_(None)
# Proposals that came to an end stand on the list for so long.
RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class AskSeen:
    """A wish as one reader comes upon it. ``within``: the strictest rule on how soon a mentor is found, in days."""

    ask: MentorAsk
    is_my_mentees: bool
    within: int | None


def ask_seen(network_id: int, ask_id: int, reader_id: int) -> AskSeen | None:
    """One query."""
    row = db.session.execute(
        select(MentorAsk, mentored_by(reader_id), _within(network_id).scalar_subquery()).where(
            MentorAsk.id == ask_id, MentorAsk.network_id == network_id
        )
    ).first()
    return AskSeen(*row) if row else None


def open_ask_of(network_id: int, person_id: int) -> MentorAsk | None:
    """Her wish that still waits, a paused one too. After two records became one the earlier stands."""
    query = select(MentorAsk).where(
        MentorAsk.person_id == person_id, MentorAsk.network_id == network_id, MentorAsk.ended_at.is_(None)
    )
    return db.session.execute(query.order_by(MentorAsk.asked_at, MentorAsk.id).limit(1)).scalar_one_or_none()


def last_ask_of(network_id: int, person_id: int) -> MentorAsk | None:
    query = select(MentorAsk).where(MentorAsk.person_id == person_id, MentorAsk.network_id == network_id)
    return db.session.execute(query.order_by(MentorAsk.id.desc()).limit(1)).scalar_one_or_none()


def offer_in(network_id: int, offer_id: int) -> MentorOffer | None:
    return db.session.execute(
        select(MentorOffer).where(MentorOffer.id == offer_id, MentorOffer.network_id == network_id)
    ).scalar_one_or_none()


def offer_of(network_id: int, person_id: int) -> MentorOffer | None:
    """Her offer, an ended one too: she has one a network."""
    return db.session.execute(
        select(MentorOffer).where(MentorOffer.person_id == person_id, MentorOffer.network_id == network_id)
    ).scalar_one_or_none()


def proposal_in(network_id: int, proposal_id: int, reader_id: int) -> MatchProposal | None:
    return db.session.execute(
        select(MatchProposal).where(
            MatchProposal.id == proposal_id, MatchProposal.network_id == network_id, ~_is_kept_from(reader_id)
        )
    ).scalar_one_or_none()


def is_a_member(network_id: int, person_id: int) -> bool:
    now = and_(Membership.network_id == network_id, Membership.person_id == person_id, Membership.ended_at.is_(None))
    return db.session.execute(select(Membership.id).where(now)).first() is not None


def pairs_now(network_id: int, mentor_id: int) -> int:
    """How many open pairs she mentors in this network."""
    open_pairs = select(func.count()).select_from(Pairing)
    open_pairs = open_pairs.where(
        Pairing.mentor_id == mentor_id, Pairing.ended_on.is_(None), Pairing.network_id == network_id
    )
    return db.session.execute(open_pairs).scalar_one()


def within_days(network_id: int) -> int | None:
    """The strictest rule of this network's programmes on how soon a mentor is found, in days; None: there is none."""
    strictest: int | None = db.session.execute(_within(network_id)).scalar()
    return strictest


def _within(network_id: int) -> Rows:
    strictest = select(func.min(Programme.within_days))
    return strictest.where(Programme.network_id == network_id, Programme.retired_at.is_(None))


def mentored_by(reader_id: int) -> ColumnElement[bool]:
    """The wish is of somebody whose mentor the reader is now.

    A wish that opened anew would tell her that her mentee would like somebody else: the other coordinators see it.
    """
    return _is_mentor_of(reader_id, MentorAsk.person_id, MentorAsk.network_id)


def _is_mentor_of(reader_id: int, mentee_id: Any, network_id: Any) -> ColumnElement[bool]:
    return exists().where(
        Pairing.mentee_id == mentee_id,
        Pairing.network_id == network_id,
        Pairing.mentor_id == reader_id,
        Pairing.ended_on.is_(None),
    )


def _is_kept_from(reader_id: int) -> ColumnElement[bool]:
    """Somebody else is proposed to the reader's own mentee."""
    of_mine = _is_mentor_of(reader_id, MatchProposal.mentee_id, MatchProposal.network_id)
    return and_(of_mine, MatchProposal.mentor_id != reader_id)


def table_of_asks(network_id: int, reader_id: int) -> Rows:
    """The wishes that wait, for coordinators: who, where, what about, since when, and how many are being asked."""
    asked = select(func.count()).where(MatchProposal.ask_id == MentorAsk.id, OPEN).scalar_subquery()
    return (
        select(
            MentorAsk.id,
            MentorAsk.person_id,
            MentorAsk.subjects,
            MentorAsk.phases,
            MentorAsk.asked_at,
            MentorAsk.paused_at,
            Person.name,
            Person.sort_name,
            Organisation.name.label("school"),
            asked.label("proposals"),
        )
        .select_from(MentorAsk)
        .join(Person, Person.id == MentorAsk.person_id)
        .join(Membership, _member_now(MentorAsk))
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(MentorAsk.network_id == network_id, MentorAsk.ended_at.is_(None), ~mentored_by(reader_id))
    )


def table_of_offers(network_id: int) -> Rows:
    """The offers that stand, for coordinators, with how many places are taken and asked for."""
    pairs = select(func.count()).where(
        Pairing.mentor_id == MentorOffer.person_id,
        Pairing.network_id == MentorOffer.network_id,
        Pairing.ended_on.is_(None),
    )
    asked = select(func.count()).where(
        MatchProposal.mentor_id == MentorOffer.person_id, MatchProposal.network_id == MentorOffer.network_id, OPEN
    )
    return (
        select(
            MentorOffer.id,
            MentorOffer.person_id,
            MentorOffer.subjects,
            MentorOffer.phases,
            MentorOffer.most_mentees,
            MentorOffer.trained_on,
            MentorOffer.paused_at,
            Person.name,
            Person.sort_name,
            Organisation.name.label("school"),
            pairs.scalar_subquery().label("pairs"),
            asked.scalar_subquery().label("proposals"),
        )
        .select_from(MentorOffer)
        .join(Person, Person.id == MentorOffer.person_id)
        .join(Membership, _member_now(MentorOffer))
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(MentorOffer.network_id == network_id, MentorOffer.ended_at.is_(None))
    )


def _member_now(row: type[MentorAsk] | type[MentorOffer]) -> ColumnElement[bool]:
    return and_(
        Membership.network_id == row.network_id, Membership.person_id == row.person_id, Membership.ended_at.is_(None)
    )


def table_of_proposals(network_id: int, reader_id: int, now: datetime) -> Rows:
    """Open proposals and those that ended lately, with both names, for coordinators who are not asked themselves.

    What she is asked herself stands among what she is asked, without a word of who has said what.
    """
    lately = or_(OPEN, MatchProposal.closed_at > now - RECENT)
    not_hers = and_(MatchProposal.mentor_id != reader_id, MatchProposal.mentee_id != reader_id)
    return _with_names().where(MatchProposal.network_id == network_id, lately, not_hers, ~_is_kept_from(reader_id))


def proposals_to(network_id: int, person_id: int) -> Rows:
    """What one person is asked just now."""
    hers = or_(MatchProposal.mentor_id == person_id, MatchProposal.mentee_id == person_id)
    return _with_names().where(MatchProposal.network_id == network_id, OPEN, hers).order_by(MatchProposal.id)


def _with_names() -> Rows:
    return (
        select(MatchProposal, Mentor.name.label("mentor"), Mentee.name.label("mentee"))
        .select_from(MatchProposal)
        .join(Mentor, Mentor.id == MatchProposal.mentor_id)
        .join(Mentee, Mentee.id == MatchProposal.mentee_id)
    )


def open_between(network_id: int, mentor_id: int, mentee_id: int) -> list[MatchProposal]:
    """What these two are being asked just now."""
    query = select(MatchProposal).where(
        MatchProposal.network_id == network_id,
        MatchProposal.mentor_id == mentor_id,
        MatchProposal.mentee_id == mentee_id,
        OPEN,
    )
    return list(db.session.execute(query).scalars())


def both_are_members() -> ColumnElement[bool]:
    """Both of a proposal still belong to its network."""

    def is_member(person_id: Any) -> ColumnElement[bool]:
        return exists().where(
            Membership.network_id == MatchProposal.network_id,
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
        )

    return and_(is_member(MatchProposal.mentor_id), is_member(MatchProposal.mentee_id))
