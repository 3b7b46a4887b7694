"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.matching.blueprints import matching

__all__ = ["init_matching"]


def init_matching(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(matching)
