"""The lines of a calendar file that came from elsewhere, and the blocks that they stand in. Nothing in it is believed.

Real files come in UTF-8, UTF-16 and Latin-1, with any line end, folded in the middle of a letter, cut off, several
calendars in one, or without a calendar around their entries. Whatever can be made out is handed on, block by block.
"""

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Longer than any line that means something; pictures that somebody put into a line end here.
LONGEST = 200_000
# Blocks within blocks beyond this are none that a calendar has: an alarm in an entry in a calendar is the third.
DEEPEST = 12
# From the first of several line ends, and never back: a megabyte of empty lines is looked at once.
_FOLD = re.compile(rb"(?<![\r\n])[\r\n]++[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]*)\s*=?\s*((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_IGNORED = {"ATTACH", "ATTENDEE", "ORGANIZER", "CONTACT", "PHOTO", "IMAGE", "X-ALT-DESC"}


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name in capitals, its parameters, and its value as it stands in the file."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as words."""
        value = self.value
        if self.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


@dataclass(slots=True)
class Block:
    """What stands between a BEGIN and its END, with the blocks inside it. ``is_whole`` is false where the END is missing."""

    kind: str
    around: "Block | None" = None
    lines: list[Line] = field(default_factory=list)
    inside: "list[Block]" = field(default_factory=list)
    is_whole: bool = False
    depth: int = 0

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        line = self.first(name)
        return line.text.strip() if line else ""


def blocks_of(content: bytes) -> Block:
    """Everything in the file under one root. Lines that are none, and whom it names or invites, are left out."""
    root = here = Block("")
    for text in _lines(content):
        line = _line(text)
        if line is None or line.name in _IGNORED:
            continue
        kind = line.value.strip().upper()
        if line.name == "BEGIN":
            if here.depth < DEEPEST:
                here.inside.append(Block(kind, here, depth=here.depth + 1))
                here = here.inside[-1]
        elif line.name == "END":
            here = _after_end(here, kind)
        else:
            here.lines.append(line)
    return root


def _after_end(here: Block, kind: str) -> Block:
    """The block around the one that ends here; blocks in it that nobody ended stay broken off."""
    ended: Block | None = here
    while ended and ended.kind != kind:
        ended = ended.around
    if ended is None or ended.around is None:
        return here
    ended.is_whole = True
    return ended.around


def _lines(content: bytes) -> Iterator[str]:
    content = _unpacked(content)
    # Unfolded before it is read as text: a fold may stand between the bytes of one letter.
    for line in _FOLD.sub(b"", content).splitlines():
        if line.strip() and len(line) <= LONGEST:
            yield _decoded(line)


def _unpacked(content: bytes) -> bytes:
    """UTF-16 as UTF-8, whether it says so or only looks like it; a mark at the start goes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    head = content[:200]
    if head[1::2].count(0) > len(head) // 3:
        return content.decode("utf-16-le", "replace").encode()
    if head[::2].count(0) > len(head) // 3:
        return content.decode("utf-16-be", "replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _line(text: str) -> Line | None:
    found = _NAME.match(text.lstrip())
    if found is None:
        return None
    text = text.lstrip()
    at, parameters = found.end(), dict[str, str]()
    while text[at : at + 1] == ";":
        one = _PARAMETER.match(text, at)
        if one is None:
            return None
        if one[1]:
            parameters[one[1].upper()] = one[2].strip().strip('"')
        at = one.end()
    if text[at : at + 1] != ":":
        return None
    return Line(found[0].upper(), parameters, text[at + 1 :])
