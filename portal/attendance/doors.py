"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.attendance import (
    acts,
    operations_forgetting,
    routes,
    routes_claims,
    routes_closing,
    routes_codes,
    routes_kiosk,
    routes_paper,
    routes_signing,
)
from portal.attendance.blueprints import attendance, signing

DOORS = (
    operations_forgetting,
    routes,
    routes_claims,
    routes_closing,
    routes_codes,
    routes_kiosk,
    routes_paper,
    routes_signing,
)


def init_attendance(app: Flask) -> None:
    app.register_blueprint(attendance)
    app.register_blueprint(signing)
    acts.declare_acts()
