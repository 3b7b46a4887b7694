"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint
from portal.people.own_means import only_by_her_own_means

coaching = room_blueprint("coaching", __name__, path="/mentoring/coaching", room="mentoring")
# Somebody who made a slip for her could come in with it: what is private stays closed.
coaching.before_request(only_by_her_own_means)
