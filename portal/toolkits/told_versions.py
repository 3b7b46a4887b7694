"""The versions of a toolkit, each with what it changed from the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.toolkits.changes import changes


@dataclass(frozen=True)
class ToldVersions:
    """``now`` is what the version in use changed so far; ``earlier`` are (row, sentences), newest first."""

    now: list[str]
    earlier: list[tuple[Any, list[str]]]


def told_versions(rows: Sequence[Any], now: Mapping[str, Any]) -> ToldVersions:
    """``rows`` are newest first, each with the ``fields`` that it kept; ``now`` are those of today."""
    kept = [row.fields for row in rows]
    return ToldVersions(
        now=changes(kept[0], now) if kept else [],
        earlier=[(row, changes(before, row.fields) if before else []) for row, before in _with_before(rows, kept)],
    )


def _with_before(rows: Sequence[Any], kept: Sequence[Mapping[str, Any]]) -> list[tuple[Any, Mapping[str, Any] | None]]:
    return [(row, kept[place + 1] if place + 1 < len(kept) else None) for place, row in enumerate(rows)]
