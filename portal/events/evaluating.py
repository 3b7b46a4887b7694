"""How an event is evaluated stands on its own form too. The room that asks people has a say before that changes."""

from collections.abc import Callable

from portal.events.models import Event

# Called inside the operation that saves the form, before anything changes: the event, and the way it would have then.
# May raise DomainError for the field "evaluation".
Agrees = Callable[[Event, str], None]
_known: list[Agrees] = []


def before_other_way(agrees: Agrees) -> Agrees:
    """Have something asked, and taken along, before an event is evaluated in another way."""
    if agrees not in _known:
        _known.append(agrees)
    return agrees


def agree_on(event: Event, way: str) -> None:
    """Let all of them know of another way, if it is one."""
    if way != event.evaluation:
        for agrees in _known:
            agrees(event, way)
