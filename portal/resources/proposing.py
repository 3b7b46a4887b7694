"""What a pack's form may propose from the files that were brought first: the person corrects it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.files.models import StoredFile
from portal.files.telling import told_by_file, words_of_files

# Marks of drafts; "final" only where the name ends with it: a final project is one.
_MARKS = re.compile(
    r"(?i)\bcopy of\b|\b(copy|final|draft)\b(?=[\s\d.v()]*$)|\b(v\d+(\.\d+)*|version \d+)\b|\(\d+\)|%20"
)
_MINUTES = re.compile(r"(?i)\b(\d{2,3})\s?[-–]?\s?(?:min|mins|minutes?)\b")
# What programs write when nobody gave a title.
_EMPTY = re.compile(
    r"(?i)^(untitled|unbenannt|document\s?\d*|powerpoint presentation|presentation\s?\d*|slide \d+|title)$"
)
_PROGRAM = re.compile(r"(?i)^microsoft (word|powerpoint|excel) - ")


@dataclass(frozen=True)
class Proposal:
    """Empty, or 0, where nothing is known."""

    title: str = ""
    language: str = ""
    minutes: int = 0


def propose(files: Sequence[StoredFile]) -> Proposal:
    """From the files in their order; the first that says something is believed (one query)."""
    told = [(file, told_by_file(file)) for file in files]
    titles = [_titled(one.title) or tidy_name(file.name) for file, one in told]
    words = " ".join([*titles, *(file.name for file in files), words_of_files([file.sha256 for file in files])])
    minutes = next((int(found) for found in _MINUTES.findall(words) if 5 <= int(found) <= 600), 0)
    language = next((one.language for _file, one in told if one.language), "")
    return Proposal(next((title for title in titles if title), ""), language, minutes)


def tidy_name(filename: str) -> str:
    """A file's name as a title: without its ending, dashes and marks of drafts, with a capital."""
    stem = filename.rpartition(".")[0] if "." in filename else filename
    text = " ".join(_MARKS.sub(" ", re.sub(r"[_+]|(?<=\w)-(?=\w)", " ", stem)).split()).strip(" .,-–")
    return (text[:1].upper() + text[1:])[:200]


def _titled(title: str) -> str:
    """The title that a document gives itself, unless a program wrote it."""
    plain = _PROGRAM.sub("", title).strip()
    if len(plain) < 4 or _EMPTY.match(plain):
        return ""
    return tidy_name(plain) if " " not in plain or re.search(r"\.\w{2,4}$", plain) else plain[:200]
