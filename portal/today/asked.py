"""What one person is asked in mentoring: to be a pair with somebody, or to say yes for her school."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, literal, or_, select, union_all

from portal.db import Rows, db
from portal.matching.models import MatchProposal
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.queries import Mentee, Mentor, in_state
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
