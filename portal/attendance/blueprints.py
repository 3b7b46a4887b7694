"""The front of the room, under its event's address. Its pages belong to What's on."""

from portal.networks.scope import room_blueprint

attendance = room_blueprint("attendance", __name__, path="/events", room="events")
