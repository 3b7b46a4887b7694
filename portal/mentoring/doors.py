"""All doors of the room, with its part of the export and of erasure."""

from flask import Flask

from portal.mentoring import exporting, routes_contacts
from portal.mentoring.acts import declare_acts
from portal.mentoring.routes import mentoring

__all__ = ["exporting", "init_mentoring", "routes_contacts"]


def init_mentoring(app: Flask) -> None:
    declare_acts()
    app.register_blueprint(mentoring)
