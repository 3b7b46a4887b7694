"""Questions about who belongs to a network: one membership, the coordinators, the directory and its filters."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.networks.models import Membership
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, EmailAddress, Person, PersonWord
from portal.vocabulary.models import Word

NOW = Membership.ended_at.is_(None)


@dataclass(frozen=True)
class Wanted:
    """What the directory is asked for; empty means all."""

    words: str = ""
    subject: int | None = None
    phase: int | None = None
    place: str = ""
    role: str = ""
    not_admitted: bool = False


def current_membership(network_id: int, person_id: int) -> Membership | None:
    """A person's membership as it stands now."""
    return db.session.execute(
        select(Membership).where(Membership.network_id == network_id, Membership.person_id == person_id, NOW)
    ).scalar_one_or_none()


def role_history(network_id: int, person_id: int) -> list[Membership]:
    """All roles a person had here, newest first."""
    mine = (Membership.network_id == network_id, Membership.person_id == person_id)
    query = select(Membership).where(*mine).order_by(Membership.started_at.desc(), Membership.id.desc())
    return list(db.session.execute(query).scalars())


def other_coordinators(network_id: int, person_id: int) -> int:
    """How many other people coordinate this network and can sign in to do so."""
    return db.session.execute(
        select(func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.network_id == network_id,
            Membership.role == "coordinator",
            NOW,
            Membership.person_id != person_id,
            Person.admitted_at.is_not(None),
            Person.erased_at.is_(None),
        )
    ).scalar_one()


def coordinators_of(network_id: int) -> list[Any]:
    """The coordinators with the place where each works: id, name, listing, school (one query)."""
    query = (
        select(Person.id, Person.name, Person.listing, Organisation.name.label("school"))
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Membership.network_id == network_id, Membership.role == "coordinator", NOW)
        .order_by(Membership.started_at, Person.sort_name)
    )
    return list(db.session.execute(query))


def directory(network_id: int, wanted: Wanted, sees_all: bool) -> Rows:
    """The members, for a listing. Who does not see all finds nobody by what that person keeps to herself.

    People who were only imported are shown to coordinators alone: nobody has asked them yet.
    """
    query = (
        select(
            Person.id,
            Person.name,
            Person.sort_name,
            Person.knows_about,
            Person.listing,
            Person.admitted_at,
            Person.phone,
            EmailAddress.address,
            Membership.role,
            Membership.started_at,
            Membership.paused_at,
            Organisation.id.label("school_id"),
            Organisation.name.label("school"),
            Organisation.place,
        )
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Membership.network_id == network_id, NOW, Person.erased_at.is_(None))
    )
    for condition in _conditions(wanted, sees_all):
        query = query.where(condition)
    return query


def words_by_person(person_ids: list[int]) -> dict[int, dict[str, list[str]]]:
    """Subjects and phases of some people, by kind (one query)."""
    rows = db.session.execute(
        select(PersonWord.person_id, Word.kind, Word.label)
        .join(Word, Word.id == PersonWord.word_id)
        .where(PersonWord.person_id.in_(person_ids))
        .order_by(Word.position)
    )
    found: dict[int, dict[str, list[str]]] = {}
    for person_id, kind, label in rows:
        found.setdefault(person_id, {}).setdefault(kind, []).append(label)
    return found


def main_affiliation() -> ColumnElement[bool]:
    """Joins the one place where a person works now, if there is one."""
    newer = aliased(Affiliation)
    main = (
        select(func.min(newer.id))
        .where(newer.person_id == Person.id, newer.ended_on.is_(None), newer.is_main)
        .correlate(Person)
        .scalar_subquery()
    )
    return Affiliation.id == main


def _conditions(wanted: Wanted, sees_all: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if not sees_all:
        found.append(Person.admitted_at.is_not(None))
    if wanted.not_admitted and sees_all:
        found.append(Person.admitted_at.is_(None))
    if wanted.role:
        found.append(Membership.role == wanted.role)
    if wanted.words:
        found.append(_says(wanted.words, sees_all))
    if wanted.place:
        found.append(and_(listed("school", sees_all), _like(Organisation.place, wanted.place)))
    for kind, word_id in (("subjects", wanted.subject), ("phases", wanted.phase)):
        if word_id:
            has = select(PersonWord.person_id).where(PersonWord.word_id == word_id)
            found.append(and_(listed(kind, sees_all), Person.id.in_(has)))
    return found


def _says(words: str, sees_all: bool) -> ColumnElement[bool]:
    return or_(
        _like(Person.name, words),
        and_(listed("knows_about", sees_all), _like(Person.knows_about, words)),
        and_(listed("school", sees_all), _like(Organisation.name, words)),
    )


def _like(column: Any, words: str) -> ColumnElement[bool]:
    return and_(*(column.icontains(word, autoescape=True) for word in words.split()[:8]))


def listed(item: str, sees_all: bool) -> ColumnElement[bool]:
    """For a row of ``Person``: she lets members see this of her."""
    return true() if sees_all else func.coalesce(Person.listing[item].as_boolean(), true())


def one_member(network_id: int, person_id: int, sees_all: bool) -> Any:
    """One row of the directory, or None for somebody who is not on it (for this reader)."""
    return db.session.execute(directory(network_id, Wanted(), sees_all).where(Person.id == person_id)).first()
