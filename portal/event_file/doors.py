"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.event_file import routes, routes_costs
from portal.event_file.blueprints import event_file

DOORS = (routes, routes_costs)


def init_event_file(app: Flask) -> None:
    app.register_blueprint(event_file)
