"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.programmes import routes, routes_readers
from portal.programmes.blueprints import programmes

__all__ = ["init_programmes", "routes", "routes_readers"]


def init_programmes(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(programmes)
