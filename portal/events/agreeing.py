"""What the booking page asks agreement to, each thing apart; and the same as one number, for the link of a mail."""

from collections.abc import Iterable

# Kinds of people.consents, in the order in which they are asked.
ASKED = ("contact", "photo")


def bits_of(kinds: Iterable[str]) -> int:
    """Several kinds as one number: a signed link carries nothing else."""
    chosen = set(kinds)
    return sum(1 << place for place, kind in enumerate(ASKED) if kind in chosen)


def kinds_in(bits: int) -> list[str]:
    return [kind for place, kind in enumerate(ASKED) if bits >> place & 1]
