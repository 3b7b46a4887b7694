"""The list of people that somebody keeps, and the pairs in it that may be one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, islice

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.people.models import Affiliation, EmailAddress, Person
from portal.people.queries import ORGANISATION
from portal.people.reach import MEMBERSHIP, reach_of


@dataclass(frozen=True)
class Wanted:
    """What the list of people is asked for; empty means all."""

    words: str = ""
    network: int | None = None
    state: str = ""


def people_listed(reader_id: int, wanted: Wanted) -> Rows:
    """The people whom a reader keeps, for a listing: name, address, main place of work, since when."""
    main = _main_work()
    query = (
        select(
            Person.id,
            Person.name,
            Person.phone,
            Person.knows_about,
            Person.created_at,
            Person.admitted_at,
            EmailAddress.address,
            EmailAddress.bounced_at,
            ORGANISATION.c.id.label("organisation_id"),
            ORGANISATION.c.name.label("organisation"),
            ORGANISATION.c.place,
            Affiliation.title,
        )
        .outerjoin(EmailAddress, and_(EmailAddress.person_id == Person.id, EmailAddress.is_primary))
        .outerjoin(Affiliation, main)
        .outerjoin(ORGANISATION, ORGANISATION.c.id == Affiliation.organisation_id)
        .where(reach_of(reader_id), Person.merged_into.is_(None), Person.erased_at.is_(None))
    )
    for condition in _conditions(wanted):
        query = query.where(condition)
    return query


def _main_work() -> ColumnElement[bool]:
    newer = aliased(Affiliation)
    first = select(func.min(newer.id)).where(newer.person_id == Person.id, newer.ended_on.is_(None), newer.is_main)
    return Affiliation.id == first.correlate(Person).scalar_subquery()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in wanted.words.split()[:8]:
        # SQLite folds only ASCII: other letters are looked for as typed, and in both cases.
        forms = {word, word.casefold(), word.upper(), word.capitalize()}
        columns = (Person.name, EmailAddress.address, ORGANISATION.c.name)
        found.append(or_(*(one.icontains(form, autoescape=True) for form in forms for one in columns)))
    if wanted.network:
        members = select(MEMBERSHIP.c.person_id).where(
            MEMBERSHIP.c.network_id == wanted.network, MEMBERSHIP.c.ended_at.is_(None)
        )
        found.append(Person.id.in_(members))
    if wanted.state == "waiting":
        found.append(Person.admitted_at.is_(None))
    if wanted.state == "in":
        found.append(Person.admitted_at.is_not(None))
    if wanted.state == "bounced":
        found.append(EmailAddress.bounced_at.is_not(None))
    return found


def alike_pairs(reader_id: int, limit: int = 100) -> list[tuple[int, int]]:
    """Pairs of people that may be one: names that sort alike, both kept by the reader, at most one of them signing in."""
    query = (
        select(Person.id, Person.sort_name, Person.admitted_at)
        .where(reach_of(reader_id), Person.merged_into.is_(None), Person.erased_at.is_(None))
        .order_by(Person.id)
    )
    # Put together here: the database would compare everybody with everybody, for minutes in a big region.
    by_name: dict[str, list[tuple[int, datetime | None]]] = defaultdict(list)
    for person_id, name, admitted_at in db.session.execute(query):
        by_name[name.casefold()].append((person_id, admitted_at))
    pairs = (pair for name in sorted(by_name) for pair in combinations(by_name[name], 2))
    found = ((one[0], other[0]) for one, other in pairs if not (one[1] and other[1]))
    return list(islice(found, limit))
