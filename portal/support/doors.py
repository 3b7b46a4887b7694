"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.support.blueprints import support

__all__ = ["init_support"]


def init_support(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(support)
