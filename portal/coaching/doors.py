"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.coaching.blueprints import coaching

__all__ = ["init_coaching"]


def init_coaching(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(coaching)
