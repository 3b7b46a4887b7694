"""A picture, smaller, for pages and lists; of a moving one its first moment. Loaded by ``reading_child`` alone."""

from typing import IO, Any

from PIL import Image

WIDTH, HEIGHT = 1000, 3000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def read(kind: str, source: IO[bytes], answer: Any) -> int:
    Image.MAX_IMAGE_PIXELS = 120_000_000
    with Image.open(source, formats=FORMATS) as picture:
        # A JPEG is read at the size that is wanted.
        picture.draft("RGB", (WIDTH, HEIGHT))
        # Transparent places stay so.
        form = "RGBA" if picture.has_transparency_data else "RGB"
        small: Image.Image = picture
        if picture.mode not in ("RGB", "RGBA", "L"):
            small = picture.convert(form)
        # Where it lies: a large one is not held twice.
        small.thumbnail((WIDTH, HEIGHT))
        answer.picture(small.convert(form))
    return 0
