"""What the rooms above do when a pair begins, ends or goes on after all, and how they ask two people first.

Each is called inside the operation, so that both happen or neither does::

    @on.begun
    def end_the_ask(pairing: Pairing) -> None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.mentoring.models import Pairing

Happened = Callable[[Pairing], None]


@dataclass(frozen=True, slots=True)
class Asking:
    verb: Callable[..., Any]
    endpoint: str


class Hooks:
    """Whoever wants to know of pairs."""

    def __init__(self) -> None:
        self._begun: list[Happened] = []
        self._ended: list[Happened] = []
        self._resumed: list[Happened] = []
        self._asks: Asking | None = None

    def begun(self, callback: Happened) -> Happened:
        return _hung(self._begun, callback)

    def ended(self, callback: Happened) -> Happened:
        return _hung(self._ended, callback)

    def resumed(self, callback: Happened) -> Happened:
        return _hung(self._resumed, callback)

    def asks_both(self, verb: Callable[..., Any], endpoint: str) -> None:
        """The operation that asks two people whether they would be a pair: handed what ``start_pairing`` is handed.

        ``endpoint`` shows what it made, by ``proposal_id``.
        """
        self._asks = Asking(verb, endpoint)


def _hung(known: list[Happened], callback: Happened) -> Happened:
    if callback not in known:
        known.append(callback)
    return callback


on = Hooks()


def tell_begun(pairing: Pairing) -> None:
    for callback in on._begun:
        callback(pairing)


def tell_ended(pairing: Pairing) -> None:
    for callback in on._ended:
        callback(pairing)


def tell_resumed(pairing: Pairing) -> None:
    for callback in on._resumed:
        callback(pairing)


def asking() -> Asking | None:
    """How to ask two people first; None in a portal that has no matching."""
    return on._asks
