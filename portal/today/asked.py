"""What one person is asked in mentoring: to be a pair with somebody, to say yes for her school, whether a talk was so."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, union_all

from portal.db import Rows, db
from portal.matching.models import MatchProposal
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.queries import Mentee, Mentor, in_state
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.people.models import Person


class Asked(NamedTuple):
    """Since when she is asked, and who or what it is about: for a pair the other one's name and which of the two she would be."""

    kind: str
    since: datetime
    id: int
    title: str
    detail: str


def asked_rows(network_id: int, person_id: int) -> list[Rows]:
    """A row for each yes or no that waits, in the shape of whatever waits for coordinators."""
    return [_proposals(network_id, person_id), _schools(network_id, person_id)]


def talks_asked(network_id: int, person_id: int, limit: int) -> Rows:
    """A row for each talk that the other one wrote down and she has not answered, the newest first."""
    return (
        select(
            literal("talk"), MentoringContact.starts_at, PairTalk.id, Person.name, literal(""),
            MentoringContact.minutes, literal(0),
        )
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .join(Person, Person.id == MentoringContact.logged_by)
        .where(*unanswered(network_id, person_id))
        .order_by(MentoringContact.starts_at.desc(), PairTalk.id.desc())
        .limit(limit)
    )  # fmt: skip


def unanswered(network_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    """She neither said yes to the talk nor otherwise; the mentor's own time asks nobody."""
    return (
        Pairing.network_id == network_id,
        or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id),
        MentoringContact.logged_by != person_id,
        MentoringContact.contact_kind != "support",
        PairTalk.confirmed_at.is_(None),
        PairTalk.disputed_at.is_(None),
        MentoringContact.deleted_at.is_(None),
    )


def asked_of(network_id: int, person_id: int) -> list[Asked]:
    """The longest first (one query)."""
    rows = union_all(*(select(part.subquery()) for part in asked_rows(network_id, person_id)))
    return sorted((Asked(*row[:5]) for row in db.session.execute(rows)), key=lambda one: one.since)


def _proposals(network_id: int, person_id: int) -> Rows:
    as_mentor = and_(MatchProposal.mentor_id == person_id, MatchProposal.mentor_accepted_at.is_(None))
    as_mentee = and_(MatchProposal.mentee_id == person_id, MatchProposal.mentee_accepted_at.is_(None))
    is_mentor = MatchProposal.mentor_id == person_id
    other = case((is_mentor, MatchProposal.mentee_id), else_=MatchProposal.mentor_id)
    would_be = case((is_mentor, literal("mentor")), else_=literal("mentee"))
    return (
        select(
            literal("proposal"), MatchProposal.proposed_at, MatchProposal.id, Person.name, would_be, literal(0),
            literal(0),
        )
        .join(Person, Person.id == other)
        .where(
            MatchProposal.network_id == network_id, MatchProposal.closed_at.is_(None), or_(as_mentor, as_mentee)
        )
    )  # fmt: skip


def _schools(network_id: int, person_id: int) -> Rows:
    for_mentor = and_(OrganisationPair.mentor_lead_id == person_id, OrganisationPair.mentor_accepted_at.is_(None))
    for_mentee = and_(OrganisationPair.mentee_lead_id == person_id, OrganisationPair.mentee_accepted_at.is_(None))
    return (
        select(
            literal("schools"), OrganisationPair.proposed_at, OrganisationPair.id, Mentor.name, Mentee.name, literal(0),
            literal(0),
        )
        .join(Mentor, Mentor.id == OrganisationPair.mentor_organisation_id)
        .join(Mentee, Mentee.id == OrganisationPair.mentee_organisation_id)
        .where(
            OrganisationPair.network_id == network_id, OrganisationPair.deleted_at.is_(None), in_state("proposed"),
            or_(for_mentor, for_mentee),
        )
    )  # fmt: skip
