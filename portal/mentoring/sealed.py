"""Sealing private texts: AES-GCM with a key that lies outside the database.

A text is bound to the thing it belongs to, to whom it was sealed for, and to its layer: moved to another row it can't be
opened. A key that is lost or wrong is said plainly (``KeyIsMissing``) and breaks nothing else. A text has named fields
(where we parked, what works…), sealed together as JSON; texts from before there were fields are one plain string.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.mentoring.models import SealedText

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


def seal(key: bytes, thing: str, thing_id: int, sealed_for: int, layer: str, fields: Mapping[str, str]) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = FIELDS + json.dumps(dict(fields), ensure_ascii=False)
    return nonce + AESGCM(key).encrypt(nonce, plain.encode(), _bound_to(thing, thing_id, sealed_for, layer))


def unseal(key: bytes, text: SealedText) -> dict[str, str]:
    """The fields of a text. Raises KeyIsMissing for another key or a row that was tampered with."""
    nonce, sealed = text.sealed[:NONCE_BYTES], text.sealed[NONCE_BYTES:]
    bound = _bound_to(text.thing, text.thing_id, text.sealed_for, text.layer)
    if text.key_id != key_id(key):
        raise KeyIsMissing
    try:
        plain = AESGCM(key).decrypt(nonce, sealed, bound).decode()
    except InvalidTag as error:
        raise KeyIsMissing from error
    if plain.startswith(FIELDS):
        fields: dict[str, str] = json.loads(plain[len(FIELDS) :])
        return fields
    return {PLAIN.get(text.layer, "text"): plain}


def _bound_to(thing: str, thing_id: int, sealed_for: int, layer: str) -> bytes:
    return f"{NAMES.get(thing, thing)}:{thing_id}:{sealed_for}:{layer}".encode()
