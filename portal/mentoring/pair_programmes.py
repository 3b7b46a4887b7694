"""Which programmes the talks of a pair count for, from which day to which."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete, or_, select

from portal.db import db
from portal.mentoring.models import PairProgramme
from portal.programmes.models import Programme


def programmes_to_choose(network_id: int, pairing_id: int = 0) -> list[tuple[int, str]]:
    """(id, name) of the programmes in use, and of those that this pair is in (one query)."""
    held = select(PairProgramme.programme_id).where(PairProgramme.pairing_id == pairing_id, _is_open())
    rows = db.session.execute(
        select(Programme.id, Programme.name)
        .where(Programme.network_id == network_id, or_(Programme.retired_at.is_(None), Programme.id.in_(held)))
        .order_by(Programme.name, Programme.id)
    )
    return [(row.id, row.name) for row in rows]


def open_programmes(pairing_id: int) -> dict[int, date]:
    """The programmes that a pair is in, with the day since when."""
    rows = db.session.execute(
        select(PairProgramme.programme_id, PairProgramme.since).where(
            PairProgramme.pairing_id == pairing_id, _is_open()
        )
    )
    return {row.programme_id: row.since for row in rows}


def be_in_programmes(pairing_id: int, network_id: int, wanted: Collection[int], day: date) -> None:
    """From ``day`` on the pair is in these and in no others. What counted before still does. Inside an operation."""
    known = {one for one, _name in programmes_to_choose(network_id, pairing_id)}
    now = open_programmes(pairing_id)
    for programme_id in set(now) - set(wanted):
        _leave(pairing_id, programme_id, now[programme_id], day)
    for programme_id in (set(wanted) & known) - set(now):
        before = db.session.get(PairProgramme, (pairing_id, programme_id))
        if before:
            # Back in a programme that it was in: one stay, so that no talk of the time between is lost or counted twice.
            before.until = None
        else:
            db.session.add(PairProgramme(pairing_id=pairing_id, programme_id=programme_id, since=day))


def _leave(pairing_id: int, programme_id: int, since: date, day: date) -> None:
    """The day before is its last; a stay that never began is none."""
    if since >= day:
        db.session.execute(
            delete(PairProgramme).where(
                PairProgramme.pairing_id == pairing_id, PairProgramme.programme_id == programme_id
            )
        )
    else:
        db.session.get_one(PairProgramme, (pairing_id, programme_id)).until = day - timedelta(days=1)


def _is_open() -> ColumnElement[bool]:
    return PairProgramme.until.is_(None)
