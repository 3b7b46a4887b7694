"""All doors of the room, in one place to hang them in."""

from flask import Flask


def init_evaluation(app: Flask) -> None:
    """Nothing hangs here yet."""
