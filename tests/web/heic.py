"""HEIC pictures for tests, as telephones write them: tiles joined to one picture, turned by the container.

Nothing here can encode HEVC. ``pictures/tile.heic`` is one tile of 512 by 512 dots, white with a red corner at the top left,
with Exif of a camera and a place, made by ``heif-enc -q 40 tile.jpg`` (Debian's libheif-examples 1.15). The containers
around copies of it are written here, box by box (ISO/IEC 23008-12).
"""

import struct
from dataclasses import dataclass
from pathlib import Path

TILE = Path(__file__).parent / "pictures" / "tile.heic"
SIDE = 512


def picture(columns: int = 1, rows: int = 1, quarters: int = 0, says: tuple[int, int] | None = None) -> bytes:
    """A picture of so many tiles, turned by quarters against the clock. ``says`` is a size that its header claims."""
    tile = _Tile.read(TILE.read_bytes())
    width, height = says or (columns * SIDE, rows * SIDE)
    count = columns * rows
    plan = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)
    # The picture itself is item 1, its tiles follow; they share the same bytes.
    head = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    meta = _meta(tile, (width, height), quarters, count, (0, 0))
    start = len(head) + len(meta) + 8
    meta = _meta(tile, (width, height), quarters, count, (start, start + len(plan)))
    return head + meta + _box(b"mdat", plan + tile.data)


@dataclass(frozen=True)
class _Tile:
    """The decoder's settings and the dots of one tile."""

    settings: bytes
    data: bytes

    @classmethod
    def read(cls, content: bytes) -> "_Tile":
        place = content.index(b"hvcC") - 4
        settings = content[place : place + struct.unpack_from(">I", content, place)[0]]
        # Item 1 of two: its number, a reference, where it starts, how many parts, and the one part from there on.
        where = content.index(b"iloc") + 4 + 4 + 2 + 2
        _number, _reference, base, _parts, offset, length = struct.unpack_from(">HHIHII", content, where)
        return cls(settings, content[base + offset : base + offset + length])


def _meta(tile: _Tile, size: tuple[int, int], quarters: int, count: int, places: tuple[int, int]) -> bytes:
    ids = range(2, count + 2)
    kinds = [_item(1, b"grid"), *(_item(number, b"hvc1") for number in ids)]
    spots = [_spot(1, places[0], 8), *(_spot(number, places[1], len(tile.data)) for number in ids)]
    traits = [tile.settings, _size(SIDE, SIDE), _size(*size), _box(b"irot", bytes((quarters,)))]
    hung = [_hang(1, 3, 0x80 | 4), *(_hang(number, 0x80 | 1, 2) for number in ids)]
    made_of = struct.pack(f">HH{count}H", 1, count, *ids)
    return _full(
        b"meta",
        _full(b"hdlr", b"\0\0\0\0pict" + bytes(13))
        + _full(b"pitm", struct.pack(">H", 1))
        + _full(b"iloc", struct.pack(">BBH", 0x44, 0, count + 1) + b"".join(spots))
        + _full(b"iinf", struct.pack(">H", count + 1) + b"".join(kinds))
        + _full(b"iref", _box(b"dimg", made_of))
        + _box(
            b"iprp", _box(b"ipco", b"".join(traits)) + _full(b"ipma", struct.pack(">I", count + 1) + b"".join(hung))
        ),
    )


def _item(number: int, kind: bytes) -> bytes:
    return _full(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", version=2)


def _spot(number: int, offset: int, length: int) -> bytes:
    return struct.pack(">HHHII", number, 0, 1, offset, length)


def _hang(number: int, *traits: int) -> bytes:
    return struct.pack(">HB", number, len(traits)) + bytes(traits)


def _size(width: int, height: int) -> bytes:
    return _full(b"ispe", struct.pack(">II", width, height))


def _full(name: bytes, body: bytes, version: int = 0) -> bytes:
    return _box(name, bytes((version, 0, 0, 0)) + body)


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body
