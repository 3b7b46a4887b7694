"""The secret addresses of feeds: a person, perhaps a network, and a number that ends them, signed and not stored."""

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, Signer

from portal.web.links import absolute


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says. ``network_id`` of 0: everything that the person has booked, in all networks."""

    person_id: int
    network_id: int
    version: int


def feed_token(person_id: int, network_id: int, version: int) -> str:
    numbers = ".".join(f"{number:x}" for number in (person_id, network_id, version))
    return _signer().sign(numbers).decode()


def read_token(token: str) -> Address | None:
    """What a token says, or None for anything that we did not sign."""
    try:
        numbers = _signer().unsign(token).decode()
        return Address(*(int(number, 16) for number in numbers.split(".")))
    except (BadSignature, UnicodeError, ValueError, TypeError):
        return None


def feed_url(person_id: int, network_id: int, version: int) -> str:
    return absolute("feeds.follow", feed_token=feed_token(person_id, network_id, version))


def subscribing(url: str) -> str:
    """The same address in the scheme that opens a calendar program instead of a browser."""
    return "webcal:" + url.partition(":")[2]


def _signer() -> Signer:
    return Signer(str(current_app.secret_key), salt="staffroom.feeds")
