"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint

support = room_blueprint("support", __name__, path="/mentoring/support", room="mentoring")
