"""The fronts of the room: an event's certificates for who runs it, and a person's own record."""

from flask import Blueprint

from portal.networks.scope import room_blueprint

certificates = room_blueprint("certificates", __name__, path="/events", room="events")
my_record = Blueprint("my_record", __name__)
