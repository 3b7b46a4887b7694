"""Questions about programmes. They start from the network, so that another network's are never seen."""

import hashlib
from typing import Any

from sqlalchemy import Date, Integer, and_, func, or_, select
from sqlalchemy.sql.expression import column, table

from portal.db import db
from portal.networks.models import Membership, NetworkOrganisation
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.programmes.models import Programme, ProgrammeReader
from portal.programmes.words import LABELS
from portal.web import clock

# What a coordinator changes.
CHANGED = tuple(LABELS)
# The pairs stand a storey above: here they are only counted.
_pairing = table("pairing", column("id", Integer), column("ended_on", Date))
_in_it = table("pair_programme", column("pairing_id", Integer), column("programme_id", Integer), column("until", Date))


def programme_in(network_id: int, programme_id: int) -> Programme | None:
    return db.session.execute(
        select(Programme).where(Programme.id == programme_id, Programme.network_id == network_id)
    ).scalar_one_or_none()


def programmes_in(network_id: int, retired: bool = False) -> list[Programme]:
    """The programmes of a network by name; with ``retired`` those too that are no longer offered (one query)."""
    query = select(Programme).where(Programme.network_id == network_id).order_by(Programme.name, Programme.id)
    if not retired:
        query = query.where(Programme.retired_at.is_(None))
    return list(db.session.execute(query).scalars())


def programmes_with_pairs(network_id: int) -> list[tuple[Programme, str, int]]:
    """All of them with whose they are and how many open pairs are in each, those that are open first (one query)."""
    pairs = (
        select(func.count())
        .select_from(_in_it)
        .join(_pairing, _pairing.c.id == _in_it.c.pairing_id)
        .where(
            _in_it.c.programme_id == Programme.id,
            _pairing.c.ended_on.is_(None),
            or_(_in_it.c.until.is_(None), _in_it.c.until >= clock.today()),
        )
        .correlate(Programme)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Programme, func.coalesce(Organisation.name, ""), pairs)
        .outerjoin(Organisation, Organisation.id == Programme.organisation_id)
        .where(Programme.network_id == network_id)
        .order_by(Programme.retired_at.is_not(None), Programme.name, Programme.id)
    )
    return [(programme, name, number) for programme, name, number in rows]


def values_of(programme: Programme) -> dict[str, Any]:
    return {key: getattr(programme, key) for key in CHANGED}


def version_of(programme: Programme) -> str:
    """A mark that changes with whatever stands there, so that the second of two writers is told."""
    return hashlib.sha256(repr(values_of(programme)).encode()).hexdigest()[:16]


def readers_of(programme_id: int) -> list[tuple[int, int, str]]:
    """(id of the row, of the person, her name) of those who read its totals now: nobody who has left (one query)."""
    here_now = and_(
        Membership.network_id == Programme.network_id,
        Membership.person_id == ProgrammeReader.person_id,
        Membership.ended_at.is_(None),
    )
    rows = db.session.execute(
        select(ProgrammeReader.id, ProgrammeReader.person_id, Person.name)
        .join(Person, Person.id == ProgrammeReader.person_id)
        .join(Programme, Programme.id == ProgrammeReader.programme_id)
        .join(Membership, here_now)
        .where(ProgrammeReader.programme_id == programme_id, ProgrammeReader.ended_at.is_(None))
        .order_by(Person.sort_name)
    )
    return [(row.id, row.person_id, row.name) for row in rows]


def reader_in(programme_id: int, reader_id: int) -> ProgrammeReader | None:
    return db.session.execute(
        select(ProgrammeReader).where(ProgrammeReader.id == reader_id, ProgrammeReader.programme_id == programme_id)
    ).scalar_one_or_none()


def is_reader(programme_id: int, person_id: int) -> bool:
    reads = select(ProgrammeReader.id).where(
        ProgrammeReader.programme_id == programme_id,
        ProgrammeReader.person_id == person_id,
        ProgrammeReader.ended_at.is_(None),
    )
    return db.session.execute(reads).first() is not None


def members_who_could_read(network_id: int, programme_id: int) -> list[tuple[int, str]]:
    """(id, name) of the network's members who do not read its totals yet, by name (one query)."""
    reads = and_(
        ProgrammeReader.person_id == Person.id,
        ProgrammeReader.programme_id == programme_id,
        ProgrammeReader.ended_at.is_(None),
    )
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(ProgrammeReader, reads)
        .where(
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
            Person.erased_at.is_(None),
            ProgrammeReader.id.is_(None),
        )
        .order_by(Person.sort_name)
    )
    return [(row.id, row.name) for row in rows]


def organisations_to_choose(network_id: int, chosen: int | None = None) -> list[tuple[int, str]]:
    """(id, name) of the network's organisations by name, and the one that stands there already though it closed or left
    the network since: a form that does not offer it would quietly make the programme the network's own (one query).
    """
    here = select(NetworkOrganisation.organisation_id).where(NetworkOrganisation.network_id == network_id)
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(or_(and_(Organisation.id.in_(here), Organisation.closed_on.is_(None)), Organisation.id == chosen))
        .order_by(Organisation.sort_name, Organisation.id)
    )
    return [(row.id, row.name) for row in rows]
