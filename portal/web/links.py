"""Signed, one-purpose links for mails: a random token in the address, its hash in the database.

The token itself is never stored: whoever reads the database can't use a link.
"""

import hashlib
import secrets
from urllib.parse import urlsplit

from flask import current_app


def new_token() -> str:
    """128 bits, short enough to type from a printed mail."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def absolute(endpoint: str, **values: object) -> str:
    """The full address of a page, for mails; from the configured address, never from the request's Host header."""
    address = urlsplit(current_app.config["PORTAL_URL"])
    # Bound to the configured address, so that commands and the worker can write links too.
    adapter = current_app.url_map.bind(address.netloc, script_name=address.path or "/", url_scheme=address.scheme)
    current_app.inject_url_defaults(endpoint, values)
    return adapter.build(endpoint, values, force_external=True)
