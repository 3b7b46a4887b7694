"""What this room adds to a person's own export: what she was at, in words and minutes, not in ids."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from portal.events.queries import hours_of
from portal.people.exporting import declare_export
from portal.web import clock

EVER = timedelta(days=36500)


def attendance_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Each session she was at, newest first."""
    rows = hours_of(person_id, clock.now() - EVER, clock.now() + EVER)
    return [
        {
            "starts_at": row.starts_at,
            "what": row.title,
            "network": row.network,
            "as": row.capacity,
            "minutes": row.minutes,
        }
        for row in rows
    ]


declare_export("hours", attendance_of)
