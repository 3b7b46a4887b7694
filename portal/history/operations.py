"""Writing a line. Not an operation of its own: it belongs into the transaction of the act that it tells of."""

from typing import Any

from portal.db import db
from portal.history.models import HistoryLine
from portal.history.phrases import is_declared
from portal.web import clock


def record(
    actor_id: int | None, action: str, subject_kind: str, subject_id: int, network_id: int | None = None, **details: Any
) -> None:
    """Note that ``actor_id`` (None: nobody signed in, or the portal itself) did ``action`` to a thing.

    ``details`` fill the action's phrase and say what changed: titles, counts, field names. Never private text, never
    an address: names of people are looked up by id when the line is read, so that an erased name is gone here too.
    """
    if not is_declared(action):
        raise LookupError(f"no phrase is declared for the action {action!r}")
    line = HistoryLine(
        at=clock.now(),
        actor_id=actor_id,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        network_id=network_id,
        details=details,
    )
    db.session.add(line)
