"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.resources import (
    exporting,
    operations_asking,
    public_section,
    routes_files,
    routes_items,
    routes_keeping,
    routes_sheet,
    routes_states,
    routes_uses,
)
from portal.resources.acts import declare_acts
from portal.resources.routes import resources
from portal.resources.routes_public import public_packs
from portal.resources.routes_public_list import public_resources
from portal.resources.routes_standards import standards_pages

__all__ = [
    "exporting",
    "init_resources",
    "operations_asking",
    "public_section",
    "routes_files",
    "routes_items",
    "routes_keeping",
    "routes_sheet",
    "routes_states",
    "routes_uses",
]


def init_resources(app: Flask) -> None:
    declare_acts()
    for doors in (resources, public_packs, public_resources, standards_pages):
        app.register_blueprint(doors)
