"""The front of the room, under its event's address. Its pages belong to What's on."""

from portal.networks.scope import room_blueprint

evaluation = room_blueprint("evaluation", __name__, path="/events", room="events")
