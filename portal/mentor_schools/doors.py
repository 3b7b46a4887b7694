"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask

from portal.mentor_schools.blueprints import mentor_schools

__all__ = ["init_mentor_schools"]


def init_mentor_schools(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(mentor_schools)
