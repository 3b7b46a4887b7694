"""What rooms ask before a coordinator makes two records of a person one; she herself proves the address instead.

Whoever is made one with a record reads what that record reads. Where that is private, a coordinator may not decide it.
"""

from collections.abc import Callable

_guards: list[Callable[[int, int], None]] = []


def before_merging(guard: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Have ``guard(kept_id, gone_id)`` asked first; it raises DomainError with a sentence where they must stay two."""
    if guard not in _guards:
        _guards.append(guard)
    return guard


def ask_before_merging(kept_id: int, gone_id: int) -> None:
    for guard in _guards:
        guard(kept_id, gone_id)
