"""Lists of this room as spreadsheets, in the hands of coordinators."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from portal.letters.queries_audience import in_words, reasons_of
from portal.letters.question import Reading
from portal.web.listing import Listing, export
from portal.web.tables import Column

CHUNK = 500


def people_sheet(slug: str, reading: Reading, listing: Listing, kind: str) -> Response:
    """Everybody in a segment with the reasons: what a coordinator may see of her members, and no more."""
    rows = listing.everything()
    why: dict[int, list[str]] = {}
    for start in range(0, len(rows), CHUNK):
        why |= reasons_of(reading, [one.id for one in rows[start : start + CHUNK]])
    columns = [Column(name) for name in (_("Name"), _("Place of work"), _("Email"), _("Why"), _("Left out because"))]

    def cells(row: Any) -> list[object]:
        return [row.name, row.school, row.address, "; ".join(why.get(row.id, [])), in_words(row.left_out)]

    return export(f"{slug}-segment", columns, rows, kind, cells)


def letters_sheet(slug: str, listing: Listing, kind: str) -> Response:
    """The letters of a network, without their texts."""
    columns = [Column(name) for name in (_("Subject"), _("From"), _("State"), _("Goes or went"), _("Written to"))]
    return export(f"{slug}-letters", columns, listing.everything(), kind, _letter_cells)


def _letter_cells(row: Any) -> list[object]:
    return [row.subject, row.writer, state_of(row), row.finished_at or row.send_at, row.written]


def state_of(row: Any) -> str:
    """The state of a listed letter."""
    if row.finished_at:
        return "sent"
    if row.begun_at:
        return "going"
    if row.given_back:
        return "back"
    return "waits" if row.send_at else "draft"
