"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from portal.networks.scope import room_blueprint

mentor_schools = room_blueprint("mentor_schools", __name__, path="/mentoring/schools", room="mentoring")
