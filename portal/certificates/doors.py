"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.certificates import beside, hooks, making, routes, routes_mine
from portal.certificates.acts import declare_acts
from portal.certificates.blueprints import certificates, my_record

DOORS = (beside, hooks, making, routes, routes_mine)


def init_certificates(app: Flask) -> None:
    declare_acts()
    app.register_blueprint(certificates)
    app.register_blueprint(my_record)
