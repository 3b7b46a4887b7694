"""What other rooms do and offer once somebody has answered an event's evaluation (her certificate)."""

from collections.abc import Callable

from flask_babel import LazyString

# Called inside the operation that saves the answer: event and person. Returns doors to offer: words and an address.
AfterAnswer = Callable[[int, int], list[tuple[str | LazyString, str]]]
_known: list[AfterAnswer] = []


def after_answer(callback: AfterAnswer) -> AfterAnswer:
    """Have something done, and offered on the page that says thank you."""
    if callback not in _known:
        _known.append(callback)
    return callback


def answered(event_id: int, person_id: int) -> list[tuple[str | LazyString, str]]:
    """Let all of them know; returns what they offer."""
    return [door for callback in _known for door in callback(event_id, person_id)]
