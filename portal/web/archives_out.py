"""One zip of many files, made while it is sent: memory stays small however large the files are."""

import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.web.uploads_names import safe_filename

CHUNK = 1 << 16
# Text shrinks; pictures, films and office files are packed already, and packing them again only takes time.
SHRINKS = (".txt", ".md", ".csv", ".tsv", ".vtt", ".html", ".stl", ".ply", ".json", ".svg")
# Same members, same bytes: the date says nothing that the reader needs.
FIRST_DATE = (1980, 1, 1, 0, 0, 0)
LARGE = 2_000_000_000


@dataclass(frozen=True)
class Member:
    """One file of an archive: its display name, its bytes or the path where they lie, and the folder it goes into."""

    name: str
    content: bytes | Path
    folder: str = ""


class _Pipe(io.RawIOBase):
    """A file that cannot go back: what is written is taken away at once."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def zip_stream(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive in pieces. Names are made harmless and unique ("plan.pdf", "plan (2).pdf"), the order is kept."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, member in unique_names(members):
            for _written in _add(archive, name, member):
                yield pipe.take()
    yield pipe.take()


def unique_names(members: Iterable[Member]) -> Iterator[tuple[str, Member]]:
    """Each member with a name that no other has, small and capital letters being the same (as on Windows)."""
    taken: set[str] = set()
    for member in members:
        place = f"{safe_filename(member.folder)}/" if member.folder else ""
        name = place + safe_filename(member.name)
        if name.casefold() in taken:
            stem, dot, ending = name.removeprefix(place).rpartition(".")
            stem, tail = (place + stem, dot + ending) if stem else (name, "")
            tried = (f"{stem} ({number}){tail}" for number in itertools.count(2))
            name = next(other for other in tried if other.casefold() not in taken)
        taken.add(name.casefold())
        yield name, member


def _add(archive: zipfile.ZipFile, name: str, member: Member) -> Iterator[None]:
    info = zipfile.ZipInfo(name, FIRST_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED if name.lower().endswith(SHRINKS) else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    size = len(member.content) if isinstance(member.content, bytes) else member.content.stat().st_size
    source = io.BytesIO(member.content) if isinstance(member.content, bytes) else member.content.open("rb")
    with source, archive.open(info, "w", force_zip64=size > LARGE) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield
    yield
