"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.lending import calendar_beside, operations_reminders
from portal.lending.acts import declare_acts
from portal.lending.acts_deciding import declare_deciding_acts
from portal.lending.routes_calendar import kit_calendar
from portal.lending.routes_rotations import kit_rotations

# They hang themselves on a kit's page and into the worker's round.
DOORS = (calendar_beside, operations_reminders)


def init_lending(app: Flask) -> None:
    """Hang the room in."""
    declare_acts()
    declare_deciding_acts()
    app.register_blueprint(kit_calendar)
    app.register_blueprint(kit_rotations)
