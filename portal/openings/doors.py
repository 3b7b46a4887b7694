"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.openings import exporting, routes, routes_interest
from portal.openings.blueprints import openings

__all__ = ["exporting", "init_openings", "routes", "routes_interest"]


def init_openings(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(openings)
