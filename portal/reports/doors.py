"""All doors of Numbers: importing their modules hangs each on its blueprint."""

from portal.reports import routes_holdings
from portal.reports.routes import numbers

__all__ = ["numbers", "routes_holdings"]
