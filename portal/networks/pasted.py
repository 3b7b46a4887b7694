"""Names and addresses in any shape that people paste: one a line, with commas, semicolons, tabs or angle brackets."""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from portal.people.names import fold_address

MOST_LINES = 300
ADDRESS = re.compile(r"[^\s,;<>()\"'\[\]|]+@[^\s,;<>()\"'\[\]|]+")
HEADINGS = {"name", "email", "e-mail", "mail", "address", "email address", "first name", "last name", "surname"}


@dataclass(frozen=True)
class Pasted:
    """One line: who, at which address; ``address`` is empty where none could be read."""

    line: int
    text: str
    name: str
    address: str

    @property
    def folded(self) -> str:
        return fold_address(self.address)


def read_pasted(text: str) -> list[Pasted]:
    """Every line that says something; several "Name <address>" in one line are as many people."""
    found: list[Pasted] = []
    for number, line in enumerate(text.replace("\u00a0", " ").splitlines(), start=1):
        if line.strip(" \t,;") and not _is_heading(line):
            found.extend(_people_in(number, line.strip()))
    return found


def _people_in(number: int, line: str) -> list[Pasted]:
    addresses = list(ADDRESS.finditer(line))
    if len(addresses) < 2:
        return [_one(number, line)]
    return [_one(number, part) for part in _parted(line, [match.end() for match in addresses])]


def _parted(line: str, ends: list[int]) -> list[str]:
    """A line with several addresses: each name belongs to the address that follows it, or stands after it."""
    starts = [0, *ends[:-1]]
    if ADDRESS.match(line.lstrip("<\"' ")):
        begins = [match.start() for match in ADDRESS.finditer(line)]
        return [line[begin:end] for begin, end in zip(begins, [*begins[1:], len(line)], strict=True)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _one(number: int, text: str) -> Pasted:
    match = ADDRESS.search(text)
    address = _usable(match.group().removeprefix("mailto:")) if match else ""
    rest = text.replace(match.group(), " ") if match else text
    return Pasted(number, text.strip(" ,;<>"), _name(rest), address)


def _usable(typed: str) -> str:
    try:
        return validate_email(typed.strip(".,:"), check_deliverability=False, test_environment=True).original
    except EmailNotValidError:
        return ""


def _name(rest: str) -> str:
    """What is left beside the address. "Quarrie, Ines" and two spreadsheet cells become "Ines Quarrie"."""
    cells = [cell.strip(" <>()[]\"'|") for cell in re.split(r"[\t;|]", rest)]
    plain = " ".join(filter(None, cells))
    surname, comma, given = plain.strip(" ,").partition(",")
    if comma and given.strip() and "," not in given:
        plain = f"{given.strip()} {surname.strip()}"
    return re.sub(r"\s+", " ", plain).strip(" ,;<>-")[:200]


def _is_heading(line: str) -> bool:
    cells = [cell.strip().casefold() for cell in re.split(r"[\t,;]", line)]
    return all(cell in HEADINGS for cell in cells if cell)
