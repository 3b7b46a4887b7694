"""The names of some people, for rooms that keep their ids alone."""

from collections.abc import Iterable

from sqlalchemy import select

from portal.db import db
from portal.people.models import Person


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Name by id (one query, none where nobody is meant)."""
    wanted = {one for one in person_ids if one}
    if not wanted:
        return {}
    return {row.id: row.name for row in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))}
