"""One thing that a look at the mail found: a sentence, how it stands, and what somebody else said of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``state``: good, hint (works, could be better), wrong, or unknown (could not be looked up)."""

    state: str
    sentence: object
    said: str = ""


def good(sentence: object, said: str = "") -> Finding:
    return Finding("good", sentence, said)


def wrong(sentence: object, said: str = "") -> Finding:
    return Finding("wrong", sentence, said)


def hint(sentence: object, said: str = "") -> Finding:
    return Finding("hint", sentence, said)
