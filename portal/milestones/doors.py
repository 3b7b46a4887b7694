"""All doors of the room: importing their modules hangs each on its blueprint, and what it adds on the page of a pair."""

from flask import Flask

from portal.milestones import beside, exporting, routes, routes_pairs
from portal.milestones.acts import declare_acts
from portal.milestones.blueprints import milestones
from portal.milestones.operations_forgetting import forget_ticks
from portal.milestones.operations_reminding import remind_of_milestones
from portal.web.housekeeping import each_hour

__all__ = ["beside", "exporting", "init_milestones", "routes", "routes_pairs"]


def init_milestones(app: Flask) -> None:
    """Hang the room in."""
    declare_acts()
    app.register_blueprint(milestones)
    each_hour(remind_of_milestones)
    each_hour(forget_ticks)
