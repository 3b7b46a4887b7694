"""Addresses that are keys: whoever has the link of a mail, a receipt, a kiosk or a feed opens what it opens."""

from flask import request

# How the parts of an address are called that open something by themselves.
_KEYS = ("token", "pass", "receipt")


def is_a_key() -> bool:
    """Whether this request's address opens its page by itself; of a certificate the check code does."""
    return bool(_parts()) or bool(request.args.get("code"))


def path_for_the_log() -> str:
    """The path without its key: who reads the log may not open the page."""
    path = request.path
    for name, value in _parts().items():
        path = path.replace(value, f"<{name}>")
    return path


def _parts() -> dict[str, str]:
    return {name: value for name, value in (request.view_args or {}).items() if name.endswith(_KEYS) and value}
