"""Puts the organisations' pages in place."""

from flask import Flask

from portal.organisations import routes_importing, routes_merging
from portal.organisations.routes import organisations

__all__ = ["routes_importing", "routes_merging"]


def init_organisations(app: Flask) -> None:
    app.register_blueprint(organisations)
