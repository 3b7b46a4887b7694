"""Workbooks (XLSX, XLS, ODS): checked as archives, then read by a process that may take only so much."""

import json
import subprocess
import sys
import weakref
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from flask_babel import gettext as _

from portal.web import sheets_in_workbook_child as child
from portal.web.apart import bare_environment
from portal.web.archives import ArchiveRefused, Limits, check_archive
from portal.web.sheets_in_sheet import Grid, SheetError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
LIMITS = Limits(unpacked=200_000_000, ratio=100, entries=5_000)
# Names of the streams inside an OLE container, as they stand in its directory.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
WORD_DOCUMENT = "WordDocument".encode("utf-16-le")
SLIDES = "PowerPoint Document".encode("utf-16-le")


def is_workbook(data: bytes) -> bool:
    return data.startswith((OLE, ZIP))


def grid_from_workbook(data: bytes, sheet_name: str | None = None) -> Grid:
    """The sheet asked for, or the first visible one with something in it. Raises ``SheetError``."""
    if data.startswith(OLE):
        _check_ole(data)
    else:
        _check_zip(data)
    output = TemporaryFile()  # noqa: SIM115 (the rows read it for as long as they live)
    try:
        about = _run(data, sheet_name or "", output)
    except BaseException:
        output.close()
        raise
    notes = []
    if len(about["sheets"]) > 1:
        notes.append(
            _(
                "This workbook has %(count)s sheets; “%(name)s” was read.",
                count=len(about["sheets"]),
                name=about["sheet"],
            )
        )
    return Grid("workbook", _Rows(output), about["sheets"], about["sheet"], notes=notes)


def _check_ole(data: bytes) -> None:
    if ENCRYPTED_PACKAGE in data:
        raise _locked()
    if WORD_DOCUMENT in data or SLIDES in data:
        raise SheetError(
            _("This is a document, not a spreadsheet. Copy its table into a spreadsheet and send that."), "not-a-table"
        )


def _check_zip(data: bytes) -> None:
    try:
        members = check_archive(BytesIO(data), LIMITS)
    except ArchiveRefused as refusal:
        if refusal.reason == "locked":
            raise _locked() from None
        raise SheetError(
            _("This workbook is damaged or far too large inside. Save it once more and send it again."), "unsafe"
        ) from None
    if not any(name.startswith("xl/") or name == "content.xml" for name in members):
        raise SheetError(
            _("This is a zip archive or a document, not a spreadsheet. Unpack it and send the table itself."),
            "not-a-table",
        )


def _locked() -> SheetError:
    return SheetError(_("This workbook is locked with a password. Save it without one and send it again."), "locked")


def _run(data: bytes, sheet_name: str, output: IO[bytes]) -> dict[str, Any]:
    command = [sys.executable, "-P", str(Path(child.__file__)), *([sheet_name] if sheet_name else [])]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=output,
            stderr=subprocess.DEVNULL,
            timeout=child.SECONDS,
            env=bare_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_much() from None
    if done.returncode == child.LOCKED:
        raise _locked()
    if done.returncode == child.NO_SHEET:
        raise SheetError(_("There is no sheet of that name in this workbook."), "no-sheet")
    if done.returncode == child.UNREADABLE:
        raise SheetError(_("This workbook is damaged. Open it, save it once more and send it again."), "damaged")
    if done.returncode:
        raise _too_much()
    output.seek(0)
    about: dict[str, Any] = json.loads(output.readline())
    return about


def _too_much() -> SheetError:
    return SheetError(
        _("This workbook is too large inside. Copy the rows that matter into a new one and send that."), "unsafe"
    )


class _Rows:
    """The rows in a temporary file, read from the first at each call; the file goes when nobody holds them any more."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._start = output.tell()
        weakref.finalize(self, output.close)

    def __call__(self) -> Iterator[list[str]]:
        # Every reading keeps its own place in the file, so two may go on side by side.
        place = self._start
        while True:
            self._output.seek(place)
            lines = self._output.readlines(1 << 16)
            if not lines:
                return
            place = self._output.tell()
            for line in lines:
                yield json.loads(line)
