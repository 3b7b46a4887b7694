"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.lending.routes_calendar import kit_calendar


def init_lending(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(kit_calendar)
