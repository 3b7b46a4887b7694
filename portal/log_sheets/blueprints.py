"""Where the doors of paper hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint
from portal.people.own_means import only_by_her_own_means

log_sheets = room_blueprint("log_sheets", __name__, path="/mentoring", room="mentoring")
# Somebody who made a slip for her could come in with it: what is private stays closed.
log_sheets.before_request(only_by_her_own_means)
