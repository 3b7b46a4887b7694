"""All doors of the room, with its part of the export and of erasure."""

from flask import Flask

from portal.mentoring import exporting, routes_caseload, routes_contacts, routes_months, routes_pair, routes_programmes
from portal.mentoring.acts import declare_acts
from portal.mentoring.routes import mentoring

__all__ = [
    "exporting",
    "init_mentoring",
    "routes_caseload",
    "routes_contacts",
    "routes_months",
    "routes_pair",
    "routes_programmes",
]


def init_mentoring(app: Flask) -> None:
    declare_acts()
    app.register_blueprint(mentoring)
