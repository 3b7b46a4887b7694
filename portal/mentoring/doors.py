"""All doors of the room, with its part of the export, of erasure and of merging."""

from flask import Flask

from portal.mentoring import (
    beside_pair,
    exporting,
    merging,
    routes_contacts,
    routes_drafts,
    routes_drafts_beside,
    routes_notes,
    routes_pair,
    routes_pairing,
    routes_talks,
)
from portal.mentoring.routes import mentoring

__all__ = [
    "beside_pair",
    "exporting",
    "init_mentoring",
    "merging",
    "routes_contacts",
    "routes_drafts",
    "routes_drafts_beside",
    "routes_notes",
    "routes_pair",
    "routes_pairing",
    "routes_talks",
]


def init_mentoring(app: Flask) -> None:
    app.register_blueprint(mentoring)
