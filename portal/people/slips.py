"""The code on a slip: how it is made, read back from what people type, and kept.

A slip asks for its code and for nothing else. Whoever holds one sits at a school computer with no mail at hand and
perhaps none of her addresses in her head, and an address beside the code would keep no thief out: whoever overhears
the code heard the name too. So the code alone must be beyond guessing: 8 signs of 28 are some 378,000,000,000 codes
(38 bits), it lives a day, and wrong tries are counted per client and for the whole portal.

A wrong try belongs to a slip where its first half is right. What is stored of both halves is keyed by a secret that
lies outside the database: without it 28⁸ hashes would be searched in minutes by whoever steals the file.
"""

import hashlib
import hmac
import secrets

# No 0 O, 1 I L; of the pairs 2 Z, 5 S, 8 B only the figure, and the letter is read as it.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY23456789"
LENGTH, HALF = 8, 4
_MISREAD = str.maketrans("ZSB", "258")


def new_code() -> str:
    """Eight signs without look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def grouped(code: str) -> str:
    """In two groups, as it is read out."""
    return f"{code[:HALF]}-{code[HALF:]}"


def tidy(typed: str) -> str:
    """What was meant: blanks, dashes, small letters and Z for 2, S for 5, B for 8 do not matter."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_MISREAD)


def is_whole(code: str) -> bool:
    return len(code) == LENGTH and all(sign in ALPHABET for sign in code)


def first_mark(key: bytes, code: str) -> str:
    """What finds a slip: its first half, keyed."""
    return _keyed(key, "first", code[:HALF])


def whole_mark(key: bytes, code: str) -> str:
    """What proves a slip: the whole code, keyed."""
    return _keyed(key, "whole", code)


def is_same(mark: str, other: str) -> bool:
    return hmac.compare_digest(mark, other)


def _keyed(key: bytes, part: str, text: str) -> str:
    return hmac.new(key, f"slip {part} {text}".encode(), hashlib.sha256).hexdigest()
