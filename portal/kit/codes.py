"""The signs of a box's short address: read aloud, typed from a label in a cupboard, and too many to guess."""

import secrets

# Without signs that look alike, and without vowels, so that no word comes out by chance.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"
LENGTH = 8


def new_code() -> str:
    """28⁸ codes: with a thousand boxes one guess in 370 million finds one."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def spaced(code: str) -> str:
    """As it stands on the label: ``BX7K-29QM``."""
    return f"{code[:4]}-{code[4:]}"
