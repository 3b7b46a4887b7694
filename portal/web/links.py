"""Links for mails: a person, a thing, an act and an end, signed. Nothing of them is stored.

Whoever reads the database can't make one, and the same link stands in every mail about the thing. Those that must
work once only (an invitation) are random tokens whose hash is stored instead; see ``acts``.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from itsdangerous import BadSignature, Signer

from portal.web import clock

LONGEST = 400  # days


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed link says. ``thing_id`` is a row of whatever the act is about, 0 for nothing but the person."""

    act: str
    person_id: int
    thing_id: int
    issued_at: datetime
    ends_at: datetime

    @property
    def is_over(self) -> bool:
        return clock.now() >= self.ends_at


def new_token() -> str:
    """128 bits, short enough to type from a printed mail."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def signed_token(act: str, person_id: int, thing_id: int = 0, *, days: int) -> str:
    """``act-<person>.<thing>.<second>.<days>.<signature>``, the numbers in hexadecimal."""
    second = int(clock.now().timestamp())
    numbers = ".".join(f"{number:x}" for number in (person_id, thing_id, second, min(days, LONGEST)))
    return _signer().sign(f"{act}-{numbers}").decode()


def read_link(token: str) -> Link | None:
    """What a signed token says, or None for anything that we did not sign."""
    try:
        words = _signer().unsign(token).decode()
    except (BadSignature, UnicodeError):
        return None
    act, _dash, numbers = words.partition("-")
    person_id, thing_id, second, days = (int(number, 16) for number in numbers.split("."))
    issued = datetime.fromtimestamp(second, UTC)
    return Link(act, person_id, thing_id, issued, issued + timedelta(days=days))


def act_link(act: str, person_id: int, thing_id: int = 0, *, days: int = 30, choice: str = "") -> str:
    """The full address of an act for a mail. ``choice`` names the button that stands first on its page."""
    more = {"want": choice} if choice else {}
    return absolute("acts.open_act", act_token=signed_token(act, person_id, thing_id, days=days), **more)


def _signer() -> Signer:
    return Signer(str(current_app.secret_key), salt="staffroom.acts")


def absolute(endpoint: str, **values: object) -> str:
    """The full address of a page, for mails; from the configured address, never from the request's Host header."""
    address = urlsplit(current_app.config["PORTAL_URL"])
    # Bound to the configured address, so that commands and the worker can write links too.
    adapter = current_app.url_map.bind(address.netloc, script_name=address.path or "/", url_scheme=address.scheme)
    current_app.inject_url_defaults(endpoint, values)
    return adapter.build(endpoint, values, force_external=True)
