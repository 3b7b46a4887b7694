"""Every kind of mail there is: why its reader gets it, and whether she may stop it. Declared beside what writes it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """``why`` is a sentence to its reader; ``name`` is what she stops: "No more … from Tarn and Tide".

    A kind that can't be stopped answers something that she did a moment ago, or guards her sign-in. What somebody writes
    back to one that ``is_private`` is nobody else's: it is kept nowhere and passed on to nobody (``receiving_private``).
    A mail that ``is_key`` holds a link that opens something private for whoever has it: once it is sent, we keep no copy.
    """

    key: str
    why: object
    name: object = ""
    is_private: bool = False
    is_key: bool = False

    @property
    def can_stop(self) -> bool:
        return bool(self.name)

    @property
    def act(self) -> str:
        """The act that stops it; an act's name is letters only."""
        return "stop" + "".join(letter for letter in self.key if letter.isalpha())


_known: dict[str, Kind] = {}


def declare(key: str, why: object, name: object = "", private: bool = False, is_key: bool = False) -> None:
    """Add a kind. With a ``name`` for what comes it can be stopped, per network."""
    _known[key] = Kind(key, why, name, private, is_key)


def kinds_that_are_keys() -> list[str]:
    """The kinds whose text goes as soon as it was sent."""
    return [kind.key for kind in _known.values() if kind.is_key]


def private_kinds() -> list[str]:
    """The kinds whose answers are kept nowhere."""
    return [kind.key for kind in _known.values() if kind.is_private]


def kind_called(key: str) -> Kind:
    """The kind; KeyError for one that nobody declared: no mail goes out that can't say why it came."""
    return _known[key]


def stoppable() -> Iterator[Kind]:
    """All that a reader may stop, in the order in which they were declared."""
    return (kind for kind in _known.values() if kind.can_stop)
