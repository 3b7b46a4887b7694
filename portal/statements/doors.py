"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.statements import beside, routes, routes_counts, routes_payroll, routes_report
from portal.statements.blueprints import statements

__all__ = ["beside", "init_statements", "routes", "routes_counts", "routes_payroll", "routes_report"]


def init_statements(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(statements)
