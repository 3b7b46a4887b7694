"""Pictures as telephones take them (HEIC, HEIF): taken, and kept as JPEG, since browsers and offices do not open them.

They are unpacked in a process of their own (``uploads_heic_child``), one at a time on this machine.
"""

import io
import shutil
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from portal.web import uploads_heic_child as child
from portal.web import uploads_refusals as words
from portal.web.apart import run_apart
from portal.web.uploads_kinds import BY_KEY, Kind
from portal.web.uploads_refusals import UploadRefused

# Includes waiting for the one before; an old machine takes five seconds for 48 million dots.
PATIENCE = 60


def as_jpeg(stream: IO[bytes]) -> IO[bytes]:
    """The picture as a JPEG file: upright, in usual colours, without its metadata, halved when it is very large.

    Raises ``UploadRefused`` for what is damaged, no such picture, or holds too many dots.
    """
    with TemporaryFile() as source:
        stream.seek(0)
        shutil.copyfileobj(stream, source)
        source.seek(0)
        return io.BytesIO(_unpacked(source))


def as_kept(kind: Kind, name: str) -> tuple[Kind, str]:
    """Under which kind and name a file is kept: a telephone's picture as the JPEG that it has become."""
    return (BY_KEY["jpeg"], f"{Path(name).stem}.jpg") if kind.key == "heic" else (kind, name)


def _unpacked(source: IO[bytes]) -> bytes:
    with TemporaryFile() as output:
        code = run_apart(child.__file__, source=source, output=output, patience=PATIENCE)
        if code == child.UNREADABLE:
            raise UploadRefused(words.DAMAGED, "not-picture")
        if code:
            # Too many dots by its own word, or the system ended it for want of memory or time.
            raise UploadRefused(words.PICTURE_LARGE, "picture-large")
        output.seek(0)
        return output.read()
