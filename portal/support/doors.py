"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.support import beside, exporting, routes, routes_visit
from portal.support.blueprints import support

__all__ = ["beside", "exporting", "init_support", "routes", "routes_visit"]


def init_support(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(support)
