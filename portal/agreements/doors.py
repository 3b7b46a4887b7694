"""All doors of the room: importing their modules hangs each on its blueprint, and what it adds on the page of a pair."""

from flask import Flask

from portal.agreements import beside, routes
from portal.agreements.acts import declare_agreement_act
from portal.agreements.blueprints import agreements

__all__ = ["beside", "init_agreements", "routes"]


def init_agreements(app: Flask) -> None:
    """Hang the room in."""
    declare_agreement_act()
    app.register_blueprint(agreements)
