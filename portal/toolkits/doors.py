"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.toolkits import beside, exporting, public_section, routes_packs, routes_states, routes_taking
from portal.toolkits.routes import toolkits_room
from portal.toolkits.routes_public import public_toolkits_doors

__all__ = ["beside", "exporting", "init_toolkits", "public_section", "routes_packs", "routes_states", "routes_taking"]


def init_toolkits(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(toolkits_room)
    app.register_blueprint(public_toolkits_doors)
