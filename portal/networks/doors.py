"""All doors of this room, put into the application together, and the acts behind its mailed links."""

from flask import Flask

from portal.networks import routes_asking, routes_inviting, routes_members, routes_schools, routes_settings
from portal.networks.letters import write_to_the_known
from portal.networks.operations_known import forget_asking
from portal.networks.roles import role_name
from portal.networks.routes import network
from portal.networks.routes_answering import (
    press_ask,
    press_invitation,
    press_known,
    show_ask,
    show_invitation,
    show_known,
)
from portal.networks.routes_networks import networks, public_network
from portal.networks.tabs import room_tabs, room_tabs_beside, room_tabs_under
from portal.people.operations_leaving import at_erasure
from portal.people.operations_signing_in import when_only_known
from portal.web import acts

# Importing them gives the blueprint its views.
SPLIT_BY_NOUN = (routes_asking, routes_inviting, routes_members, routes_schools, routes_settings)


def init_networks(app: Flask) -> None:
    acts.declare("invitation", show_invitation, press_invitation)
    acts.declare("ask", show_ask, press_ask)
    acts.declare("known", show_known, press_known)
    when_only_known(write_to_the_known)
    at_erasure(forget_asking)
    app.jinja_env.filters["role_name"] = role_name
    app.jinja_env.globals |= {
        "room_tabs": room_tabs,
        "room_tabs_beside": room_tabs_beside,
        "room_tabs_under": room_tabs_under,
    }
    for blueprint in (network, networks, public_network, acts.acts):
        app.register_blueprint(blueprint)
