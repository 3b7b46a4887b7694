"""Whether a name that somebody typed can be the one that is known at her address."""

from portal.people.names import fold_name, may_be_one


def can_be(typed: str, known: str) -> bool:
    """One name for both, initials and middle names apart, or one of them said in short: "Tobi" for "Tobi Larkhill".

    A family name alone is not enough: couples share mailboxes.
    """
    if may_be_one(typed, known):
        return True
    short, long = sorted((fold_name(typed).split(), fold_name(known).split()), key=len)
    return len(short) < len(long) and short[0] == long[0] and set(short) <= set(long)
