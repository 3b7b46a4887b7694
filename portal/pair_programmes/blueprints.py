"""Where the doors of a pair's programmes and months hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint
from portal.people.own_means import only_by_her_own_means

pair_programmes = room_blueprint("pair_programmes", __name__, path="/mentoring", room="mentoring")
# Somebody who made a slip for her could come in with it: what is private stays closed.
pair_programmes.before_request(only_by_her_own_means)
