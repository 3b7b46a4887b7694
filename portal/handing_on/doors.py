"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.handing_on.blueprints import handing_on

__all__ = ["init_handing_on"]


def init_handing_on(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(handing_on)
