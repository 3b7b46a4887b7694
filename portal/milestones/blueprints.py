"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint
from portal.people.own_means import only_by_her_own_means

milestones = room_blueprint("milestones", __name__, path="/mentoring", room="mentoring")
# Somebody who made a slip for her could come in with it: what is private stays closed.
milestones.before_request(only_by_her_own_means)
