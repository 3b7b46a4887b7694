"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.kit.routes import kit

__all__ = ["init_kit"]


def init_kit(app: Flask) -> None:
    app.register_blueprint(kit)
