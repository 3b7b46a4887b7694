"""Numbers that are given once and have no gaps, and the codes that only the paper says."""

import hmac
import re
import secrets

from portal.credit.models import CertificateCount
from portal.db import db

# No 0 O 1 I L: people read codes from paper, and over the telephone.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
_NUMBER = re.compile(r"(?:no\.?)?\s*(\d{4})\W{0,3}(\d{1,9})", re.ASCII | re.IGNORECASE)


def next_numbers(year: int, how_many: int) -> list[str]:
    """The next numbers of a year, like 2026-000123. Belongs inside an operation: whoever else asks waits for its end."""
    count = db.session.get(CertificateCount, year, with_for_update=True, populate_existing=True)
    if count is None:
        count = CertificateCount(year=year, last=0)
        db.session.add(count)
    first, count.last = count.last + 1, count.last + how_many
    # Asked once more in the same operation, the row is read again: it has to be written first.
    db.session.flush()
    return [f"{year}-{number:06d}" for number in range(first, count.last + 1)]


def new_code() -> str:
    """Eight signs, one of 850 thousand million: with the limit on wrong tries nobody guesses one."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """As it is printed: 7Q4M-2KXD."""
    return f"{code[:4]}-{code[4:]}"


def tidy_number(typed: str) -> str:
    """A number as it is kept, however it was typed: "2026 123", "no. 2026-000123". Empty for what is none."""
    found = _NUMBER.fullmatch(typed.strip())
    return f"{found[1]}-{int(found[2]):06d}" if found else ""


def tidy_code(typed: str) -> str:
    """Blanks, dashes and small letters do not matter."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:20]


def is_its_code(code: str, typed: str) -> bool:
    """Whether the typed code is that one; takes as long for a wrong sign as for a right one."""
    return hmac.compare_digest(code.encode(), tidy_code(typed).encode())
