"""Bulk rows into tables, and what every part of a nation knows while it is made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, islice
from random import Random
from typing import Any, cast

from sqlalchemy import Table, insert

from portal.db import Base, db, operation
from portal.demo.national_words import Words
from portal.history.models import HistoryLine

Row = dict[str, Any]
# Small enough that memory stays flat, large enough that a disk sync for each is nothing.
CHUNK = 5000
NETWORKS = 50


@dataclass
class Here:
    """A network while its rooms are filled: who may write in it, and where each of them works."""

    id: int
    weight: float
    coordinators: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    mentors: list[int] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)


@dataclass
class Nation:
    """One seed, one moment, and ids that are given here rather than asked back from the database."""

    random: Random
    now: datetime
    words: Words
    networks: list[Here] = field(default_factory=list)
    works_at: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ids: dict[str, Iterator[int]] = field(default_factory=lambda: defaultdict(lambda: count(1)))

    def next_id(self, table: str) -> int:
        return next(self.ids[table])

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def some_time_ago(self, most: float) -> datetime:
        """A moment within so many days, more often a recent one."""
        return self.ago(most * self.random.random() ** 1.6)

    def shares(self, total: int) -> list[tuple[Here, int]]:
        """So many things over the networks: the first is the largest, and the sum is exact."""
        weights = sum(network.weight for network in self.networks)
        parts = [(network, int(total * network.weight / weights)) for network in self.networks]
        missing = total - sum(part for _network, part in parts)
        return [(network, part + (place < missing)) for place, (network, part) in enumerate(parts)]

    def pour(self, model: type[Base], rows: Iterable[Row]) -> None:
        """All rows into a table, some thousands at a time, each chunk a transaction of its own."""
        table = cast("Table", model.__table__)
        waiting = iter(rows)
        while chunk := list(islice(waiting, CHUNK)):
            _pour(table, chunk)
            self.counted[table.name] += len(chunk)

    def pour_together(self, rows: Iterable[tuple[type[Base], Row]]) -> None:
        """Rows of several tables as they come, parents first in the order in which their tables first appear."""
        heaps: dict[type[Base], list[Row]] = {}
        held = 0
        for model, row in rows:
            heaps.setdefault(model, []).append(row)
            held += 1
            if held >= CHUNK * 4:
                self._empty(heaps)
                held = 0
        self._empty(heaps)

    def _empty(self, heaps: dict[type[Base], list[Row]]) -> None:
        for model, waiting in heaps.items():
            self.pour(model, waiting)
            waiting.clear()


@operation
def _pour(table: Table, chunk: list[Row]) -> None:
    db.session.execute(insert(table), chunk)


def line(network: Here, at: datetime, actor_id: int, action: str, subject: tuple[str, int], **details: Any) -> Row:
    """One line of history, as the room's own operation would have left it."""
    return {
        "at": at,
        "actor_id": actor_id,
        "action": action,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "network_id": network.id,
        "details": details,
    }


LINE = HistoryLine
