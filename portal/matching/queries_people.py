"""What is known of a person already, so that nobody types it again: school, subjects, phases, whether she has an account."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.matching.distances import Place
from portal.matching.models import MatchProposal, MentorOffer
from portal.networks.models import Membership
from portal.networks.queries_members import main_affiliation
from portal.organisations.models import Organisation
from portal.people.listed import is_listed
from portal.people.models import Affiliation, Person, PersonWord
from portal.vocabulary.models import Word


@dataclass(frozen=True, slots=True)
class Known:
    """``words`` are codes by kind."""

    person_id: int
    name: str
    first_name: str
    sort_name: str
    has_account: bool
    locale: str | None
    place: Place
    words: dict[str, list[str]] = field(default_factory=dict)
    listing: dict[str, Any] = field(default_factory=dict)

    def as_listed(self) -> "Known":
        """What the directory shows of her: for somebody to whom she is proposed without having asked or offered."""
        words = {kind: codes for kind, codes in self.words.items() if is_listed(self.listing, f"{kind}s")}
        return replace(self, place=self.place if is_listed(self.listing, "school") else Place(), words=words)


def known_of(person_ids: Collection[int], with_words: bool = True) -> dict[int, Known]:
    """By id; two queries however many they are, one without their subjects and phases."""
    words = _words(person_ids) if with_words else {}
    rows = db.session.execute(
        select(Person, Organisation.id, Organisation.name, Organisation.latitude, Organisation.longitude)
        .select_from(Person)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Person.id.in_(person_ids))
    )
    return {
        one.id: Known(
            one.id, one.name, one.first_name, one.sort_name, one.admitted_at is not None, one.locale,
            Place(school_id, school or "", latitude, longitude), words.get(one.id, {}), one.listing,
        )
        for one, school_id, school, latitude, longitude in rows
    }  # fmt: skip


def known_to_each_other(proposal: MatchProposal) -> dict[int, Known]:
    """The two of a proposal as the other one may know them (three queries).

    Whoever asked or offered said so for this; of whoever did neither no more is told than the directory shows.
    """
    known = known_of((proposal.mentor_id, proposal.mentee_id))
    if proposal.ask_id is None:
        known[proposal.mentee_id] = known[proposal.mentee_id].as_listed()
    offered = select(MentorOffer.id).where(
        MentorOffer.network_id == proposal.network_id,
        MentorOffer.person_id == proposal.mentor_id,
        MentorOffer.ended_at.is_(None),
    )
    if db.session.execute(offered).first() is None:
        known[proposal.mentor_id] = known[proposal.mentor_id].as_listed()
    return known


def _words(person_ids: Collection[int]) -> dict[int, dict[str, list[str]]]:
    rows = db.session.execute(
        select(PersonWord.person_id, Word.kind, Word.code)
        .join(Word, Word.id == PersonWord.word_id)
        .where(PersonWord.person_id.in_(person_ids))
        .order_by(Word.position)
    )
    found: dict[int, dict[str, list[str]]] = {}
    for person_id, kind, code in rows:
        found.setdefault(person_id, {}).setdefault(kind, []).append(code)
    return found


def members_without_account(network_id: int) -> list[tuple[int, str]]:
    """(id, name) of the members for whom a coordinator may fill something in (one query)."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
            Membership.role != "observer",
            Person.admitted_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Person.sort_name, Person.id)
    )
    return [(row.id, row.name) for row in rows]
