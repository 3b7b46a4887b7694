"""Sealing private texts: AES-GCM with a key that lies outside the database.

A text is bound to the thing it belongs to, to whom it was sealed for, and to its layer: moved to another row it can't be
opened. A key that is lost or wrong is said plainly (``KeyIsMissing``) and breaks nothing else. A text has named fields
(where we parked, what works…), sealed together as JSON; texts from before there were fields are one plain string.

One key seals; older ones that lie beside it still open what they sealed (``keyring``). A caller hands over the one that
seals and need not know of the others.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from portal.mentoring.models import SealedText

# The file of the key in ``instance/keys``; older ones are ``mentoring-old-…``.
NAME = "mentoring"
NONCE_BYTES = 12
# In front of sealed JSON; no keyboard types it.
FIELDS = "\x1e"
# What a text without fields holds, by its layer.
PLAIN = {"we_two": "parked", "only_me": "note"}
# Texts of talks were sealed under this name before other things had any.
NAMES = {"talk": "sealed_note"}


class KeyIsMissing(Exception):
    """The key that sealed a text is not the one at hand."""


def key_id(key: bytes) -> str:
    """A short name of a key, stored beside what it sealed; says nothing about the key."""
    return hashlib.sha256(b"staffroom key:" + key).hexdigest()[:16]


def keyring() -> dict[str, bytes]:
    """Every key at hand by its short name: the one that seals now, and old ones that lie beside it."""
    settings = current_app.config["SETTINGS"]
    return {key_id(key): key for key in (*settings.old_keys(NAME), settings.key(NAME))}


def seal(key: bytes, thing: str, thing_id: int, sealed_for: int, layer: str, fields: Mapping[str, str]) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = FIELDS + json.dumps(dict(fields), ensure_ascii=False)
    return nonce + AESGCM(key).encrypt(nonce, plain.encode(), _bound_to(thing, thing_id, sealed_for, layer))


def unseal(key: bytes, text: SealedText) -> dict[str, str]:
    """The fields of a text. Raises KeyIsMissing where its key is not at hand and for a row that was tampered with.

    ``key`` is the one that seals now; without it nothing is opened, whatever else lies beside it.
    """
    nonce, sealed = text.sealed[:NONCE_BYTES], text.sealed[NONCE_BYTES:]
    bound = _bound_to(text.thing, text.thing_id, text.sealed_for, text.layer)
    fitting = key if text.key_id == key_id(key) else (keyring().get(text.key_id) if key else None)
    if fitting is None:
        raise KeyIsMissing
    try:
        plain = AESGCM(fitting).decrypt(nonce, sealed, bound).decode()
    except InvalidTag as error:
        raise KeyIsMissing from error
    if plain.startswith(FIELDS):
        fields: dict[str, str] = json.loads(plain[len(FIELDS) :])
        return fields
    return {PLAIN.get(text.layer, "text"): plain}


def _bound_to(thing: str, thing_id: int, sealed_for: int, layer: str) -> bytes:
    return f"{NAMES.get(thing, thing)}:{thing_id}:{sealed_for}:{layer}".encode()
