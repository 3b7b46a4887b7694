"""How often a thing was taken along: exact, however often a browser asks.

One person and one thing count once a minute, so a double click is one. Asking without taking (HEAD, a browser that
fetches ahead) and going on with a download that broke off are none. The counts are gathered like those of every page
view; what counted lately stands hashed among the tries, so that two workers count one double click once.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any, cast

from flask import request
from sqlalchemy import select

from portal.db import db
from portal.web import clock
from portal.web.access import visitor
from portal.web.gathered import basket
from portal.web.limits import Tries, client

ONCE_IN = timedelta(minutes=1)
BUCKET = "taken"


def is_taking() -> bool:
    """Whether this request takes something along: not a look at its headers, not the rest of a download, not a guess."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    wanted = request.headers.get("Range", "")
    return not wanted or wanted.replace(" ", "").startswith("bytes=0-")


class Takings:
    """Counts of one kind of thing. ``write`` gets how often each was taken, in a transaction that it must not commit."""

    def __init__(self, kind: str, write: Callable[[Counter[int]], None]) -> None:
        self.kind, self.write = kind, write
        self._basket = basket(self._count, merge=lambda one, other: one + other)  # type: ignore[operator]

    def note(self, thing_id: int, what: str = "") -> bool:
        """Remember that this request takes a thing, or the part of it that ``what`` names; False where it takes none."""
        if not is_taking():
            return False
        who = visitor()
        taker = f"person {who.person_id}" if who else f"client {client()}"
        self._basket.put((thing_id, _mark(f"{self.kind} {thing_id} {what} {taker}")), (clock.now(),))
        return True

    def _count(self, facts: dict[Hashable, Any]) -> None:
        taken: Counter[int] = Counter()
        for key, moments in facts.items():
            thing_id, mark = cast("tuple[int, str]", key)
            taken[thing_id] += sum(_counts(mark, moment) for moment in sorted(moments))
        self.write(+taken)


def _counts(mark: str, moment: datetime) -> bool:
    """Whether this is the first in its minute; if so, that is noted."""
    near = Tries.window.between(moment - ONCE_IN, moment + ONCE_IN)
    same = select(Tries.window).where(Tries.bucket == BUCKET, Tries.key == mark, near).limit(1)
    if db.session.execute(same).first() is not None:
        return False
    db.session.add(Tries(bucket=BUCKET, key=mark, window=moment, count=1))
    db.session.flush()
    return True


def _mark(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
