"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.resources import (
    exporting,
    operations_asking,
    operations_reading,
    routes_files,
    routes_imported,
    routes_importing,
    routes_items,
    routes_mailing,
    routes_making,
    routes_states,
    routes_uploads,
    routes_uses,
    routes_versions,
)
from portal.resources.acts import declare_acts
from portal.resources.commands import pack_commands
from portal.resources.filters import language_name
from portal.resources.licences import licence_name
from portal.resources.routes import resources
from portal.resources.routes_public import public_packs
from portal.resources.routes_standards import standards_pages

__all__ = [
    "exporting",
    "init_resources",
    "operations_asking",
    "operations_reading",
    "routes_files",
    "routes_imported",
    "routes_importing",
    "routes_items",
    "routes_mailing",
    "routes_making",
    "routes_states",
    "routes_uploads",
    "routes_uses",
    "routes_versions",
]


def init_resources(app: Flask) -> None:
    app.jinja_env.filters |= {"licence_name": licence_name, "language_called": language_name}
    declare_acts()
    app.cli.add_command(pack_commands)
    for doors in (resources, public_packs, standards_pages):
        app.register_blueprint(doors)
