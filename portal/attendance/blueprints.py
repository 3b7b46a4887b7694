"""The fronts of the room: under its event's address, where its pages belong to What's on, and two that need no account.

``signing`` is what a phone opens (``/in``) and the laptop by the door (``/kiosk/…``).
"""

from flask import Blueprint

from portal.networks.scope import room_blueprint

attendance = room_blueprint("attendance", __name__, path="/events", room="events")
signing = Blueprint("signing", __name__)
