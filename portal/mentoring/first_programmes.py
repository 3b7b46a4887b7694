"""Which programmes the talks of a new pair count for. Later ones are joined and left on their own page."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import PairProgramme
from portal.programmes.models import Programme


def programmes_to_choose(network_id: int) -> list[tuple[int, str]]:
    """(id, name) of the programmes in use (one query)."""
    rows = db.session.execute(
        select(Programme.id, Programme.name)
        .where(Programme.network_id == network_id, Programme.retired_at.is_(None))
        .order_by(Programme.name, Programme.id)
    )
    return [(row.id, row.name) for row in rows]


def begin_in(pairing_id: int, network_id: int, wanted: Collection[int], since: date) -> None:
    """The pair's talks count for these from a day on; what is none of this network's is left out. Inside an operation."""
    known = [one for one, _name in programmes_to_choose(network_id)] if wanted else []
    for programme_id in sorted(set(wanted).intersection(known)):
        db.session.add(PairProgramme(pairing_id=pairing_id, programme_id=programme_id, since=since))
