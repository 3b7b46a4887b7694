"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.statements.blueprints import statements

__all__ = ["init_statements"]


def init_statements(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(statements)
