"""All doors of the room, with its part of the export, of erasure and of merging, and its commands."""

from flask import Flask

from portal.mentoring import (
    beside_keeping,
    beside_pair,
    exporting,
    merging,
    routes_caseload,
    routes_contacts,
    routes_drafts,
    routes_keeping,
    routes_months,
    routes_notes,
    routes_pair,
    routes_programmes,
    routes_talks,
)
from portal.mentoring.acts import declare_acts
from portal.mentoring.acts_keeping import declare_keeping_acts
from portal.mentoring.commands import mentoring_commands
from portal.mentoring.routes import mentoring

__all__ = [
    "beside_keeping",
    "beside_pair",
    "exporting",
    "init_mentoring",
    "merging",
    "routes_caseload",
    "routes_contacts",
    "routes_drafts",
    "routes_keeping",
    "routes_months",
    "routes_notes",
    "routes_pair",
    "routes_programmes",
    "routes_talks",
]


def init_mentoring(app: Flask) -> None:
    declare_acts()
    declare_keeping_acts()
    app.register_blueprint(mentoring)
    app.cli.add_command(mentoring_commands)
