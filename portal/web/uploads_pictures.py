"""Pictures are drawn anew: what leaves is dots and nothing else. Place, camera, thumbnail and remarks stay behind."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from portal.web import uploads_refusals as words
from portal.web.uploads_kinds import Kind
from portal.web.uploads_refusals import UploadRefused

FORMATS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
# 40 million dots take 160 MB while they are drawn anew. A JPEG beyond that is read at half its size.
MOST_DOTS = 40_000_000
MOST_DOTS_OF_JPEG = 120_000_000
MOST_DOTS_OF_FILM = 50_000_000
MOST_FRAMES = 600
QUALITY = 85
KEPT = ("transparency", "loop", "duration", "disposal", "background")

TOO_MANY_DOTS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What the library raises for a broken file depends on where it is broken.
BROKEN = (
    *(UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError),
    *(IndexError, TypeError, KeyError, MemoryError, struct.error, zlib.error),
)

# The library's own bound, for whatever opens a picture elsewhere in this process.
Image.MAX_IMAGE_PIXELS = MOST_DOTS_OF_JPEG


def drawn_anew(stream: IO[bytes], kind: Kind) -> IO[bytes]:
    """The picture with its orientation applied and without any of its metadata, moving ones still moving.

    Raises ``UploadRefused`` when it is no picture of this kind or has too many dots.
    """
    stream.seek(0)
    target = io.BytesIO()
    try:
        with Image.open(stream, formats=[FORMATS[kind.key]]) as picture:
            _check_size(picture)
            save = _save_moving if getattr(picture, "is_animated", False) else _save_still
            save(picture, target)
    except TOO_MANY_DOTS:
        raise UploadRefused(words.PICTURE_LARGE, "picture-large") from None
    except BROKEN:
        raise UploadRefused(words.DAMAGED, "not-picture") from None
    target.seek(0)
    return target


def _check_size(picture: Image.Image) -> None:
    """From the header alone, before a dot is unpacked."""
    dots = picture.width * picture.height
    frames = getattr(picture, "n_frames", 1)
    if dots > (MOST_DOTS_OF_JPEG if picture.format == "JPEG" else MOST_DOTS):
        raise UploadRefused(words.PICTURE_LARGE, "picture-large")
    if frames > MOST_FRAMES or dots * frames > MOST_DOTS_OF_FILM:
        raise UploadRefused(words.FILM_LONG, "film-long")


def _save_still(picture: Image.Image, target: IO[bytes]) -> None:
    if picture.format == "JPEG" and picture.width * picture.height > MOST_DOTS:
        picture.draft("RGB", (picture.width // 2, picture.height // 2))
    form = picture.format or ""
    bare = _bare(_in_usual_colours(ImageOps.exif_transpose(picture)))
    if form == "JPEG" and bare.mode not in ("RGB", "L"):
        bare = bare.convert("RGB")
    options = {"quality": QUALITY} if form in ("JPEG", "WEBP") else {}
    bare.save(target, form, **options, **_transparency(bare))


def _save_moving(picture: Image.Image, target: IO[bytes]) -> None:
    form = picture.format or ""
    loop = picture.info.get("loop", 1)
    durations: list[int] = []
    frames = _frames(picture, durations)
    first = next(frames)
    # Durations are known only after all frames are read, and each frame only lives while it is written.
    rest = list(frames)
    options = {"quality": QUALITY} if form == "WEBP" else {"disposal": 2}
    first.save(target, form, save_all=True, append_images=rest, duration=durations, loop=loop, **options)


def _frames(picture: Image.Image, durations: list[int]) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(picture):
        durations.append(max(20, int(frame.info.get("duration") or 100)))
        yield _bare(frame.convert("RGBA"))


def _in_usual_colours(picture: Image.Image) -> Image.Image:
    """In sRGB: the colour profile of a camera can name the camera, and without it the colours would change."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return picture
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        return changed or picture
    return picture


def _bare(picture: Image.Image) -> Image.Image:
    picture.info = {name: value for name, value in picture.info.items() if name in KEPT}
    return picture


def _transparency(picture: Image.Image) -> dict[str, Any]:
    return {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}
