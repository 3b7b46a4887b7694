"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.resources import (
    exporting,
    mine,
    operations_asking,
    operations_reading,
    routes_files,
    routes_items,
    routes_list,
    routes_states,
    routes_uses,
)
from portal.resources.acts import declare_acts
from portal.resources.commands import pack_commands
from portal.resources.routes import resources
from portal.resources.routes_public import public_packs
from portal.resources.routes_standards import standards_pages

__all__ = [
    "exporting",
    "init_resources",
    "mine",
    "operations_asking",
    "operations_reading",
    "routes_files",
    "routes_items",
    "routes_list",
    "routes_states",
    "routes_uses",
]


def init_resources(app: Flask) -> None:
    declare_acts()
    app.cli.add_command(pack_commands)
    for doors in (resources, public_packs, standards_pages):
        app.register_blueprint(doors)
