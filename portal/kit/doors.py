"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.kit import (
    exporting,
    letters,
    operations_forgetting,
    packs,
    routes_around,
    routes_importing,
    routes_labels,
    routes_parts,
    routes_problems,
    routes_states,
)
from portal.kit.labels import short_address
from portal.kit.routes import kit
from portal.kit.routes_box import box
from portal.kit.words import problem_in_words

__all__ = [
    "exporting",
    "init_kit",
    "letters",
    "operations_forgetting",
    "packs",
    "routes_around",
    "routes_importing",
    "routes_labels",
    "routes_parts",
    "routes_problems",
    "routes_states",
]


def init_kit(app: Flask) -> None:
    app.jinja_env.globals |= {
        "kit_problem_in_words": problem_in_words,
        "kit_short_address": short_address,
    }
    for doors in (kit, box):
        app.register_blueprint(doors)
