"""Moving everything that points at one row over to another, remembering each step so that it can be taken back.

Works on the tables as they are declared, so a room that adds a foreign key is served without a line here.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index, Table, UniqueConstraint, and_, delete, insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError

from portal.db import Base, db
from portal.web import clock

Keys = list[list[Any]]
# Which of two rows stays where both records have one: the larger. Everywhere else the kept record's own row stays.
RANKS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "participation": lambda row: -1 if row["minutes"] is None else row["minutes"],
    "survey_invitation": lambda row: row["answered_on"] is not None,
    # What she still asks for stays before what she withdrew, and an answer before none.
    "opening_interest": lambda row: (row["withdrawn_at"] is None, row["answer"] != ""),
    "follow_up": lambda row: row["answer"] in ("yes", "no"),
    # The addresses of a calendar that were ended stay ended, whichever record they were of.
    "calendar_feed": lambda row: row["version"],
    # Of two offers to mentor the one that stands; of two ends of a pair the one that was answered.
    "mentor_offer": lambda row: row["ended_at"] is None,
    "pair_ending": lambda row: row["answered_at"] is not None,
    "membership": lambda row: ("observer", "member", "mentor", "coordinator").index(row["role"]),
}
# Rows that leave a partial index instead of being removed: column → what it becomes.
YIELDS: dict[str, tuple[str, Any]] = {
    "email_address": ("is_primary", lambda: False),
    "membership": ("ended_at", clock.now),
    "booking": ("cancelled_at", clock.now),
}
# Rows that are never laid together: what they hold can't be read here, so a merge that would drop one is refused.
NEVER_JOINED = {"sealed_text"}
# Two people who stand side by side in one row of these are two.
SIDE_BY_SIDE = {"pairing": ("mentor_id", "mentee_id"), "match_proposal": ("mentor_id", "mentee_id")}


@dataclass
class Steps:
    """What was done, in order, in a shape that JSON can keep."""

    done: list[dict[str, Any]] = field(default_factory=list)

    def note(self, **step: Any) -> None:
        self.done.append(step)


def move_references(table: Table, kept: int, gone: int, steps: Steps, leave: frozenset[str] = frozenset()) -> None:
    """Point every foreign key at ``gone`` to ``kept``.

    Rows that would then stand twice are joined; ``leave`` names tables left alone.
    """
    for other in Base.metadata.sorted_tables:
        if other.name not in leave:
            for column in _pointing(other, table):
                _join_twins(other, column, kept, gone, steps)
                _move(other, column, kept, gone, steps)


def _pointing(other: Table, table: Table) -> Iterator[Column[Any]]:
    for column in other.columns:
        if any(key.column.table is table for key in column.foreign_keys):
            yield column


def _move(table: Table, column: Column[Any], kept: int, gone: int, steps: Steps) -> None:
    rows = db.session.execute(select(*table.primary_key.columns).where(column == gone)).all()
    if not rows:
        return
    keys = [
        [kept if key is column else value for key, value in zip(table.primary_key.columns, row, strict=True)]
        for row in rows
    ]
    db.session.execute(update(table).where(column == gone).values({column: kept}))
    steps.note(what="moved", table=table.name, column=column.name, keys=packed(keys), back=gone)


def _join_twins(table: Table, column: Column[Any], kept: int, gone: int, steps: Steps) -> None:
    for unique, where in _uniques(table) if table.name not in NEVER_JOINED else ():
        if column not in unique:
            continue
        for mine, twin in _twins(table, column, unique, where, kept, gone):
            rank = RANKS.get(table.name)
            loser = mine if rank and rank(twin) > rank(mine) else twin
            winner = twin if loser is mine else mine
            if where is not None and table.name in YIELDS:
                name, value = YIELDS[table.name]
                _change(table, loser, {name: value()}, steps)
            else:
                _remove(table, loser, winner, steps)


def _uniques(table: Table) -> Iterator[tuple[list[Column[Any]], Any]]:
    """The sets of columns that no two rows may share, with the condition of a partial index."""
    yield list(table.primary_key.columns), None
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield list(constraint.columns), None
    for index in table.indexes:
        if index.unique:
            yield list(index.columns), _condition(index)


def _condition(index: Index) -> Any:
    return index.dialect_options["sqlite"].get("where")


def _twins(
    table: Table, column: Column[Any], unique: list[Column[Any]], where: Any, kept: int, gone: int
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Pairs of rows (the kept record's, the other's) that would stand twice."""
    condition = literal_column("1") if where is None else where
    mine = {_rest(row, unique, column): row for row in _rows(table, and_(column == kept, condition))}
    theirs = _rows(table, and_(column == gone, condition))
    return [(mine[rest], row) for row in theirs if (rest := _rest(row, unique, column)) in mine and None not in rest]


def _rest(row: Mapping[str, Any], unique: list[Column[Any]], column: Column[Any]) -> tuple[Any, ...]:
    return tuple(row[one.name] for one in unique if one is not column)


def _rows(table: Table, condition: Any) -> list[Mapping[str, Any]]:
    return [dict(row) for row in db.session.execute(select(table).where(condition)).mappings()]


def _remove(table: Table, row: Mapping[str, Any], survivor: Mapping[str, Any], steps: Steps) -> None:
    """Take a twin away; whatever points at it points at the survivor."""
    keys = list(table.primary_key.columns)
    if len(keys) == 1:
        move_references(table, survivor[keys[0].name], row[keys[0].name], steps)
    db.session.execute(delete(table).where(_is(table, row)))
    steps.note(what="removed", table=table.name, row=packed(dict(row)))


def _change(table: Table, row: Mapping[str, Any], values: dict[str, Any], steps: Steps) -> None:
    db.session.execute(update(table).where(_is(table, row)).values(values))
    before = {name: row[name] for name in values}
    keys = [row[key.name] for key in table.primary_key.columns]
    steps.note(what="changed", table=table.name, key=packed(keys), before=packed(before))


def _is(table: Table, row: Mapping[str, Any]) -> Any:
    return and_(*(key == row[key.name] for key in table.primary_key.columns))


def take_back(steps: list[dict[str, Any]]) -> None:
    """Do the steps backwards. What was deleted meanwhile stays deleted."""
    for step in reversed(steps):
        table = Base.metadata.tables[step["table"]]
        if step["what"] == "moved":
            column = table.columns[step["column"]]
            for key in unpacked(step["keys"]):
                db.session.execute(update(table).where(_has_key(table, key)).values({column: step["back"]}))
        elif step["what"] == "removed":
            _put_back(table, unpacked(step["row"]))
        else:
            db.session.execute(
                update(table).where(_has_key(table, unpacked(step["key"]))).values(unpacked(step["before"]))
            )


def _put_back(table: Table, row: dict[str, Any]) -> None:
    """A number that was given to another row since is replaced by a new one."""
    try:
        with db.session.begin_nested():
            db.session.execute(insert(table).values(row))
    except IntegrityError:
        keys = {key.name for key in table.primary_key.columns}
        if len(keys) == 1:
            db.session.execute(insert(table).values({name: value for name, value in row.items() if name not in keys}))


def _has_key(table: Table, key: list[Any]) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key.columns, key, strict=True)))


def packed(value: Any) -> Any:
    """A value as JSON can keep it."""
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: packed(one) for key, one in value.items()}
    return [packed(one) for one in value] if isinstance(value, (list, tuple)) else value


def unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        if "$moment" in value:
            return datetime.fromisoformat(value["$moment"])
        if "$day" in value:
            return date.fromisoformat(value["$day"])
        return (
            base64.b64decode(value["$bytes"])
            if "$bytes" in value
            else {key: unpacked(one) for key, one in value.items()}
        )
    return [unpacked(one) for one in value] if isinstance(value, list) else value
