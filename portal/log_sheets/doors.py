"""All doors of the room: importing their modules hangs each on its blueprint, and what it adds on the page of a pair."""

from flask import Flask

from portal.log_sheets import beside, routes
from portal.log_sheets.blueprints import log_sheets

__all__ = ["beside", "init_log_sheets", "routes"]


def init_log_sheets(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(log_sheets)
