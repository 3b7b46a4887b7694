"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.events import (
    exporting,
    operations_reminders,
    routes,
    routes_booking,
    routes_credit,
    routes_credit_standing,
    routes_hours,
    routes_planning,
    routes_public,
    routes_stages,
)
from portal.events.acts import declare_acts
from portal.events.blueprints import events, public_events

DOORS = (
    exporting,
    operations_reminders,
    routes,
    routes_booking,
    routes_credit,
    routes_credit_standing,
    routes_hours,
    routes_planning,
    routes_public,
    routes_stages,
)


def init_events(app: Flask) -> None:
    declare_acts()
    app.register_blueprint(events)
    app.register_blueprint(public_events)
