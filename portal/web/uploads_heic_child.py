"""Turns one HEIC picture into JPEG in a process of its own: ``python -P uploads_heic_child.py < picture > jpeg``.

A picture of a few kilobytes can claim gigabytes of dots, and its decoder is a large program in C. So it runs here, with
bounds on memory and time that the operating system keeps. Nothing of the portal is imported.
"""

import fcntl
import io
import resource
import sys
from contextlib import suppress

import pi_heif  # type: ignore[import-untyped]
from PIL import Image, ImageCms

MEMORY = 1 << 30
SECONDS = 40
# A telephone of today takes 12 or 48 million dots. What is larger comes from elsewhere.
MOST_DOTS = 64_000_000
# A sheet of paper is readable at 12; more than this is halved.
ENOUGH_DOTS = 24_000_000
QUALITY = 85
UNREADABLE, TOO_LARGE = 5, 6


def main() -> int:
    # macOS refuses this bound; there only the time is bounded.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(__file__, "rb") as turn:
        # One at a time on this machine: this very file is the lock that all processes know.
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            return convert()
        except MemoryError:
            return TOO_LARGE
        # What the decoder raises depends on where the picture is broken; the parent only needs to know that it is.
        except Exception:
            return UNREADABLE


def convert() -> int:
    pi_heif.options.DECODE_THREADS = 2
    found = pi_heif.open_heif(sys.stdin.buffer.read(), convert_hdr_to_8bit=True)
    width, height = found.size
    # From the header alone, before a dot is unpacked.
    if width * height > MOST_DOTS:
        return TOO_LARGE
    picture = found.to_pillow()
    profile = picture.info.get("icc_profile")
    if width * height > ENOUGH_DOTS:
        picture = picture.reduce(2)
    picture = in_usual_colours(picture.convert("RGB"), profile)
    picture.info = {}
    picture.save(sys.stdout.buffer, "JPEG", quality=QUALITY)
    return 0


def in_usual_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB: the colour profile of a camera can name the camera, and without it the colours would change."""
    if not profile:
        return picture
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
    return picture


if __name__ == "__main__":
    sys.exit(main())
