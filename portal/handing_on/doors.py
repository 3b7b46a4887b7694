"""All doors of the room: importing their modules hangs each on its blueprint, and what it adds on the rooms below."""

from flask import Flask

from portal.handing_on import beside, exporting, merging, routes, routes_link, routes_received, routes_sent
from portal.handing_on.blueprints import handed, handing_on

__all__ = [
    "beside",
    "exporting",
    "init_handing_on",
    "merging",
    "routes",
    "routes_link",
    "routes_received",
    "routes_sent",
]


def init_handing_on(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(handing_on)
    app.register_blueprint(handed)
