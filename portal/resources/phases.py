"""Ages as a network calls them: Primary and Secondary here, Elementary and Middle there, never both in one list."""

from collections.abc import Collection, Iterable

from portal.vocabulary.models import Word

# The words of the other side of the ocean. What a region added itself, and what both say, is offered everywhere.
BRITISH = frozenset({"primary", "secondary", "post-16"})
AMERICAN = frozenset({"elementary", "middle", "high"})


def usual_phases(words: Iterable[Word], locale: str, chosen: Collection[int] = ()) -> list[Word]:
    """Those of the network's own country, and the ones that a pack has already. Where a region offers only one of the
    two sets, that is the one."""
    offered = list(words)
    others = BRITISH if locale.endswith("US") else AMERICAN
    usual = [word for word in offered if word.code not in others or word.id in chosen]
    own = AMERICAN if others is BRITISH else BRITISH
    return usual if any(word.code in own for word in usual) else offered
