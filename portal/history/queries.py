"""The lines of one thing or of a whole network, newest first, as sentences."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Integer, Row, String, select
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, db
from portal.history.models import HistoryLine
from portal.history.phrases import sentence

# The people stand a storey above: here they are only a name behind an id.
_person = table("person", column("id", Integer), column("name", String))


@dataclass(frozen=True)
class Line:
    at: datetime
    sentence: str
    action: str
    subject_kind: str
    subject_id: int


def lines_about(
    subject_kind: str,
    subject_id: int,
    limit: int = 5,
    by: Collection[int] = (),
    known: Mapping[int, str] | None = None,
) -> list[Line]:
    """The newest lines of one thing (one query, and a second where a line names somebody besides who acted).

    ``by``: only what these people did, where a thing has more people than its reader may know of. ``known`` are names by
    id that the page has already.
    """
    query = select(*_columns(), _person.c.name.label("actor")).outerjoin(_person, _person.c.id == HistoryLine.actor_id)
    newest = query.where(*_about(subject_kind, subject_id)).order_by(*_newest()).limit(limit)
    if by:
        newest = newest.where(HistoryLine.actor_id.in_(by))
    rows = db.session.execute(newest).all()
    actors = {row.actor_id: row.actor for row in rows if row.actor} | dict(known or {})
    people = actors | _names(rows, actors)
    return [_line(row, people) for row in rows]


def last_action(actions: Sequence[str], subject_kind: str, subject_id: int, person_id: int) -> str | None:
    """Which of these was done last to somebody in that thing, or None."""
    about = (HistoryLine.action.in_(actions), HistoryLine.details["person_id"].as_integer() == person_id)
    lines = select(HistoryLine.action).where(*_about(subject_kind, subject_id), *about).order_by(*_newest())
    return db.session.execute(lines.limit(1)).scalar()


def number_in(action: str, subject_kind: str, subject_id: int, name: str) -> int | None:
    """A number that the newest such line of a thing keeps under a name, or None (one query)."""
    lines = select(HistoryLine.details[name].as_integer()).where(
        *_about(subject_kind, subject_id), HistoryLine.action == action
    )
    return db.session.execute(lines.order_by(*_newest()).limit(1)).scalar()


def last_actor(action: str, subject_kind: str, subject_id: int) -> int | None:
    """Who did this to that thing last (one query)."""
    lines = select(HistoryLine.actor_id).where(*_about(subject_kind, subject_id), HistoryLine.action == action)
    return db.session.execute(lines.order_by(*_newest()).limit(1)).scalar()


def lines_of_network(network_id: int) -> Rows:
    """All lines of a network, for a listing; pass its rows to ``told``."""
    return select(*_columns()).where(HistoryLine.network_id == network_id)


def lines_by(actor_id: int) -> Rows:
    """What one person did, for her own page and export."""
    return select(*_columns()).where(HistoryLine.actor_id == actor_id)


def told(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Line]:
    """Rows of a history select as sentences (one query for the names)."""
    people = _names(rows)
    return [_line(row, people) for row in rows]


def _columns() -> tuple[ColumnElement[Any], ...]:
    return tuple(HistoryLine.__table__.columns.values())


def _about(kind: str, subject_id: int) -> tuple[ColumnElement[bool], ...]:
    return (HistoryLine.subject_kind == kind, HistoryLine.subject_id == subject_id)


def _newest() -> tuple[ColumnElement[Any], ...]:
    return (HistoryLine.at.desc(), HistoryLine.id.desc())


def _names(rows: Sequence[Row[*tuple[Any, ...]]], known: Collection[int] = ()) -> dict[int, str]:
    wanted = {row.actor_id for row in rows} | {row.details.get("person_id") for row in rows}
    wanted -= {None, *known}
    if not wanted:
        return {}
    found = db.session.execute(select(_person.c.id, _person.c.name).where(_person.c.id.in_(wanted)))
    return {row.id: row.name for row in found}


def _line(row: Row[*tuple[Any, ...]], people: dict[int, str]) -> Line:
    actor = people.get(row.actor_id) or (_("The portal") if row.actor_id is None else _("A former member"))
    person = people.get(row.details.get("person_id"))
    return Line(
        at=row.at,
        sentence=sentence(row.action, actor, person, row.details),
        action=row.action,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
    )


def last_details(action: str, subject_kind: str, subject_id: int) -> dict[str, Any] | None:
    """What the newest line of this action says of a thing, or None: an act that can be taken back finds here what it was."""
    lines = select(HistoryLine.details).where(*_about(subject_kind, subject_id), HistoryLine.action == action)
    return db.session.execute(lines.order_by(*_newest()).limit(1)).scalar()


def was_any(subject_kind: str) -> bool:
    """Whether anybody ever did anything with things of this kind."""
    return (
        db.session.execute(select(HistoryLine.id).where(HistoryLine.subject_kind == subject_kind).limit(1)).first()
        is not None
    )


def was_said_lately(action: str, subject_kind: str, subject_id: int, since: datetime) -> bool:
    """Whether this was done to a thing since then."""
    lines = select(HistoryLine.id).where(*_about(subject_kind, subject_id), HistoryLine.action == action)
    return db.session.execute(lines.where(HistoryLine.at >= since).limit(1)).first() is not None
