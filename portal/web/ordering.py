"""Things in an order of their own: one of them a place up or down."""

from typing import Protocol, TypeVar


class Placed(Protocol):
    position: int


T = TypeVar("T", bound=Placed)


def move(line: list[T], one: T, step: int) -> bool:
    """A place up (-1) or down (1), and all are numbered anew. At its end it stays where it is, and the answer is no."""
    here = line.index(one)
    there = here + step
    moves = 0 <= there < len(line)
    if moves:
        line.insert(there, line.pop(here))
    for position, each in enumerate(line):
        each.position = position
    return moves
