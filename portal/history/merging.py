"""Two records of one thing made one: a choice per field, every reference moved, undone within seven days.

The record of a merge stands in the table ``merge`` (declared with the people); here it is only a table.
"""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, UniqueConstraint, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from portal.db import Base, db
from portal.history.merging_rows import SIDE_BY_SIDE, Steps, move_references, packed, take_back
from portal.web import clock
from portal.web.errors import DomainError, NotHere

UNDONE_WITHIN = timedelta(days=7)


def merge_records(
    kind: str, kept: int, gone: int, chosen: dict[str, Any], by: int | None, leave: frozenset[str] = frozenset()
) -> int:
    """Make ``gone`` part of ``kept``, both rows of the table ``kind``; belongs into an operation. Returns the merge's id.

    ``chosen`` are the fields that ``kept`` takes over. ``leave`` names tables that stay as they are.
    Raises DomainError where the two stand side by side in one record (a pair), so that they can't be one.
    """
    table = Base.metadata.tables[kind]
    before, other = _row(table, kept), _row(table, gone)
    if kept == gone or before["merged_into"] is not None or other["merged_into"] is not None:
        raise DomainError(_("These two are one record already."))
    if kind == "person" and _stand_side_by_side(kept, gone):
        raise DomainError(_("These two are recorded side by side, so they can’t be one."))
    steps = Steps()
    try:
        move_references(table, kept, gone, steps, leave)
        _move_history(kind, kept, gone, steps)
        _write(table, gone, {name: None for name in _unique_fields(table) if other[name] is not None}, steps)
        _write(table, kept, chosen, steps)
        _write(table, gone, {"merged_into": kept}, steps)
        db.session.flush()
    except IntegrityError as error:
        raise DomainError(_("These two are recorded side by side, so they can’t be one.")) from error
    db.session.expire_all()
    return _remember(kind, kept, gone, by, steps)


def take_apart(merge_id: int) -> tuple[str, int, int]:
    """Undo a merge within seven days; belongs into an operation. Returns the kind and both ids.

    Raises NotHere for a merge that does not exist or is undone, DomainError after the seven days.
    """
    merges = Base.metadata.tables["merge"]
    row = db.session.execute(select(merges).where(merges.c.id == merge_id)).mappings().first()
    if row is None or row["undone_at"] is not None:
        raise NotHere
    if row["merged_at"] < clock.now() - UNDONE_WITHIN:
        raise DomainError(_("This was made one more than seven days ago and can’t be taken apart."))
    take_back(row["undo"]["steps"])
    db.session.execute(update(merges).where(merges.c.id == merge_id).values(undone_at=clock.now()))
    db.session.expire_all()
    return row["table"], row["kept_id"], row["gone_id"]


def merge_with(merge_id: int) -> dict[str, Any]:
    """The row of a merge, without its steps. Raises NotHere."""
    merges = Base.metadata.tables["merge"]
    columns = [column for column in merges.columns if column.name != "undo"]
    row = db.session.execute(select(*columns).where(merges.c.id == merge_id)).mappings().first()
    if row is None:
        raise NotHere
    return dict(row)


def merges_into(kind: str, kept: int) -> list[dict[str, Any]]:
    """The merges of a record that can still be undone, newest first."""
    merges = Base.metadata.tables["merge"]
    query = (
        select(merges.c.id, merges.c.gone_id, merges.c.merged_at)
        .where(
            merges.c.table == kind,
            merges.c.kept_id == kept,
            merges.c.undone_at.is_(None),
            merges.c.merged_at > clock.now() - UNDONE_WITHIN,
        )
        .order_by(merges.c.merged_at.desc())
    )
    return [dict(row) for row in db.session.execute(query).mappings()]


def _stand_side_by_side(one: int, other: int) -> bool:
    for name, (left, right) in SIDE_BY_SIDE.items():
        table = Base.metadata.tables[name]
        both = or_(
            and_(table.c[left] == one, table.c[right] == other), and_(table.c[left] == other, table.c[right] == one)
        )
        if db.session.execute(select(table.c.id).where(both).limit(1)).first():
            return True
    return False


def _row(table: Table, record_id: int) -> dict[str, Any]:
    row = db.session.execute(select(table).where(table.c.id == record_id)).mappings().first()
    if row is None:
        raise NotHere
    return dict(row)


def _unique_fields(table: Table) -> set[str]:
    """Fields of the record itself that no other may share (a school's code): the gone one lets go of them."""
    return {
        column.name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
        if column.nullable
    }


def _write(table: Table, record_id: int, values: dict[str, Any], steps: Steps) -> None:
    if not values:
        return
    before = _row(table, record_id)
    values = values | {"row_version": before["row_version"] + 1}
    db.session.execute(update(table).where(table.c.id == record_id).values(values))
    old = {name: before[name] for name in values if name != "row_version"}
    steps.note(what="changed", table=table.name, key=[record_id], before=packed(old))


def _move_history(kind: str, kept: int, gone: int, steps: Steps) -> None:
    """The lines that tell of the gone record are told of the kept one."""
    lines = Base.metadata.tables["history_line"]
    about = (lines.c.subject_kind == kind, lines.c.subject_id == gone)
    keys = [[one] for one in db.session.execute(select(lines.c.id).where(*about)).scalars()]
    if keys:
        db.session.execute(update(lines).where(*about).values(subject_id=kept))
        steps.note(what="moved", table="history_line", column="subject_id", keys=keys, back=gone)


def _remember(kind: str, kept: int, gone: int, by: int | None, steps: Steps) -> int:
    merges = Base.metadata.tables["merge"]
    values = {
        "table": kind,
        "kept_id": kept,
        "gone_id": gone,
        "merged_by": by,
        "merged_at": clock.now(),
        "undo": {"steps": steps.done},
    }
    made = db.session.execute(insert(merges).values(values).returning(merges.c.id))
    return int(made.scalar_one())
