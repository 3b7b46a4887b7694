"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.resources import (
    exporting,
    operations_asking,
    routes_files,
    routes_items,
    routes_reports,
    routes_states,
    routes_uses,
)
from portal.resources.acts import declare_acts
from portal.resources.acts_reports import declare_report_acts
from portal.resources.routes import resources
from portal.resources.routes_public import public_packs
from portal.resources.routes_standards import standards_pages

__all__ = [
    "exporting",
    "init_resources",
    "operations_asking",
    "routes_files",
    "routes_items",
    "routes_reports",
    "routes_states",
    "routes_uses",
]


def init_resources(app: Flask) -> None:
    declare_acts()
    declare_report_acts()
    for doors in (resources, public_packs, standards_pages):
        app.register_blueprint(doors)
