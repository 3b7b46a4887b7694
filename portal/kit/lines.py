"""The contents of a kit as lines of text: as people type them, as a spreadsheet pastes them, as our export writes them.

    Box 2
    12 × AA cells* @ 0.40 [in the lid]

A star marks what is used up, @ what one costs, square brackets a note. A line of its own that says "Box 2" begins the
second box. Between cells of a spreadsheet stand tabs: the name, how many, what one costs, in any order.
"""

import re
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from portal.kit.fields import PartFields
from portal.web.money import amount_typed, exactly
from portal.web.tables_dates import Unreadable

MOST_LINES, MOST_QUANTITY, MOST_BOXES = 300, 9999, 50
# Characters of one line.
MOST_READ = 1000
TIMES = "x×✕*"
# "5 mm dowel" is one dowel and not five of something.
_UNITS = "mm|cm|m|ml|cl|l|litres?|g|kg|mg|v|mv|w|kw|a|ma|ah|mah|ohm|ohms|k|hz|khz|mhz|gb|mb|way|pin|inch|in|ft|%|°c"
_BOX = re.compile(r"(?:box|kiste|caisse|caja)\s*(\d{1,3})\s*:?", re.I)
_BEFORE = re.compile(rf"(\d{{1,6}})\s*[{TIMES}]\s*(?=\S)(.+)", re.I)
_BEFORE_BARE = re.compile(rf"(\d{{1,6}})\s+(?!(?:{_UNITS})\b)(\D.*)", re.I)
_AFTER = re.compile(rf"(.+?)\s*(?:\s[{TIMES}]\s*|[,:]\s*|\()(\d{{1,6}})\)?", re.I)
_NOTE = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
_COST = re.compile(r"\s*@\s*(\S.*)$")
_BULLET = re.compile(r"^[-–•·]\s+")


def read_lines(text: str, currency: str) -> tuple[list[PartFields], list[str]]:
    """The parts, and a sentence for each line that says nothing readable. Lines end at a break or a semicolon."""
    parts: list[PartFields] = []
    faults: list[str] = []
    box = 1
    for line in _lines(text):
        if found := _BOX.fullmatch(line):
            box = max(1, min(int(found[1]), MOST_BOXES))
            continue
        try:
            parts.append(_read(line, box, currency))
        except Unreadable as fault:
            faults.append(_("“%(line)s”: %(fault)s", line=line.replace("\t", " ")[:60], fault=str(fault)))
    if len(parts) > MOST_LINES:
        faults.append(_("At most %(most)s lines at once.", most=MOST_LINES))
    return parts, faults


def as_lines(parts: Iterable[PartFields], currency: str, sign: str = "\n") -> str:
    """The same parts as text that ``read_lines`` reads back."""
    lines: list[str] = []
    box = 1
    for part in parts:
        if part.box != box:
            box = part.box
            lines.append(f"Box {box}")
        star = "*" if part.is_consumable else ""
        cost = f" @ {exactly(part.cost, currency)}" if part.cost is not None else ""
        note = f" [{_plain(part.note)}]" if part.note else ""
        lines.append(f"{part.quantity} × {_plain(part.title)}{star}{cost}{note}")
    return sign.join(lines)


def part_key(box: int, title: str) -> tuple[int, str]:
    """What makes two lines the same part: its box and its name, as far as a line can say it."""
    return box, " ".join(_plain(title).casefold().split())


def _lines(text: str) -> Sequence[str]:
    bare = (_BULLET.sub("", _narrow(line)) for line in re.split(r"[\r\n;]+", text))
    return [line for line in bare if line]


def _narrow(line: str) -> str:
    """Blanks one at a time and no more than anybody reads: long runs of them would be tried in every way there is."""
    blanks = re.sub(r"[^\S\t]+", " ", line)
    return re.sub(r"(?: ?\t)+ ?", "\t", blanks)[:MOST_READ].strip()


def _plain(text: str) -> str:
    """Without the signs that mean something in a line."""
    return re.sub(r"[;\[\]@\t\r\n]+", " ", text).strip()


def _read(line: str, box: int, currency: str) -> PartFields:
    note = ""
    if found := _NOTE.search(line):
        note, line = found[1].strip(), line[: found.start()]
    cost: int | None = None
    if found := _COST.search(line):
        cost, line = amount_typed(found[1], currency), line[: found.start()]
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    if len(cells) > 1:
        line, cost = _cells(cells, currency, cost)
    quantity, title = _counted(line.strip())
    is_consumable = title.endswith("*")
    title = title.rstrip("* ").strip()
    if not any(sign.isalnum() for sign in title):
        raise Unreadable(_("say what it is."))
    if quantity > MOST_QUANTITY:
        raise Unreadable(_("more than %(most)s of one thing is too many.", most=MOST_QUANTITY))
    return PartFields(title[:200], quantity, box, is_consumable, cost, note[:300])


def _cells(cells: list[str], currency: str, cost: int | None) -> tuple[str, int | None]:
    """A row of a spreadsheet as a line: the first cell in words is the name, the first whole number is how many."""
    words = [cell for cell in cells if not cell[0].isdigit() or not re.fullmatch(r"[\d.,]+", cell)]
    numbers = [cell for cell in cells if re.fullmatch(r"[\d.,]+", cell)]
    named = next((word for word in words if any(letter.isalpha() for letter in word)), "")
    count = numbers[0] if numbers and numbers[0].isdigit() else ""
    money = [cell for cell in cells if cell not in (named, count)]
    if cost is None and money:
        cost = amount_typed(money[0], currency)
    return (f"{count} × {named}" if count else named), cost


def _counted(line: str) -> tuple[int, str]:
    for pattern in (_BEFORE, _BEFORE_BARE):
        if found := pattern.fullmatch(line):
            return int(found[1]), found[2].strip()
    if found := _AFTER.fullmatch(line):
        return int(found[2]), found[1].strip()
    return 1, line
