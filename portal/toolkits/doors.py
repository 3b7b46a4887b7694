"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask


def init_toolkits(app: Flask) -> None:
    """Hang the room in."""
