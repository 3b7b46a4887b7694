"""Signed, one-purpose links for mails: a random token in the address, its hash in the database.

The token itself is never stored: whoever reads the database can't use a link.
"""

import hashlib
import secrets

from flask import current_app, url_for


def new_token() -> str:
    """128 bits, short enough to type from a printed mail."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def absolute(endpoint: str, **values: object) -> str:
    """The full address of a page, for mails; from the configured address, never from the request's Host header."""
    path = url_for(endpoint, _external=False, **values)  # type: ignore[arg-type]
    return f"{current_app.config['PORTAL_URL']}{path}"
