"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.attendance import acts, routes, routes_claims, routes_closing, routes_paper
from portal.attendance.blueprints import attendance

DOORS = (routes, routes_claims, routes_closing, routes_paper)


def init_attendance(app: Flask) -> None:
    app.register_blueprint(attendance)
    acts.declare_acts()
