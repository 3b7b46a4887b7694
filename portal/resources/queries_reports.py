"""What was said to be wrong with packs: of one pack, and of a whole network."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.people.models import Person
from portal.resources.models import Pack, PackItem, PackReport

MOST = 50
_settler = aliased(Person)


def open_reports(pack_id: int) -> list[Any]:
    """What was reported and is not settled, oldest first, with who said it where she was signed in."""
    wanted = _reports().where(PackReport.pack_id == pack_id, PackReport.settled_at.is_(None))
    return list(db.session.execute(wanted.order_by(PackReport.reported_at).limit(MOST)))


def report_of(pack_id: int, report_id: int) -> Any | None:
    """One of them, settled or not."""
    return db.session.execute(_reports().where(PackReport.pack_id == pack_id, PackReport.id == report_id)).first()


def reports_open_in(network_id: int) -> Rows:
    """The open ones of all packs of a network, with the title of each: (since, report, title, text, pack)."""
    return (
        select(PackReport.reported_at, PackReport.id, Pack.title, PackReport.text, Pack.id.label("pack_id"))
        .join(Pack, Pack.id == PackReport.pack_id)
        .where(PackReport.settled_at.is_(None), Pack.network_id == network_id, Pack.deleted_at.is_(None))
        .order_by(PackReport.reported_at)
    )


def told_by(person_id: int, pack_id: int) -> Any | None:
    """The last thing that somebody said is wrong with a pack, for the page of her link."""
    hers = (PackReport.pack_id == pack_id, PackReport.reported_by == person_id)
    return db.session.execute(_reports().where(*hers).order_by(PackReport.id.desc()).limit(1)).first()


def _reports() -> Rows:
    return (
        select(
            PackReport.id,
            PackReport.text,
            PackReport.reported_at,
            PackReport.settled_at,
            PackReport.answer,
            Person.name.label("by_name"),
            PackItem.title.label("item_title"),
            _settler.name.label("settled_by_name"),
        )
        .outerjoin(Person, Person.id == PackReport.reported_by)
        .outerjoin(PackItem, PackItem.id == PackReport.item_id)
        .outerjoin(_settler, _settler.id == PackReport.settled_by)
    )
