"""All doors of the room: importing their modules hangs each on its blueprint, and what it adds on the rooms below."""

from flask import Flask

from portal.coaching import beside, exporting, routes, routes_drafts, routes_goals, routes_observing, routes_steps
from portal.coaching.blueprints import coaching

__all__ = [
    "beside",
    "exporting",
    "init_coaching",
    "routes",
    "routes_drafts",
    "routes_goals",
    "routes_observing",
    "routes_steps",
]


def init_coaching(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(coaching)
