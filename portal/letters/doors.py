"""All doors of this room, put into the application together, and what the worker does for it."""

from flask import Flask

from portal.letters import (
    operations_sending,
    routes_letters,
    routes_preview,
    routes_segments,
    routes_sending,
    rules_boxes,
    rules_doing,
    rules_meetings,
    rules_people,
    rules_since,
)
from portal.letters.routes import letters

# Importing them gives the blueprint its views, the form its rules and the worker its duty.
RULES = (rules_people, rules_meetings, rules_doing, rules_boxes, rules_since)
PARTS = (routes_segments, routes_letters, routes_preview, routes_sending, operations_sending)


def init_letters(app: Flask) -> None:
    app.register_blueprint(letters)
