"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.attendance import routes
from portal.attendance.blueprints import attendance

DOORS = (routes,)


def init_attendance(app: Flask) -> None:
    app.register_blueprint(attendance)
