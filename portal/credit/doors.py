"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.credit import operations_forgetting, routes_check, routes_outside
from portal.credit.blueprints import check, outside

DOORS = (operations_forgetting, routes_check, routes_outside)


def init_credit(app: Flask) -> None:
    app.register_blueprint(check)
    app.register_blueprint(outside)
