"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.reviewing import beside, exporting
from portal.reviewing.routes import reviewing

__all__ = ["beside", "exporting", "init_reviewing"]


def init_reviewing(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(reviewing)
