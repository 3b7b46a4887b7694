"""Questions about people. Organisations and networks stand beside or above: only their tables are named."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Date, Integer, String, or_, select
from sqlalchemy.sql.expression import column, table

from portal.db import db
from portal.people.levels import FELLOW, KEEPER, SELF, sees_everything
from portal.people.listed import is_listed
from portal.people.models import Affiliation, Consent, EmailAddress, Person, PersonWord, SignInSession
from portal.people.reach import MEMBERSHIP, NETWORK, beside, networks_coordinated, reach_of
from portal.vocabulary.models import Word
from portal.web import clock
from portal.web.errors import NotHere

ORGANISATION = table(
    "organisation", column("id", Integer), column("name", String), column("sort_name", String), column("place", String),
    column("closed_on", Date), column("merged_into", Integer),
)  # fmt: skip


@dataclass
class PersonSeen:
    """A person as one reader may see her: what she does not list is empty here, and never loaded into a page."""

    id: int
    name: str
    level: str
    called: str = ""
    is_admitted: bool = False
    listing: dict[str, Any] = field(default_factory=dict)
    row_version: int = 1
    phone: str = ""
    knows_about: str = ""
    addresses: list[Any] = field(default_factory=list)
    work: list[Any] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    networks: list[Any] = field(default_factory=list)
    how_added: str = ""
    created_at: Any = None
    locale: str | None = None
    time_zone: str | None = None


def coordinated_networks(person_id: int) -> list[Any]:
    """(id, slug, name) of the networks that somebody coordinates."""
    return list(db.session.execute(networks_coordinated(person_id)))


def level_of(person_id: int, reader_id: int) -> tuple[Person, str]:
    """The person and how near the reader stands to her (one query). Raises NotHere for strangers and for who is gone."""
    query = select(Person, reach_of(reader_id), beside(reader_id)).where(
        Person.id == person_id, Person.erased_at.is_(None)
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotHere
    person, keeps, is_beside = row
    if person.merged_into:
        return level_of(person.merged_into, reader_id)
    if person_id == reader_id:
        return person, SELF
    if keeps:
        return person, KEEPER
    if is_beside and person.admitted_at:
        return person, FELLOW
    raise NotHere


def person_seen(person_id: int, reader_id: int) -> PersonSeen:
    """A person as that reader may see her (five queries). Raises NotHere."""
    person, level = level_of(person_id, reader_id)
    seen = PersonSeen(person.id, person.name, level, is_admitted=person.admitted_at is not None)
    everything = sees_everything(level)

    def shows(item: str) -> bool:
        return everything or is_listed(person.listing, item)

    if everything:
        seen.called, seen.listing, seen.row_version = person.called or "", person.listing, person.row_version
        seen.how_added, seen.created_at = person.how_added, person.created_at
        seen.locale, seen.time_zone = person.locale, person.time_zone
    seen.phone = (person.phone or "") if shows("phone") else ""
    seen.knows_about = person.knows_about if shows("knows_about") else ""
    seen.addresses = addresses_of(person.id, primary_only=not everything) if shows("email") else []
    seen.work = work_of(person.id, with_past=everything) if shows("school") else []
    kinds = {"subject": "subjects", "phase": "phases", "role": "school"}
    seen.words = {kind: words for kind, words in words_of_person(person.id).items() if shows(kinds.get(kind, "school"))}
    seen.networks = shared_networks(person.id, reader_id)
    return seen


def addresses_of(person_id: int, primary_only: bool = False) -> list[EmailAddress]:
    query = select(EmailAddress).where(EmailAddress.person_id == person_id)
    if primary_only:
        query = query.where(EmailAddress.is_primary)
    return list(db.session.execute(query.order_by(EmailAddress.is_primary.desc(), EmailAddress.id)).scalars())


def work_of(person_id: int, with_past: bool = True) -> list[Any]:
    """Where a person works and worked: id, organisation_id, organisation, place, title, role, started_on, ended_on."""
    query = (
        select(
            Affiliation.id,
            Affiliation.organisation_id,
            ORGANISATION.c.name.label("organisation"),
            ORGANISATION.c.place,
            Affiliation.title,
            Word.label.label("role"),
            Affiliation.started_on,
            Affiliation.ended_on,
            Affiliation.is_main,
        )
        .join(ORGANISATION, ORGANISATION.c.id == Affiliation.organisation_id)
        .outerjoin(Word, Word.id == Affiliation.role_id)
        .where(Affiliation.person_id == person_id)
        .order_by(Affiliation.ended_on.is_not(None), Affiliation.is_main.desc(), Affiliation.id)
    )
    return list(db.session.execute(query if with_past else query.where(Affiliation.ended_on.is_(None))))


def words_of_person(person_id: int) -> dict[str, list[str]]:
    """Labels of her subjects, phases and roles, by kind."""
    query = (
        select(Word.kind, Word.label)
        .join(PersonWord, PersonWord.word_id == Word.id)
        .where(PersonWord.person_id == person_id)
        .order_by(Word.position)
    )
    found: dict[str, list[str]] = {}
    for kind, label in db.session.execute(query):
        found.setdefault(kind, []).append(label)
    return found


def word_ids_of(person_id: int) -> list[int]:
    return list(db.session.execute(select(PersonWord.word_id).where(PersonWord.person_id == person_id)).scalars())


def shared_networks(person_id: int, reader_id: int) -> list[Any]:
    """The networks that both belong to: slug, name, role of the person."""
    hers, mine = MEMBERSHIP.alias("hers"), MEMBERSHIP.alias("mine")
    query = (
        select(NETWORK.c.slug, NETWORK.c.name, hers.c.role, hers.c.started_at)
        .join(hers, hers.c.network_id == NETWORK.c.id)
        .join(mine, mine.c.network_id == NETWORK.c.id)
        .where(
            hers.c.person_id == person_id,
            hers.c.ended_at.is_(None),
            mine.c.person_id == reader_id,
            mine.c.ended_at.is_(None),
        )
        .order_by(NETWORK.c.name)
    )
    return list(db.session.execute(query))


def consents_of(person_id: int) -> list[Consent]:
    query = select(Consent).where(Consent.person_id == person_id).order_by(Consent.given_at.desc(), Consent.id.desc())
    return list(db.session.execute(query).scalars())


def open_sessions(person_id: int) -> list[SignInSession]:
    query = select(SignInSession).where(
        SignInSession.person_id == person_id, SignInSession.ended_at.is_(None), SignInSession.expires_at > clock.now()
    )
    return list(db.session.execute(query.order_by(SignInSession.seen_at.desc())).scalars())


def organisations_called(words: str, limit: int = 20) -> list[Any]:
    """Open organisations whose name or place holds these words: id, name, place."""
    if not words.strip():
        return []
    query = select(ORGANISATION.c.id, ORGANISATION.c.name, ORGANISATION.c.place).where(
        ORGANISATION.c.merged_into.is_(None), ORGANISATION.c.closed_on.is_(None)
    )
    for word in words.split()[:8]:
        columns = (ORGANISATION.c.name, ORGANISATION.c.place)
        query = query.where(or_(*(one.icontains(word, autoescape=True) for one in columns)))
    return list(db.session.execute(query.order_by(ORGANISATION.c.sort_name).limit(limit)))
