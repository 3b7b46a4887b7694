"""Which private texts there are, and which of them belong to a pair.

A room that seals texts of its own says here how they are found from a pair, so that all of them can be taken along,
looked after and deleted without being named again::

    declare_thing("goal", lambda pairs: select(PairGoal.id).where(PairGoal.pairing_id.in_(pairs)))
"""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.mentoring.models import Pairing, PairTalk, SealedText

# From the ids of pairs (a list, or a select of them) to a select of the ids of things.
Finds = Callable[[Any], "Select[Any]"]
_known: dict[str, Finds] = {}


def declare_thing(name: str, ids_of: Finds) -> None:
    """Say how the things of that name are found from pairs."""
    _known[name] = ids_of


def names() -> list[str]:
    """All things that belong to pairs, as ``SealedText.thing`` names them."""
    return list(_known)


def texts_of(pairing_ids: "Collection[int] | Select[Any]") -> ColumnElement[bool]:
    """The condition for every private text of these pairs."""
    return or_(
        *(
            and_(SealedText.thing == name, SealedText.thing_id.in_(ids_of(pairing_ids)))
            for name, ids_of in _known.items()
        )
    )


declare_thing("talk", lambda pairs: select(PairTalk.id).where(PairTalk.pairing_id.in_(pairs)))
declare_thing("draft", lambda pairs: select(Pairing.id).where(Pairing.id.in_(pairs)))
declare_thing("needs", lambda pairs: select(Pairing.id).where(Pairing.id.in_(pairs)))
