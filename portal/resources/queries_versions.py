"""Earlier versions: which there are, and each as texts for its page."""

from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.people.models import Person
from portal.resources.fields import PackFields
from portal.resources.models import PackVersion
from portal.resources.queries_fields import texts_of


def versions_of(pack_id: int) -> list[Any]:
    """Earlier versions, newest first, with the name of who closed each."""
    columns = (PackVersion.number, PackVersion.note, PackVersion.made_at, Person.name.label("made_by_name"))
    query = select(*columns).outerjoin(Person, Person.id == PackVersion.made_by).where(PackVersion.pack_id == pack_id)
    return list(db.session.execute(query.order_by(PackVersion.number.desc())))


def version_of(pack_id: int, number: int) -> PackVersion | None:
    wanted = (PackVersion.pack_id == pack_id, PackVersion.number == number)
    return db.session.execute(select(PackVersion).where(*wanted)).scalar_one_or_none()


def told_version(old: PackVersion) -> dict[str, str]:
    """Its fields as a person reads them (one query). Fields that did not exist then are empty."""
    names = PackFields.__dataclass_fields__
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in old.fields.items() if name in names
    }
    return texts_of(PackFields(**known))
