"""All doors of the room, with its part of the export and of erasure."""

from flask import Flask

from portal.mentoring import (
    beside_pair,
    exporting,
    routes_caseload,
    routes_contacts,
    routes_drafts,
    routes_months,
    routes_notes,
    routes_pair,
    routes_programmes,
    routes_talks,
)
from portal.mentoring.acts import declare_acts
from portal.mentoring.routes import mentoring

__all__ = [
    "beside_pair",
    "exporting",
    "init_mentoring",
    "routes_caseload",
    "routes_contacts",
    "routes_drafts",
    "routes_months",
    "routes_notes",
    "routes_pair",
    "routes_programmes",
    "routes_talks",
]


def init_mentoring(app: Flask) -> None:
    declare_acts()
    app.register_blueprint(mentoring)
