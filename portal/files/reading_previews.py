"""Where pictures of files lie: beside the store, by the hash of the file that they show. They can be made again.

``ab/cd/abcd…/0.webp`` is the small one for lists, ``1.webp`` the first page, and so on.
"""

import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from flask import current_app

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Previews:
    """A folder of pictures. All those of a file appear at once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, digest: str, pictures: Sequence[bytes]) -> None:
        """Replace what was there for these bytes."""
        place = self.folder(digest)
        draft = place.with_name(f"{digest}.{os.getpid()}")
        draft.mkdir(parents=True, exist_ok=True)
        for number, picture in enumerate(pictures):
            (draft / f"{number}.webp").write_bytes(picture)
        shutil.rmtree(place, ignore_errors=True)
        draft.replace(place)

    def path(self, digest: str, number: int) -> Path:
        return self.folder(digest) / f"{int(number)}.webp"

    def folder(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not a SHA-256 in hex")
        return self.root / digest[:2] / digest[2:4] / digest

    def has(self, digest: str) -> bool:
        return self.path(digest, 0).is_file()

    def remove_all_but(self, known: Collection[str]) -> int:
        """Take away the pictures of files that nobody keeps any more; returns how many files that were."""
        lost = [folder for folder in self._folders() if folder.name.partition(".")[0] not in known]
        for folder in lost:
            shutil.rmtree(folder, ignore_errors=True)
        return len(lost)

    def _folders(self) -> Iterator[Path]:
        return self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")


def previews() -> Previews:
    """Those of this instance."""
    return Previews(current_app.config["SETTINGS"].previews)
