"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask


def init_lending(app: Flask) -> None:
    """Hang the room in."""
