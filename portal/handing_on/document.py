"""The document that is handed on: made once, at the preview, as bytes. What arrives is those bytes and nothing else.

It holds every word that is shown, labels and dates too, in the language of the one who sends it; preview, arrival, file
and paper are all drawn from it alone.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from portal.handing_on.pieces import Piece

VERSION = 1
Shown = dict[str, Any]


def document(head: Mapping[str, Any], parts: Iterable[tuple[str, Iterable[Piece]]]) -> bytes:
    """The same head and pieces make the same bytes."""
    told = dict(head) | {
        "version": VERSION,
        "parts": [
            {
                "title": title,
                "pieces": [{"title": piece.title, "lines": [list(line) for line in piece.lines]} for piece in pieces],
            }
            for title, pieces in parts
        ],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(content: bytes) -> Shown:
    """The document as a page draws it."""
    shown: Shown = json.loads(content)
    return shown


def digest_of(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
