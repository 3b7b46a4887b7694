"""Sealing the private layers: AES-GCM with a key that lies outside the database.

A text is bound to its talk, its author and its layer: moved to another row it can't be opened. A key that is lost or
wrong is said plainly (``KeyIsMissing``) and breaks nothing else.
"""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.mentoring.models import SealedNote

NONCE_BYTES = 12


class KeyIsMissing(Exception):
    """The key that sealed a note is not the one at hand."""


def key_id(key: bytes) -> str:
    """A short name of a key, stored beside what it sealed; says nothing about the key."""
    return hashlib.sha256(b"staffroom key:" + key).hexdigest()[:16]


def seal(key: bytes, contact_id: int, author_id: int, layer: str, text: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), _bound_to(contact_id, author_id, layer))


def unseal(key: bytes, note: SealedNote) -> str:
    """The text of a note. Raises KeyIsMissing for another key or a row that was tampered with."""
    nonce, sealed = note.sealed[:NONCE_BYTES], note.sealed[NONCE_BYTES:]
    bound = _bound_to(note.contact_id, note.author_id, note.layer)
    if note.key_id != key_id(key):
        raise KeyIsMissing
    try:
        return AESGCM(key).decrypt(nonce, sealed, bound).decode()
    except InvalidTag as error:
        raise KeyIsMissing from error


def _bound_to(contact_id: int, author_id: int, layer: str) -> bytes:
    return f"sealed_note:{contact_id}:{author_id}:{layer}".encode()
