"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.calendars.routes_feeds import feeds
from portal.calendars.routes_files import calendars, public_calendars
from portal.calendars.routes_importing import calendar_import
from portal.calendars.routes_mine import my_calendars


def init_calendars(app: Flask) -> None:
    for doors in (calendars, public_calendars, feeds, my_calendars, calendar_import):
        app.register_blueprint(doors)
