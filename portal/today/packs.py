"""Packs that wait for a coordinator: those to look at, as one line, and each report that something is wrong."""

from sqlalchemy import literal, select

from portal.db import Rows
from portal.resources.queries_reports import reports_open_in
from portal.reviewing.queries import waiting_in


def looks_waiting(network_id: int) -> Rows:
    """One row, or none: since when the longest waits, which it is, and how many there are."""
    looks = waiting_in(network_id).subquery()
    return select(literal("look"), looks.c.since, looks.c.id, looks.c.title, literal(""), looks.c.number, looks.c.id)


def reports_waiting(network_id: int, limit: int) -> Rows:
    """One row for each open report, with the pack that it is about."""
    open_ones = reports_open_in(network_id).limit(limit).subquery()
    said = (open_ones.c.reported_at, open_ones.c.id, open_ones.c.title, open_ones.c.text)
    return select(literal("report"), *said, literal(0), open_ones.c.pack_id)
