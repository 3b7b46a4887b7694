"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.attendance import routes, routes_codes, routes_kiosk, routes_signing
from portal.attendance.blueprints import attendance, signing

DOORS = (routes, routes_codes, routes_kiosk, routes_signing)


def init_attendance(app: Flask) -> None:
    app.register_blueprint(attendance)
    app.register_blueprint(signing)
