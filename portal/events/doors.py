"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.events import (
    exporting,
    operations_forgetting,
    operations_offers,
    operations_reminders,
    public_section,
    routes,
    routes_booking,
    routes_coming,
    routes_credit,
    routes_credit_standing,
    routes_hours,
    routes_leading,
    routes_papers,
    routes_papers_public,
    routes_planning,
    routes_public,
    routes_public_booking,
    routes_sessions,
    routes_stages,
)
from portal.events.acts import declare_acts
from portal.events.acts_places import declare_place_acts
from portal.events.blueprints import events, public_events

DOORS = (
    exporting,
    operations_forgetting,
    operations_offers,
    operations_reminders,
    public_section,
    routes,
    routes_booking,
    routes_credit,
    routes_credit_standing,
    routes_hours,
    routes_papers,
    routes_papers_public,
    routes_coming,
    routes_leading,
    routes_planning,
    routes_public,
    routes_public_booking,
    routes_sessions,
    routes_stages,
)


def init_events(app: Flask) -> None:
    declare_acts()
    declare_place_acts()
    app.register_blueprint(events)
    app.register_blueprint(public_events)
