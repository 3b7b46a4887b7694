"""A packed box, drawn: nobody's real box is photographed for a story."""

import io
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw, ImageFont

SIZE = (800, 560)
FLOOR, WOOD, INSIDE, INK, PAPER = (214, 206, 190), (142, 104, 62), (196, 160, 112), (38, 34, 28), (250, 247, 238)
THINGS = ((92, 122, 140), (168, 92, 74), (118, 132, 86), (196, 168, 84), (112, 96, 128))


def packed_box(name: str, parts: Sequence[str]) -> bytes:
    """The box from above, a JPEG: a tray for each part with a label on it, the same box each time."""
    picture = Image.new("RGB", SIZE, FLOOR)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((40, 40, 760, 520), 14, fill=WOOD)
    pen.text((64, 52), name, fill=PAPER, font=ImageFont.load_default(26))
    hand = Random(name)
    for place, (left, top, right, bottom) in enumerate(_trays(len(parts))):
        pen.rectangle((left, top, right, bottom), fill=INSIDE)
        _fill(pen, hand, (left + 10, top + 10, right - 10, bottom - 44), THINGS[place % len(THINGS)])
        pen.rectangle((left + 8, bottom - 36, right - 8, bottom - 8), fill=PAPER)
        pen.text((left + 14, bottom - 32), _short(parts[place]), fill=INK, font=ImageFont.load_default(16))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=72)
    return out.getvalue()


def _trays(count: int) -> list[tuple[int, int, int, int]]:
    """Two rows of trays; the upper one has the odd tray."""
    upper = (count + 1) // 2
    rows = [(96, 292, upper), (304, 500, count - upper)] if count > upper else [(96, 500, upper)]
    found = []
    for top, bottom, number in rows:
        width = 680 / number
        found += [(int(60 + n * width), top, int(60 + (n + 1) * width) - 12, bottom) for n in range(number)]
    return found


def _fill(
    pen: ImageDraw.ImageDraw, hand: Random, tray: tuple[int, int, int, int], colour: tuple[int, int, int]
) -> None:
    """Some things that lie in rows, as somebody careful would put them."""
    left, top, right, bottom = tray
    width, height = hand.choice(((18, 60), (44, 44), (70, 22), (26, 26)))
    for x in range(left, right - width, width + 8):
        for y in range(top, bottom - height, height + 8):
            shade = hand.randint(-14, 14)
            pen.rounded_rectangle((x, y, x + width, y + height), 5, fill=tuple(c + shade for c in colour))


def _short(label: str) -> str:
    return label if len(label) <= 22 else f"{label[:21].rstrip()}…"
