"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.mentor_schools import beside, exporting, routes, routes_aims, routes_meetings, routes_standing
from portal.mentor_schools.acts import declare_acts
from portal.mentor_schools.blueprints import mentor_schools

__all__ = [
    "beside",
    "exporting",
    "init_mentor_schools",
    "routes",
    "routes_aims",
    "routes_meetings",
    "routes_standing",
]


def init_mentor_schools(app: Flask) -> None:
    """Hang the room in."""
    declare_acts()
    app.register_blueprint(mentor_schools)
