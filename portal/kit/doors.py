"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.kit.routes import kit
from portal.kit.tabs import kit_tabs

__all__ = ["init_kit"]


def init_kit(app: Flask) -> None:
    app.jinja_env.globals["kit_tabs"] = kit_tabs
    app.register_blueprint(kit)
