"""A 3D model, seen from above one corner, as a picture: enough to tell a wheel from a gripper. Loaded by ``reading_child`` alone.

Each face is filled in the grey of its slope, the furthest first. STL (both kinds) and PLY (ASCII and little-endian).
"""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import IO, Any

from PIL import Image, ImageDraw

Point = tuple[float, float, float]
Face = tuple[Point, Point, Point]
MOST_FACES = 150_000
SIZE, EDGE = 800, 40
TURN, TILT = pi / 5, pi / 7
FACET = struct.Struct("<12x9f2x")
VERTEX = re.compile(rb"vertex\s+(\S+)\s+(\S+)\s+(\S+)")
TYPES = {
    **dict.fromkeys(("char", "int8"), "b"),
    **dict.fromkeys(("uchar", "uint8"), "B"),
    **dict.fromkeys(("short", "int16"), "h"),
    **dict.fromkeys(("ushort", "uint16"), "H"),
    **dict.fromkeys(("int", "int32"), "i"),
    **dict.fromkeys(("uint", "uint32"), "I"),
    **dict.fromkeys(("float", "float32"), "f"),
    **dict.fromkeys(("double", "float64"), "d"),
}


def read(kind: str, source: IO[bytes], answer: Any) -> int:
    content = source.read()
    faces = ply(content) if kind == "ply" else stl(content)
    found: list[Face] = []
    for face in faces:
        found.append(face)
        if len(found) > MOST_FACES:
            answer.reason("many-faces")
            return 0
    if not found:
        raise ValueError("no face in it")
    answer.picture(drawn(found))
    return 0


def stl(content: bytes) -> Iterator[Face]:
    count = struct.unpack_from("<I", content, 80)[0] if len(content) >= 84 else 0
    if count and len(content) == 84 + 50 * count:
        for facet in FACET.iter_unpack(memoryview(content)[84:]):
            yield facet[0:3], facet[3:6], facet[6:9]
        return
    corners: list[Point] = []
    for vertex in VERTEX.finditer(content):
        corners.append((float(vertex[1]), float(vertex[2]), float(vertex[3])))
        if len(corners) == 3:
            yield corners[0], corners[1], corners[2]
            corners = []


def ply(content: bytes) -> Iterator[Face]:
    head, _end, body = content.partition(b"end_header")
    body = body.removeprefix(b"\r").removeprefix(b"\n")
    lines = [line.split() for line in head.decode("ascii", "replace").splitlines()]
    elements: list[tuple[str, int, list[list[str]]]] = []
    for line in lines:
        if line[:1] == ["element"]:
            elements.append((line[1], int(line[2]), []))
        elif line[:1] == ["property"]:
            elements[-1][2].append(line[1:])
    values = Ascii(body) if ["format", "ascii", "1.0"] in lines else Binary(body)
    corners: list[Point] = []
    for name, count, properties in elements:
        for _number in range(count):
            row = {told[-1]: values.take(told[:-1]) for told in properties}
            if name == "vertex":
                corners.append((row["x"], row["y"], row["z"]))
            elif name == "face":
                ring = row.get("vertex_indices") or row.get("vertex_index") or []
                for second, third in pairwise(ring[1:]):
                    yield corners[ring[0]], corners[second], corners[third]


class Ascii:
    """The numbers of an ASCII file, one after the other."""

    def __init__(self, body: bytes) -> None:
        self._numbers = iter(body.split())

    def take(self, told: list[str]) -> Any:
        if told[0] == "list":
            return [int(next(self._numbers)) for _each in range(int(next(self._numbers)))]
        return float(next(self._numbers))


class Binary:
    """The numbers of a little-endian file."""

    def __init__(self, body: bytes) -> None:
        self._body, self._place = body, 0

    def take(self, told: list[str]) -> Any:
        if told[0] == "list":
            return [self._number(told[2]) for _each in range(self._number(told[1]))]
        return self._number(told[0])

    def _number(self, kind: str) -> Any:
        form = "<" + TYPES[kind]
        value = struct.unpack_from(form, self._body, self._place)[0]
        self._place += struct.calcsize(form)
        return value


def drawn(faces: list[Face]) -> Any:
    turned = [tuple(turn(corner) for corner in face) for face in faces]
    across = [corner[0] for face in turned for corner in face]
    up = [corner[1] for face in turned for corner in face]
    size = max(max(across) - min(across), max(up) - min(up)) or 1.0
    scale = (SIZE - 2 * EDGE) / size
    left, top = (SIZE - scale * (max(across) + min(across))) / 2, (SIZE + scale * (max(up) + min(up))) / 2
    picture = Image.new("RGB", (SIZE, SIZE), "white")
    pen = ImageDraw.Draw(picture)
    for face in sorted(turned, key=lambda face: sum(corner[2] for corner in face)):
        grey = shade(face)
        pen.polygon([(left + scale * x, top - scale * y) for x, y, _depth in face], fill=(grey, grey, grey + 12))
    return picture


def turn(corner: Point) -> Point:
    """Seen from the front, a quarter to the side and a little from above; the third number says how near it is."""
    x, y, z = corner
    x, y = x * cos(TURN) - y * sin(TURN), x * sin(TURN) + y * cos(TURN)
    return x, z * cos(TILT) + y * sin(TILT), z * sin(TILT) - y * cos(TILT)


def shade(face: Any) -> int:
    """Light from over the left shoulder; both sides of a face are alike, since models turn them as they like."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = face
    ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
    nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
    length = hypot(nx, ny, nz) or 1.0
    return 60 + round(170 * abs(-0.3 * nx + 0.55 * ny + 0.78 * nz) / length)
