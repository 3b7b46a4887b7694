"""Two organisations of which one helps the other: in which state they are, and what the operations are handed."""

from dataclasses import dataclass
from datetime import date

from portal.activities.meetings import Met
from portal.mentor_schools.models import OrganisationPair

# What the history calls it.
SUBJECT, MEETING = "organisation_pair", "organisation_meeting"
STATES = ("proposed", "running", "ended", "declined")
RESULTS = ("met", "partly", "not", "changed")
MOST_AIMS = 5


def state_of(pair: OrganisationPair) -> str:
    """Read from what happened: nothing is stored that could say otherwise."""
    if pair.ended_on:
        return "ended"
    if pair.declined_at:
        return "declined"
    return "running" if pair.mentor_accepted_at and pair.mentee_accepted_at else "proposed"


def leads(pair: OrganisationPair) -> tuple[int | None, int | None]:
    return pair.mentor_lead_id, pair.mentee_lead_id


def side_of(person_id: int, pair: OrganisationPair) -> str:
    """ "mentor" or "mentee" for a lead, nothing for others."""
    if person_id == pair.mentor_lead_id:
        return "mentor"
    return "mentee" if person_id == pair.mentee_lead_id else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who helps whom with what. A lead may be left open: a coordinator names one later."""

    mentor_organisation_id: int
    mentee_organisation_id: int
    purpose: str
    starts_on: date
    ends_on: date | None = None
    mentor_lead_id: int | None = None
    mentee_lead_id: int | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """One thing to have done, how one will see it, by when."""

    text: str
    seen_by: str = ""
    by_on: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """``there`` are the members of both sides who were at it."""

    met: Met
    there: frozenset[int]
    outcome: str = ""
    next_on: date | None = None
