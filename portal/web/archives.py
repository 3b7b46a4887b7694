"""Zip archives that come in (office documents are zips too): what may be inside, and how much, before anything opens them.

Sizes that an archive states are not believed: every member is unpacked once, counted, and thrown away. Overlapping
members are refused here because Python before 3.11.8 does not notice them (CVE-2024-0450).
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

CHUNK = 1 << 16
LOCAL_HEADER = struct.Struct("<4s22xHH")
# A ratio says nothing about small members: a page of blanks shrinks a thousandfold.
RATIO_FROM = 1_000_000
PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    OSError,
)


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold: bytes unpacked, unpacked to packed bytes, and number of members."""

    unpacked: int = 500_000_000
    ratio: int = 100
    entries: int = 10_000


class ArchiveRefused(Exception):
    """``reason``: ``damaged``, ``locked``, ``too-many``, ``too-large``, ``path``, ``link``, ``overlap``."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(f"{reason}: {name}")
        self.reason = reason
        self.name = name


Look = Callable[[str, bytes], None]


def check_archive(stream: IO[bytes], limits: Limits | None = None, look: Look | None = None) -> list[str]:
    """The names of the members of a sound archive; raises ``ArchiveRefused``.

    ``look`` is handed each member's name and content piece by piece and may raise to refuse it.
    """
    limits = limits or Limits()
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            _check_directory(members, limits)
            _check_layout(archive, members, stream)
            _unpack(archive, members, limits, look)
            return [member.filename for member in members]
    except ArchiveRefused:
        raise
    except BROKEN as error:
        raise ArchiveRefused("damaged", str(error)) from error
    finally:
        stream.seek(0)


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the archive says of itself, before a byte is unpacked."""
    if len(members) > limits.entries:
        raise ArchiveRefused("too-many")
    if sum(member.file_size for member in members) > limits.unpacked:
        raise ArchiveRefused("too-large")
    seen: set[str] = set()
    for member in members:
        if member.flag_bits & 0x1:
            raise ArchiveRefused("locked", member.filename)
        if not is_safe_path(member.orig_filename) or member.filename.casefold() in seen:
            raise ArchiveRefused("path", member.filename)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ArchiveRefused("link", member.filename)
        if member.file_size > RATIO_FROM and member.file_size > limits.ratio * max(member.compress_size, 1):
            raise ArchiveRefused("too-large", member.filename)
        if member.compress_type not in PLAIN_METHODS:
            raise ArchiveRefused("damaged", member.filename)
        seen.add(member.filename.casefold())


def is_safe_path(name: str) -> bool:
    """A relative path that stays below where it is unpacked, on every system."""
    parts = name.replace("\\", "/").split("/")
    absolute = not parts[0] or ":" in parts[0]
    return not absolute and ".." not in parts and "\0" not in name and len(name) < 1000


def _check_layout(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], stream: IO[bytes]) -> None:
    """Members stand one after the other from the first byte to the directory, and never share bytes."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end or (end == 0 and member.header_offset):
            raise ArchiveRefused("overlap", member.filename)
        stream.seek(member.header_offset)
        mark, name_length, extra_length = LOCAL_HEADER.unpack(stream.read(LOCAL_HEADER.size))
        if mark != b"PK\x03\x04":
            raise ArchiveRefused("damaged", member.filename)
        end = member.header_offset + LOCAL_HEADER.size + name_length + extra_length + member.compress_size
    if end > archive.start_dir:
        raise ArchiveRefused("overlap")


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits, look: Look | None) -> None:
    total = 0
    for member in members:
        if member.is_dir():
            continue
        size = 0
        with archive.open(member) as content:
            while chunk := content.read(CHUNK):
                size += len(chunk)
                total += len(chunk)
                if total > limits.unpacked or (
                    size > RATIO_FROM and size > limits.ratio * max(member.compress_size, 1)
                ):
                    raise ArchiveRefused("too-large", member.filename)
                if look:
                    look(member.filename, chunk)
