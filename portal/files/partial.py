"""Where large files lie while they come piece by piece: one file each in a folder of the instance, under a key of ours."""

import os
import time
from collections.abc import Collection
from pathlib import Path

from flask import current_app

# Bytes of one piece at most: small enough for a slow line, and for the memory of the web process.
PIECE = 4 * 1024 * 1024
A_DAY = 86_400


def path_of_arriving(key: str) -> Path:
    """Where the pieces of ``key`` lie, or would lie. ``ValueError`` for anything that is no key."""
    if not key.isalnum() or not key.isascii() or len(key) > 64:
        raise ValueError("not a key of an upload")
    folder: Path = current_app.config["SETTINGS"].arriving
    return folder / key


def lies_there(key: str) -> int:
    """How many bytes have really come."""
    try:
        return path_of_arriving(key).stat().st_size
    except FileNotFoundError:
        return 0


def append_piece(key: str, offset: int, piece: bytes) -> None:
    """Write a piece where the last one ended. What a crash left behind that place is cut off first."""
    path = path_of_arriving(key)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(piece)


def remove_arriving(key: str) -> None:
    """Take the pieces away; quiet when they are gone already."""
    path_of_arriving(key).unlink(missing_ok=True)


def sweep_arriving(known: Collection[str], older_than: float) -> int:
    """Remove pieces that no row knows any more; returns how many. Young ones may be on their way to their row."""
    latest = time.time() - older_than
    folder: Path = current_app.config["SETTINGS"].arriving
    lost = [path for path in folder.glob("*") if path.name not in known and path.stat().st_mtime <= latest]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
