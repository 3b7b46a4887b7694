"""Codes as people write them: one folded key for every spelling, grades, and the framework before a colon."""

import re
import unicodedata

_GRADE = re.compile(r"^0*(\d+|[A-Za-z][\w-]*|\d+-\d+|K-\d+)$")


def fold_code(code: str) -> str:
    """A code as it is compared: case, blanks and punctuation do not matter ("HSA-SSE.A.1a" is "HSA.SSE.A.1.A")."""
    plain = unicodedata.normalize("NFKC", code).casefold()
    return "".join(letter for letter in plain if letter.isalnum())[:80]


def split_codes(cell: str) -> list[str]:
    """The codes in one cell, apart at commas, semicolons, bars and line breaks; each once, as written."""
    parts = (part.strip() for part in re.split(r"[,;|\n]", cell))
    return list(dict.fromkeys(part for part in parts if part))


def framework_and_code(text: str) -> tuple[str, str]:
    """``CSTA:2-AP-11`` → ("CSTA", "2-AP-11"); without a colon the framework is empty."""
    framework, colon, code = text.partition(":")
    return (framework.strip(), code.strip()) if colon and code.strip() else ("", text.strip())


def tidy_grades(cell: str) -> str:
    """ "k,1,2" → "K, 1, 2"; "06" → "6"; anything else stays as it is."""
    grades = [part.strip() for part in cell.split(",") if part.strip()]
    return ", ".join(_grade(part) for part in grades)[:60]


def _grade(part: str) -> str:
    found = _GRADE.match(part)
    plain = found.group(1) if found else part
    return plain.upper() if plain.casefold() == "k" else plain
