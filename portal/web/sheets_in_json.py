"""JSON that is a table in other clothes: code → description, a list of records, or the features of a map."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from portal.web.sheets_in_sheet import Grid, SheetError

KEY = "code"
VALUE = "description"


def grid_from_json(data: bytes) -> Grid | None:
    """A grid, or None when these bytes are not JSON at all. Raises ``SheetError`` (``not-a-table``) for other JSON."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    records = _records_of(content)
    if not records:
        raise SheetError(_("This JSON file is not a list of codes or records that we can read."), "not-a-table")
    headings = list(dict.fromkeys(name for record in records for name in record))
    rows = [headings, *([_cell(record.get(name)) for name in headings] for record in records)]
    return Grid("json", lambda: iter(rows), encoding="utf-8")


def _records_of(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        return [_feature(feature) for feature in content.get("features") or [] if isinstance(feature, dict)]
    if isinstance(content, dict):
        return [{KEY: code, **_fields(value)} for code, value in content.items()]
    if isinstance(content, list) and all(isinstance(item, dict) for item in content):
        return [dict(item) for item in content]
    return []


def _fields(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {VALUE: value}


def _feature(feature: dict[str, Any]) -> dict[str, Any]:
    place = (feature.get("geometry") or {}).get("coordinates")
    point = {"longitude": place[0], "latitude": place[1]} if isinstance(place, list) and len(place) > 1 else {}
    return {**(feature.get("properties") or {}), **point}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable) and not isinstance(value, dict):
        return "; ".join(_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False)
