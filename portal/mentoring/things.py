"""What private texts hang on a pair: each room that seals some names them here, so that they can all go a year after its end.

A text knows what it belongs to by a name and a number (``SealedText.thing``, ``thing_id``); only its own room knows which
pair that is::

    declare_things(lambda pairing_ids: [("needs", pairing_id) for pairing_id in pairing_ids])
"""

from collections.abc import Callable, Collection, Iterable

Thing = tuple[str, int]
ThingsOf = Callable[[Collection[int]], Iterable[Thing]]

# The words of a goal, and what one of the two typed to change or to close it and has not saved.
OF_A_GOAL = ("goal", "goal_draft", "goal_closing")

_known: list[ThingsOf] = []


def declare_things(things: ThingsOf) -> ThingsOf:
    """Name what a room seals for pairs: called with their ids, gives (thing, id)."""
    if things not in _known:
        _known.append(things)
    return things


def things_of(pairing_ids: Collection[int]) -> list[Thing]:
    """Everything that may hold a private text of these pairs, from all rooms."""
    return [thing for known in _known for thing in known(pairing_ids)]
