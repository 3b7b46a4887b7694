"""A sheet that waits between the steps of an import: a folder of its own, for the person who brought it, for a day."""

import json
import secrets
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from flask import current_app

from portal.web.errors import NotHere
from portal.web.tables import Sheet, read_pasted, read_sheet

KEPT_SECONDS = 24 * 3600


@dataclass
class Waiting:
    """What is known of the sheet so far. The bytes lie beside it, under a name of ours."""

    token: str
    person_id: int
    what: str
    filename: str
    is_pasted: bool = False
    # What was chosen with the file: the network, the kind.
    choices: dict[str, str] = field(default_factory=dict)
    sheet_name: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return _root() / self.token

    @property
    def rejects(self) -> Path:
        return self.folder / "rejects.csv"

    def save(self) -> None:
        draft = self.folder / "about.draft"
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(self.folder / "about.json")

    @property
    def content(self) -> bytes:
        """The file as it came."""
        return (self.folder / "sheet").read_bytes()

    def sheet(self) -> Sheet:
        """Read the sheet again. Raises SheetError."""
        content = self.content
        if self.is_pasted:
            return read_pasted(content.decode("utf-8"))
        return read_sheet(content, self.filename, sheet=self.sheet_name or None)


def keep(person_id: int, what: str, filename: str, content: bytes, is_pasted: bool, choices: dict[str, str]) -> Waiting:
    """Let a sheet wait; those that have waited for more than a day are removed."""
    _sweep()
    waiting = Waiting(secrets.token_urlsafe(16), person_id, what, filename, is_pasted, choices)
    waiting.folder.mkdir(parents=True, mode=0o700)
    (waiting.folder / "sheet").write_bytes(content)
    waiting.save()
    return waiting


def waiting_of(person_id: int, what: str, token: str) -> Waiting:
    """The sheet behind an address. Raises NotHere for anybody else's, for one that is gone, and for nonsense."""
    path = _root() / token / "about.json"
    if not all(one.isalnum() or one in "-_" for one in token) or not path.is_file():
        raise NotHere
    waiting = Waiting(**json.loads(path.read_text(encoding="utf-8")))
    if (waiting.person_id, waiting.what) != (person_id, what):
        raise NotHere
    return waiting


def forget(waiting: Waiting) -> None:
    shutil.rmtree(waiting.folder, ignore_errors=True)


def _root() -> Path:
    folder: Path = current_app.config["SETTINGS"].instance / "imports"
    return folder


def _sweep() -> None:
    oldest = time.time() - KEPT_SECONDS
    for folder in _root().glob("*"):
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
