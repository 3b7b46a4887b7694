"""What other rooms put beside an event on its page: a partial, and what it is drawn with.

Those rooms stand above this one. Each adds what it has to say, and what a reader must not see it does not hand over::

    @beside
    def evaluation_beside(event, sessions, member):
        return Part("evaluation/_beside.html", ...)  # or None
"""

from collections.abc import Callable, Sequence
from typing import Any

from portal.events.policy import Member
from portal.events.queries_event import EventPage, SessionPage


class Part(dict[str, Any]):
    """The context of one partial; ``template`` names it."""

    def __init__(self, template: str, **context: Any) -> None:
        super().__init__(context, template=template)


Adds = Callable[[EventPage, Sequence[SessionPage], Member], Part | None]
_known: list[Adds] = []


def beside(adds: Adds) -> Adds:
    """Have something stand beside every event."""
    if adds not in _known:
        _known.append(adds)
    return adds


def parts_beside(event: EventPage, sessions: Sequence[SessionPage], member: Member) -> list[Part]:
    """All of it, for this reader."""
    return [part for adds in _known if (part := adds(event, sessions, member)) is not None]
