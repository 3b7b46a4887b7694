"""Everything that is kept about one person, for herself: her record, and the rows of every room that are hers.

A room whose rows need more than a glance (what is sealed, what holds other people's words) declares its own export;
its tables are then left to it.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Table, select

from portal.db import Base, Rows, db
from portal.web.tables import Column, csv_bytes

Part = Iterable[Mapping[str, Any]]
# Columns by which a row is hers. What she merely recorded, decided or sent about others is theirs.
OWN = ("person_id", "author_id", "owner_id", "mentor_id", "mentee_id", "actor_id", "uploaded_by")
SECRET = ("hash", "token", "sealed", "key_id", "undo", "headers", "html", "details")
LEFT_OUT = {"sealed_text", "merge", "sign_in_code", "tries", "handled_form"}
_declared: dict[str, tuple[Callable[[int], Part], frozenset[str]]] = {}


def declare_export(name: str, rows: Callable[[int], Part], tables: Iterable[str] = ()) -> None:
    """Add a part to everybody's export: ``rows(person_id)`` gives mappings; ``tables`` are then not read in the general way.

    Days and moments are handed over as they are and written out here.
    """
    _declared[name] = (rows, frozenset(tables))


def rows_of(query: Rows) -> list[dict[str, Any]]:
    """What a room's query finds, each column under its name."""
    return [dict(row._mapping) for row in db.session.execute(query)]


def everything_about(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Part → rows; only her own, never a hash, a key or another person's sealed note."""
    left = LEFT_OUT.union(*(tables for _rows, tables in _declared.values()))
    found = {"person": _rows_of(Base.metadata.tables["person"], "id", person_id)}
    for table in Base.metadata.sorted_tables:
        for column in OWN:
            if table.name not in left and _is_hers(table, column):
                rows = _rows_of(table, column, person_id)
                if rows:
                    found.setdefault(table.name, []).extend(row for row in rows if row not in found.get(table.name, []))
    for name, (part_of, _tables) in _declared.items():
        found[name] = [_written_out(row) for row in part_of(person_id)]
    return found


def _is_hers(table: Table, column: str) -> bool:
    return column in table.columns and any(
        key.column.table.name == "person" for key in table.columns[column].foreign_keys
    )


def _rows_of(table: Table, column: str, person_id: int) -> list[dict[str, Any]]:
    shown = [one for one in table.columns if not any(word in one.name for word in SECRET)]
    return [_written_out(row) for row in rows_of(select(*shown).where(table.columns[column] == person_id))]


def _written_out(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def as_json(person_id: int) -> bytes:
    """The export as one JSON file."""
    return json.dumps(everything_about(person_id), ensure_ascii=False, indent=2, default=str).encode()


def as_csv_zip(person_id: int) -> bytes:
    """The export as a zip with one CSV file for each part."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in everything_about(person_id).items():
            headings = list(dict.fromkeys(key for row in rows for key in row))
            cells = ([_cell(row.get(key)) for key in headings] for row in rows)
            archive.writestr(f"{name}.csv", csv_bytes([Column(heading) for heading in headings], cells))
    return packed.getvalue()


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
