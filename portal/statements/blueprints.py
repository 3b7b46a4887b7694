"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint
from portal.people.own_means import only_by_her_own_means

statements = room_blueprint("statements", __name__, path="/mentoring/hours", room="mentoring")
# Somebody who made a slip for her could come in with it: what is private stays closed.
statements.before_request(only_by_her_own_means)
