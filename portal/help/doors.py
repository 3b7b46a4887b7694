"""The standing pages with all their doors, for the place where rooms are joined to the house."""

from portal.help import routes_blocked
from portal.help.routes import help_pages

# Importing it gives the blueprint its views.
__all__ = ["help_pages", "routes_blocked"]
