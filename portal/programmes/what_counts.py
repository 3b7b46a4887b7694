"""Which talks count for a programme, by its rules. Plain values: no database, no request, no words.

A talk counts for a programme when it was written down for it, and when the programme counts its kind and asks for no
more than is known. The mentor's own time (support) is nobody else's word, so nobody is asked to confirm it.
"""

from typing import Protocol


class Counts(Protocol):
    """What is asked of a programme."""

    @property
    def counts_group(self) -> bool: ...
    @property
    def counts_support(self) -> bool: ...
    @property
    def only_confirmed(self) -> bool: ...


def why_not(programme: Counts, kind: str, confirmed: bool) -> str:
    """ "group", "support" or "unconfirmed" for what keeps a talk from counting; "" where it counts."""
    if kind == "group" and not programme.counts_group:
        return "group"
    if kind == "support":
        return "" if programme.counts_support else "support"
    return "unconfirmed" if programme.only_confirmed and not confirmed else ""
