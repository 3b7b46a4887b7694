"""Files that come from elsewhere are what their README says, to the byte."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "static/vendor", ROOT / "tests/browser/vendor")
ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \| (?P<package>[^|]+) \| (?P<version>[^|]+) \|.*\| `(?P<hash>sha384-[^`]+)` \|$",
    re.M,
)


def rows() -> list[tuple[Path, str, str]]:
    return [
        (folder / row["file"], row["version"], row["hash"])
        for folder in FOLDERS
        for row in ROW.finditer((folder / "README.md").read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("file", "version", "given"), rows(), ids=lambda value: getattr(value, "name", ""))
def test_a_vendored_file_is_the_released_one(file: Path, version: str, given: str) -> None:
    digest = hashlib.sha384(file.read_bytes()).digest()
    assert given == "sha384-" + base64.b64encode(digest).decode()
    assert file.parent.name.endswith(f"-{version}")


def test_every_vendored_file_has_a_row_and_a_licence() -> None:
    known = {file for file, _, _ in rows()}
    found = {file for folder in FOLDERS for file in folder.glob("*/*") if not file.name.startswith("LICENSE")}
    assert found == known
    assert all(list(file.parent.glob("LICENSE*")) for file in known)
