"""Where the bytes lie: under their own hash, in the instance folder."""

from flask import current_app

from portal.web.uploads import ContentStore


def store() -> ContentStore:
    """The content store of this instance."""
    return ContentStore(current_app.config["SETTINGS"].store)
