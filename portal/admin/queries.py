"""What an administrator may know: networks by name and size, administrators, the state of the machine.

Nothing here reads the content of a network.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import func, select

from portal.db import Rows, db, faults
from portal.networks.models import Membership, Network, Region
from portal.people.models import EmailAddress, Person


def the_region() -> Region:
    """The region's row."""
    return db.session.execute(select(Region)).scalar_one()


def all_networks() -> Rows:
    """Every network with how many belong to it and how many of them coordinate it, for a listing."""
    now = (Membership.network_id == Network.id, Membership.ended_at.is_(None))
    members = select(func.count()).select_from(Membership).where(*now).correlate(Network).scalar_subquery()
    coordinators = (
        select(func.count())
        .select_from(Membership)
        .where(*now, Membership.role == "coordinator")
        .correlate(Network)
        .scalar_subquery()
    )
    return select(
        Network.id,
        Network.slug,
        Network.name,
        Network.created_at,
        Network.closed_at,
        members.label("members"),
        coordinators.label("coordinators"),
    )


def open_networks() -> list[tuple[int, str]]:
    """(id, name) of the networks that are open, for a select."""
    query = select(Network.id, Network.name).where(Network.closed_at.is_(None)).order_by(Network.name)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def administrators() -> list[Any]:
    """Who administers the portal: id, name, address."""
    query = (
        select(Person.id, Person.name, EmailAddress.address)
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(Person.is_administrator, Person.erased_at.is_(None))
        .order_by(Person.sort_name)
    )
    return list(db.session.execute(query))


@dataclass(frozen=True)
class Health:
    """The state of the machine: bytes of the database and of its log, the SQLite at hand, faults when looked for."""

    database_bytes: int
    log_bytes: int
    sqlite: str
    instance: str
    faults: list[str] | None


def health(database: Path, look_closely: bool) -> Health:
    """``look_closely`` reads the whole database for faults, which takes seconds on a large one."""
    log = database.with_name(f"{database.name}-wal")
    return Health(
        database.stat().st_size if database.exists() else 0,
        log.stat().st_size if log.exists() else 0,
        pysqlite3.sqlite_version,
        str(database.parent),
        faults() if look_closely else None,
    )
