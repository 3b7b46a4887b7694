"""Guessing certificates is slow: wrong tries are counted, per client."""

from portal.db import operation
from portal.web import limits

WRONG_TRIES, WINDOW = 30, 60


def has_guessed_too_much(client: str) -> bool:
    """Whether this client has tried so many wrong pairs in the running hour that none is looked up any more."""
    return limits.is_over("certificate", client, WRONG_TRIES, WINDOW)


@operation
def note_wrong_try(client: str) -> None:
    """One more wrong pair. Right ones are never counted: an office may check a whole folder."""
    limits.too_many("certificate", client, WRONG_TRIES, WINDOW)
