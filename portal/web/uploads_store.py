"""Where bytes lie: under their own SHA-256, whole or not at all, the same bytes once."""

import hashlib
import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple

CHUNK = 1 << 18
A_DAY = 86_400
_DIGEST = re.compile(r"[0-9a-f]{64}")
INCOMING = "incoming"


class Stored(NamedTuple):
    """``digest`` is the SHA-256 in hex, ``size`` is bytes."""

    digest: str
    size: int


class ContentStore:
    """A folder of files named by their content: ``ab/cd/abcd…``. They never change; only a sweep removes them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, stream: IO[bytes]) -> Stored:
        """Keep what the stream still holds. When this returns it is on the disk; when it raises, nothing is left behind.

        The order is what makes it safe: temporary file, fsync, rename, fsync of the folder; only then may a row name it.
        """
        incoming = self.root / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        known = hashlib.sha256()
        size = 0
        with NamedTemporaryFile(dir=incoming, delete=False) as temporary:
            try:
                while chunk := stream.read(CHUNK):
                    known.update(chunk)
                    size += temporary.write(chunk)
                temporary.flush()
                os.fsync(temporary.fileno())
                self._settle(Path(temporary.name), known.hexdigest())
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(temporary.name)
        return Stored(known.hexdigest(), size)

    def _settle(self, temporary: Path, digest: str) -> None:
        place = self.path(digest)
        missing = [folder for folder in (place.parent.parent, place.parent) if not folder.is_dir()]
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.chmod(0o640)
        temporary.replace(place)
        for folder in (place.parent, *(new.parent for new in missing)):
            _sync_folder(folder)

    def path(self, digest: str) -> Path:
        """Where these bytes lie, or would lie. ``ValueError`` for anything that is no digest."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not a SHA-256 in hex")
        return self.root / digest[:2] / digest[2:4] / digest

    def open(self, digest: str) -> IO[bytes]:
        """The bytes, for reading. ``FileNotFoundError`` when they are not here."""
        return self.path(digest).open("rb")

    def verify(self, digest: str) -> bool:
        """Whether the bytes are here and still what their name says."""
        try:
            with self.path(digest).open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == digest
        except OSError:
            return False

    def digests(self) -> Iterator[str]:
        """Everything that lies here."""
        for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if _DIGEST.fullmatch(path.name):
                yield path.name

    def orphans(self, known: Collection[str], older_than: float = A_DAY) -> Iterator[str]:
        """What no row names. Only what is at least ``older_than`` seconds old: a form may be on its way to its row."""
        latest = time.time() - older_than
        for digest in self.digests():
            if digest not in known:
                with suppress(FileNotFoundError):
                    if self.path(digest).stat().st_mtime <= latest:
                        yield digest

    def remove(self, digest: str) -> None:
        """Take bytes away for good; quiet when they are gone already."""
        self.path(digest).unlink(missing_ok=True)

    def sweep(self, older_than: float = A_DAY) -> int:
        """Remove what a crash left half-written; returns how many."""
        latest = time.time() - older_than
        left = [path for path in (self.root / INCOMING).glob("*") if path.stat().st_mtime <= latest]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
