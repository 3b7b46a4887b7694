"""All doors of the room, with its part of the export and of erasure."""

from flask import Flask

from portal.mentoring import agreement_beside, exporting, routes_agreement, routes_contacts, routes_pairing
from portal.mentoring.acts import declare_acts
from portal.mentoring.acts_agreement import declare_agreement_act
from portal.mentoring.routes import mentoring

__all__ = ["agreement_beside", "exporting", "init_mentoring", "routes_agreement", "routes_contacts", "routes_pairing"]


def init_mentoring(app: Flask) -> None:
    declare_acts()
    declare_agreement_act()
    app.register_blueprint(mentoring)
