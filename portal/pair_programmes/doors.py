"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.pair_programmes import routes, routes_months
from portal.pair_programmes.blueprints import pair_programmes

__all__ = ["init_pair_programmes", "routes", "routes_months"]


def init_pair_programmes(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(pair_programmes)
