"""Who reads the totals of which programme, for the organisation whose it is."""

from sqlalchemy import select

from portal.db import db
from portal.organisations.models import Organisation
from portal.programmes.models import Programme, ProgrammeReader


def programmes_read_by(person_id: int, network_id: int) -> list[Programme]:
    """Those of a network whose totals she reads (one query)."""
    return list(
        db.session.execute(
            select(Programme)
            .join(ProgrammeReader, ProgrammeReader.programme_id == Programme.id)
            .where(
                ProgrammeReader.person_id == person_id,
                ProgrammeReader.ended_at.is_(None),
                Programme.network_id == network_id,
            )
            .order_by(Programme.name, Programme.id)
        ).scalars()
    )


def programme_in(network_id: int, programme_id: int) -> Programme | None:
    return db.session.execute(
        select(Programme).where(Programme.id == programme_id, Programme.network_id == network_id)
    ).scalar_one_or_none()


def readers_of(programme_id: int) -> set[int]:
    """The people who read its totals now (one query)."""
    rows = db.session.execute(
        select(ProgrammeReader.person_id).where(
            ProgrammeReader.programme_id == programme_id, ProgrammeReader.ended_at.is_(None)
        )
    )
    return set(rows.scalars())


def organisation_name(programme: Programme) -> str:
    """Whose requirement it is; "" for the network's own."""
    if programme.organisation_id is None:
        return ""
    name = db.session.execute(select(Organisation.name).where(Organisation.id == programme.organisation_id)).scalar()
    return name or ""
