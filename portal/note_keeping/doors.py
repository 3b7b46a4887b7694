"""All doors of the room, with the commands about keys; importing its operations gives it its hourly duty."""

from flask import Flask

from portal.note_keeping import beside, routes
from portal.note_keeping.acts import declare_keeping_acts
from portal.note_keeping.blueprints import note_keeping
from portal.note_keeping.commands import mentoring_commands

__all__ = ["beside", "init_note_keeping", "routes"]


def init_note_keeping(app: Flask) -> None:
    """Hang the room in."""
    declare_keeping_acts()
    app.register_blueprint(note_keeping)
    app.cli.add_command(mentoring_commands)
