"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.matching import (
    begun,
    beside,
    exporting,
    operations_leaving,
    queries_things,
    reminding,
    routes,
    routes_asks,
    routes_endings,
    routes_offers,
    routes_proposals,
    routes_wishes,
)
from portal.matching.acts import declare_acts
from portal.matching.acts_endings import declare_ending_act
from portal.matching.blueprints import matching

__all__ = [
    "begun",
    "beside",
    "exporting",
    "init_matching",
    "operations_leaving",
    "queries_things",
    "reminding",
    "routes",
    "routes_asks",
    "routes_endings",
    "routes_offers",
    "routes_proposals",
    "routes_wishes",
]


def init_matching(app: Flask) -> None:
    """Hang the room in."""
    declare_acts()
    declare_ending_act()
    app.register_blueprint(matching)
