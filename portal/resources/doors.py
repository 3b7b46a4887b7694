"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.resources import (
    exporting,
    like_me,
    operations_asking,
    operations_reading,
    public_section,
    routes_files,
    routes_imported,
    routes_importing,
    routes_items,
    routes_keeping,
    routes_list,
    routes_mailing,
    routes_making,
    routes_reports,
    routes_sheet,
    routes_states,
    routes_uploads,
    routes_uses,
    routes_versions,
)
from portal.resources.acts import declare_acts
from portal.resources.acts_reports import declare_report_acts
from portal.resources.commands import pack_commands
from portal.resources.filters import language_name
from portal.resources.licences import licence_name
from portal.resources.routes import resources
from portal.resources.routes_public import public_packs
from portal.resources.routes_public_list import public_resources
from portal.resources.routes_standards import standards_pages

__all__ = [
    "exporting",
    "init_resources",
    "like_me",
    "operations_asking",
    "operations_reading",
    "public_section",
    "routes_files",
    "routes_imported",
    "routes_importing",
    "routes_items",
    "routes_keeping",
    "routes_list",
    "routes_mailing",
    "routes_making",
    "routes_reports",
    "routes_sheet",
    "routes_states",
    "routes_uploads",
    "routes_uses",
    "routes_versions",
]


def init_resources(app: Flask) -> None:
    app.jinja_env.filters |= {"licence_name": licence_name, "language_called": language_name}
    declare_acts()
    app.cli.add_command(pack_commands)
    declare_report_acts()
    for doors in (resources, public_packs, public_resources, standards_pages):
        app.register_blueprint(doors)
