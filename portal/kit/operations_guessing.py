"""Guessing short addresses is slow: wrong codes are counted, per client."""

from portal.db import operation
from portal.web import limits

# A whole store-room may be read with old labels on it; nobody reads sixty in an hour.
WRONG_CODES, WINDOW = 60, 60


def has_guessed_too_much(client: str) -> bool:
    """Whether this client has tried so many wrong codes in the running hour that none is looked up any more."""
    return limits.is_over("box-code", client, WRONG_CODES, WINDOW)


@operation
def note_wrong_code(client: str) -> None:
    """One more code that says nothing."""
    limits.too_many("box-code", client, WRONG_CODES, WINDOW)
