"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint

programmes = room_blueprint("programmes", __name__, path="/mentoring/programmes", room="mentoring")
