"""A key that proves that whoever sets up a fresh portal can read the machine's own files or log."""

import hmac
import logging
import os
import secrets
from contextlib import suppress

from portal.config import Settings
from portal.networks.queries import region

logger = logging.getLogger("staffroom")
NAME = "first-run"


def setup_key(settings: Settings) -> str:
    """The key of this instance, made when it is first asked for and readable by its owner alone."""
    path = settings.instance / "keys" / NAME
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(12))
    return path.read_text(encoding="ascii").strip()


def is_setup_key(settings: Settings, typed: str) -> bool:
    """Whether that is the key, without telling by the time it takes."""
    return hmac.compare_digest(setup_key(settings).encode(), typed.strip().encode())


def forget_setup_key(settings: Settings) -> None:
    """The portal is set up: the key has done its work."""
    with suppress(FileNotFoundError):
        (settings.instance / "keys" / NAME).unlink()


def log_setup_key(settings: Settings) -> None:
    """Say the key in the server's log, where only its keeper reads."""
    logger.warning("This portal is not set up yet. The setup key is %s", setup_key(settings))


def key_to_announce(settings: Settings) -> str | None:
    """The key for ``flask setup`` to print: only in production, and only until the portal is set up."""
    return None if settings.is_development or region() else setup_key(settings)
