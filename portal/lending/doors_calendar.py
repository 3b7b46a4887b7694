"""The doors of when which box is where: calendar, rotations, timed mails and what their links do."""

from flask import Flask

from portal.lending import calendar_beside, operations_reminders
from portal.lending.acts import declare_acts
from portal.lending.acts_deciding import declare_deciding_acts
from portal.lending.routes_calendar import kit_calendar
from portal.lending.routes_rotations import kit_rotations
from portal.lending.routes_runs import kit_runs

__all__ = ["calendar_beside", "init_calendar", "operations_reminders"]


def init_calendar(app: Flask) -> None:
    declare_acts()
    declare_deciding_acts()
    app.register_blueprint(kit_calendar)
    app.register_blueprint(kit_rotations)
    app.register_blueprint(kit_runs)
