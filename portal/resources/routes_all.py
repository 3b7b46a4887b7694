"""All doors of the room in one place: importing this module hangs each on its blueprint."""

from portal.resources import routes_files, routes_items, routes_states, routes_uses
from portal.resources.routes import resources
from portal.resources.routes_public import public_packs
from portal.resources.routes_standards import standards_pages

BLUEPRINTS = (resources, public_packs, standards_pages)

__all__ = ["BLUEPRINTS", "routes_files", "routes_items", "routes_states", "routes_uses"]
