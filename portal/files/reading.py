"""Looking into one stored file, in a process of its own that may crash, hang or eat memory without harm to ours."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from portal.files import reading_child as child
from portal.files import reading_reasons as why
from portal.web.apart import run_apart

# Seconds by the clock on the wall: for a reader that waits instead of working.
PATIENCE = 60.0
MOST_LINE = 2_000_000
MOST_PICTURE = 5_000_000
# Where no words are worth a remark. Models and pictures have none; nobody expects any in a film.
WITH_WORDS = {"pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "page"}


@dataclass
class Found:
    """What was found. ``pictures``: the small one first. ``is_final`` is False when another try may find more."""

    text: str = ""
    pages: int | None = None
    pictures: list[bytes] = field(default_factory=list)
    reason: str = ""
    is_final: bool = True

    @property
    def has_something(self) -> bool:
        return bool(self.text or self.pictures)


def can_be_read(kind: str) -> bool:
    """Whether anything in this kind of file is read at all: films and sound are only played."""
    return kind in child.READERS


def look_into(path: Path, kind: str) -> Found:
    """The words and pictures of a file, as far as it could be read. Never raises for what is in it."""
    try:
        with path.open("rb") as source, TemporaryFile() as output:
            code = run_apart(child.__file__, kind, source=source, output=output, patience=PATIENCE)
            output.seek(0)
            return _judged(_told(output), code, kind)
    except FileNotFoundError:
        return Found(reason=why.GONE)


def _judged(found: Found, code: int, kind: str) -> Found:
    if code == 0:
        if not found.text and not found.reason and kind in WITH_WORDS:
            found.reason = why.NO_WORDS
    elif found.has_something:
        # A crash on page nine takes nothing from the eight before it.
        found.reason = why.BROKEN_OFF
    elif code in (child.LOCKED, child.UNREADABLE):
        found.reason = why.LOCKED if code == child.LOCKED else why.DAMAGED
    else:
        # Ended by the system or by our patience: perhaps only because the machine was busy.
        found.reason, found.is_final = why.DIED, False
    return found


def _told(output: IO[bytes]) -> Found:
    """What the reader said until it ended, believed no further than it must be: it may have been taken over."""
    found = Found()
    parts: list[str] = []
    while (piece := _piece(output)) is not None:
        if isinstance(text := piece.get("text"), str):
            parts.append(text if text.endswith(child.PAGE) else f"{text}\n\n")
        if isinstance(pages := piece.get("pages"), int):
            found.pages = max(0, min(pages, 100_000))
        if piece.get("reason") in why.SENTENCES:
            found.reason = piece["reason"]
        if isinstance(size := piece.get("picture"), int):
            picture = output.read(max(0, min(size, MOST_PICTURE)))
            # Cut off in the middle, or no such picture.
            if len(picture) != size or picture[:4] != b"RIFF" or picture[8:12] != b"WEBP":
                break
            if len(found.pictures) <= child.MOST_PICTURES:
                found.pictures.append(picture)
    found.text = "".join(parts).rstrip()[: child.MOST_TEXT]
    if len(found.pictures) < 2:
        found.pictures = []
    return found


def _piece(output: IO[bytes]) -> dict[str, Any] | None:
    try:
        piece = json.loads(output.readline(MOST_LINE))
    except ValueError:
        return None
    return piece if isinstance(piece, dict) else None
