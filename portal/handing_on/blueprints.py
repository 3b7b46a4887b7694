"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes; and by the link of a mail."""

from flask import Blueprint

from portal.networks.scope import room_blueprint
from portal.people.own_means import only_by_her_own_means

handing_on = room_blueprint("handing_on", __name__, path="/mentoring/handing-on", room="mentoring")
# Somebody who made a slip for her could come in with it: what is private stays closed.
handing_on.before_request(only_by_her_own_means)
# For a reader who needs no account: whoever holds the link of the mail.
handed = Blueprint("handed", __name__, url_prefix="/h")
