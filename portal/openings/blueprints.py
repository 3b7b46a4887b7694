"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint

openings = room_blueprint("openings", __name__, path="/mentoring/openings", room="mentoring")
