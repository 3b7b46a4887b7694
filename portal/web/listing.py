"""Any list: a page of it, its order, and the whole of it as a spreadsheet.

A query gives a ``Select`` of rows; the listing adds order and limits and knows the addresses of its other pages.
All of its state lives in the address (``page``, ``sort``, ``format``), so it works without a script and can be sent on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from sqlalchemy import func, select

from portal.db import Rows, db
from portal.web.tables import Column, as_download

PAGE_SIZE = 25
EXPORTS = ("csv", "xlsx")


@dataclass(frozen=True)
class Sort:
    """One order that a list can have: its key in the address, its name, and the columns."""

    key: str
    label: object
    by: tuple[Any, ...]


class Listing:
    """One page of a list.

    ``rows`` is a Select without order; ``sorts`` the orders offered, the first being the usual one; ``total`` may be
    given where it is already known (a stored counter), else it is counted in one query.
    """

    def __init__(
        self,
        rows: Rows,
        sorts: Sequence[Sort],
        size: int = PAGE_SIZE,
        total: int | None = None,
        scalars: bool = False,
    ) -> None:
        self.size = size
        self.offered = list(sorts)
        self.sort = self._chosen_sort()
        self.page = max(1, min(request.args.get("page", 1, type=int), 100_000))
        ordered = rows.order_by(*self.sort.by)
        self._ordered = ordered
        self._scalars = scalars
        self.total = _count(rows) if total is None else total
        self.items = self._fetch(ordered.limit(size).offset((self.page - 1) * size))

    def _chosen_sort(self) -> Sort:
        wanted = request.args.get("sort", "")
        return next((sort for sort in self.offered if sort.key == wanted), self.offered[0])

    def _fetch(self, query: Rows) -> list[Any]:
        result = db.session.execute(query)
        return list(result.scalars().unique()) if self._scalars else list(result)

    def everything(self, limit: int = 200_000) -> list[Any]:
        """All rows in the chosen order, for an export."""
        return self._fetch(self._ordered.limit(limit))

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def sorts(self) -> list[tuple[str, object, str, bool]]:
        return [(s.key, s.label, self._address(sort=s.key, page=None), s is self.sort) for s in self.offered]

    @property
    def export_urls(self) -> dict[str, str]:
        return {kind: self._address(format=kind, page=None) for kind in EXPORTS}

    def url_for_page(self, number: int) -> str:
        return self._address(page=number if number > 1 else None)

    def _address(self, **changes: Any) -> str:
        kept = {key: values for key, values in request.args.lists() if key not in changes and key != "format"}
        wanted = {key: value for key, value in changes.items() if value is not None}
        return address_here(kept | wanted)


def address_here(questions: Mapping[str, Any]) -> str:
    """The address of this page with other questions behind it. None of them can stand in for a part of the path."""
    parts = request.view_args or {}
    kept = {key: value for key, value in questions.items() if key not in parts and key != "network" and key[:1] != "_"}
    return url_for(request.endpoint or "", **parts, **kept)


class ListingHere(Listing):
    """The same for rows that are in memory already: what was worked out from several tables, a few hundred at most.

    The columns of its ``sorts`` are functions of a row, the first the weightiest.
    """

    def __init__(self, rows: Sequence[Any], sorts: Sequence[Sort], size: int = PAGE_SIZE) -> None:
        self.size, self.offered = size, list(sorts)
        self.sort = self._chosen_sort()
        self.page = max(1, min(request.args.get("page", 1, type=int), 100_000))
        self.total = len(rows)
        self._sorted = list(rows)
        for key in reversed(self.sort.by):
            self._sorted.sort(key=key)
        self.items = self._sorted[(self.page - 1) * size : self.page * size]

    def everything(self, limit: int = 200_000) -> list[Any]:
        return self._sorted[:limit]


def wanted_export() -> str | None:
    """``csv`` or ``xlsx`` when the address asks for the list as a spreadsheet."""
    kind = request.args.get("format", "")
    return kind if kind in EXPORTS else None


def export(
    name: str, columns: Sequence[Column], rows: Iterable[Any], kind: str, cells: Callable[[Any], Sequence[Any]]
) -> Response:
    """The list as a spreadsheet: ``cells`` makes one row of values from one item."""
    return as_download(name, columns, (cells(row) for row in rows), kind)


def _count(rows: Rows) -> int:
    return db.session.execute(select(func.count()).select_from(rows.order_by(None).subquery())).scalar_one()
