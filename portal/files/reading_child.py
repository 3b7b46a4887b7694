"""Reads one file in a process of its own: ``python -P reading_child.py kind < file``.

What people send was made by programs nobody knows, and those who read it are large programs in C. So they run here, with
bounds on memory and time that the operating system keeps. Nothing of the portal is imported.

The answer is told piece by piece, so that what was found before a crash is not lost: lines of JSON, ``{"text": …}``,
``{"pages": 3}``, ``{"reason": …}``, and ``{"picture": bytes}`` with that many bytes of WebP behind it; the first of
these is small, for lists.
"""

import importlib.util
import io
import json
import re
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

MEMORY = 1 << 30
# Processor seconds; a reader that draws stops by itself at half of them.
SECONDS = 40
OUTPUT = 40_000_000
MOST_TEXT = 100_000
MOST_PICTURES = 12
WIDTH, HEIGHT, SMALL = 1000, 3000, 240
QUALITY = 80
LOCKED, UNREADABLE = 3, 5
# Between the pages of a document, the slides of a show, the sheets of a workbook.
PAGE = "\f"

# Which reader knows a kind of file: ``reading_child_<reader>.py`` beside this file.
READERS = {
    "pdf": "pdf",
    "docx": "office",
    "pptx": "office",
    "odt": "opendocument",
    "odp": "opendocument",
    "xlsx": "sheets",
    "ods": "sheets",
    **dict.fromkeys(("text", "markdown", "csv", "vtt", "page", "zip"), "texts"),
    **dict.fromkeys(("jpeg", "png", "gif", "webp"), "pictures"),
    **dict.fromkeys(("stl", "ply"), "models"),
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r" ?\n ?(?:\n ?)+")


class Answer:
    """What a reader hands over as it goes."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._left = MOST_TEXT
        self._pictures = 0
        self._began = time.process_time()

    @property
    def wants_text(self) -> bool:
        return self._left > 0

    @property
    def wants_pictures(self) -> bool:
        return self._pictures < MOST_PICTURES and time.process_time() - self._began < SECONDS / 2

    def text(self, text: str) -> None:
        """A page of text, or a part of one; what is too long is cut, and that is said."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "-")
        text = _LINES.sub("\n\n", _BLANKS.sub(" ", _CONTROL.sub("", text))).strip(" \n")
        if not text or not self.wants_text:
            return
        if len(text) > self._left:
            self.reason("cut")
        self._tell(text=text[: self._left])
        # The mark between two pages counts too.
        self._left -= len(text) + 1

    def pages(self, count: int) -> None:
        self._tell(pages=count)

    def reason(self, code: str) -> None:
        """Why something is missing: see ``reading_reasons.py``."""
        self._tell(reason=code)

    def picture(self, picture: Any) -> None:
        """A page, or the whole picture; made smaller where it is large."""
        if not self._pictures:
            self._send(picture, SMALL, SMALL * 2)
        self._send(picture, WIDTH, HEIGHT)
        self._pictures += 1

    def _send(self, picture: Any, width: int, height: int) -> None:
        smaller = picture.copy()
        smaller.thumbnail((width, height))
        packed = io.BytesIO()
        smaller.save(packed, "WEBP", quality=QUALITY)
        self._tell(picture=len(packed.getvalue()))
        self._output.write(packed.getvalue())
        self._output.flush()

    def _tell(self, **what: object) -> None:
        self._output.write(json.dumps(what).encode() + b"\n")
        self._output.flush()


def main() -> int:
    set_bounds()
    kind = sys.argv[1]
    try:
        # By its path, since ``-P`` and the bare environment know no package of ours.
        place = Path(__file__).with_name(f"reading_child_{READERS[kind]}.py")
        spec = importlib.util.spec_from_file_location(place.stem, place)
        assert spec and spec.loader
        reader = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(reader)
        return int(reader.read(kind, sys.stdin.buffer, Answer(sys.stdout.buffer)) or 0)
    # A panic of a reader is no Exception, and what is raised depends on where the file is broken.
    except BaseException:
        return UNREADABLE


def set_bounds() -> None:
    # macOS refuses some of these bounds; there only the time is bounded.
    for bound, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(bound, (most, most))


if __name__ == "__main__":
    sys.exit(main())
