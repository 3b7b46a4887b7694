"""The columns of a school or district directory, and what its cells mean."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.organisations.importing_fields import FIELDS
from portal.organisations.names import cell, degrees, phase, postcode, whole_number
from portal.vocabulary.queries import fold, spellings
from portal.web import clock
from portal.web.importing_columns import fold_heading
from portal.web.importing_plans import Row, RowRefused

PLAIN = ("street", "place", "county", "region", "phone")
LONGEST = {
    "name": 250,
    "street": 250,
    "place": 120,
    "county": 120,
    "region": 120,
    "phone": 60,
    "website": 300,
    "phase": 60,
    "code": 60,
}
KINDS = (
    ("district", r"district|local education agency|local authority|county office"),
    ("hub", r"service agency|state operated|regional"),
    ("college", r"college|university"),
    ("science-centre", r"museum|science cent"),
    ("school", r"school|academy|nursery|referral"),
)
LOCALES = ("city", "suburb", "town", "rural")
YES, NO = {"yes", "y", "true", "1", "x", "ja", "sí", "oui"}, {"no", "n", "false", "0"}
SCHEMES = (
    ("nces", "NCES"),
    ("urn", "URN"),
    ("irn", "IRN"),
    ("cd", "CDS"),
    ("local authority", "LA"),
    ("la code", "LA"),
    ("state", "State"),
)


def scheme_of(heading: str | None, otherwise: str) -> str:
    """Who gives the codes of a column, told by its heading."""
    folded = fold_heading(heading or "")
    return next((scheme for word, scheme in SCHEMES if folded.startswith(word)), otherwise)


class Reader:
    """Reads rows of one file: knows its headings and the region's words."""

    def __init__(self, columns: Mapping[str, str], kind: str = "", source: str = "") -> None:
        heading_of = {key: heading for heading, key in columns.items()}
        self.scheme = scheme_of(heading_of.get("code"), "")
        self.parent_scheme = scheme_of(heading_of.get("parent_code"), self.scheme)
        telling = fold_heading(f"{heading_of.get('name', '')} {heading_of.get('code', '')} {source}")
        self.kind = kind or ("district" if re.search(r"\bdistrict|\birn\b|\bcd", telling) else "school")
        self.kind_is_told = bool(kind) or self.kind == "district"
        self.kinds = {spelling: word.code for spelling, word in spellings("organisation_kind").items()}
        self.locales = {spelling: word.code for spelling, word in spellings("locale").items()}

    def name(self, row: Row) -> str:
        return cell(row.get("name"))

    def facts(self, row: Row) -> dict[str, Any]:
        """What the row says, empty cells left out. Raises RowRefused with the first thing that can't be read."""
        facts: dict[str, Any] = {"name": self.name(row)}
        if not facts["name"]:
            raise RowRefused(_("There is no name in this row."))
        facts |= {key: cell(row.get(key)) for key in PLAIN}
        facts["code"] = cell(row.get("code"))
        facts["code_scheme"] = (cell(row.get("scheme")) or self.scheme) if facts["code"] else ""
        facts["postcode"] = postcode(row.get("postcode"))[:20]
        facts["country"] = cell(row.get("country")).upper()[:2]
        facts["kind"] = self._kind(cell(row.get("kind")))
        facts["phase"] = phase(row.get("phase"), row.get("low"), row.get("high"))
        facts["website"] = _address(cell(row.get("website")))
        facts["locale"] = self._locale(cell(row.get("locale")))
        facts |= self._numbers(row) | self._answers(row)
        _check_lengths(facts)
        return {key: value for key, value in facts.items() if value not in ("", None)}

    def _numbers(self, row: Row) -> dict[str, Any]:
        try:
            enrolment = whole_number(row.get("enrolment"))
        except (ValueError, OverflowError) as error:
            raise RowRefused(
                _("“%(text)s” is not a number of learners, like 159.", text=row.get("enrolment")[:40])
            ) from error
        try:
            ends = {"latitude": degrees(row.get("latitude"), 90), "longitude": degrees(row.get("longitude"), 180)}
        except ValueError as error:
            raise RowRefused(_("The coordinates are not degrees, like 54.32 and -2.74.")) from error
        return {"enrolment": enrolment} | ends

    def _answers(self, row: Row) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        priority = cell(row.get("priority")).casefold()
        if priority and priority not in YES | NO:
            raise RowRefused(_("Priority is yes or no, not “%(text)s”.", text=row.get("priority")[:40]))
        if priority:
            answers["is_priority"] = priority in YES
        closed = cell(row.get("closed")).casefold()
        if closed.startswith("clos") or closed in YES:
            answers["closed_on"] = clock.today()
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", closed):
            answers["closed_on"] = _iso(closed)
        return answers

    def _kind(self, printed: str) -> str:
        """The kind that the row tells; a kind of school ("Voluntary Aided", "Regular") is a school, or what the file is of."""
        if not printed or self.kind_is_told:
            return self.kind
        if known := self.kinds.get(fold(printed)):
            return known
        return next((kind for kind, pattern in KINDS if re.search(pattern, printed.casefold())), self.kind)

    def _locale(self, printed: str) -> str | None:
        first = printed.partition(":")[0].strip().casefold()
        return self.locales.get(fold(first)) or (first if first in LOCALES else None)


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RowRefused(_("“%(text)s” is not a date.", text=text)) from error


def _address(website: str) -> str:
    if not website or website.casefold().startswith(("http://", "https://")):
        return website
    return f"http://{website}" if re.fullmatch(r"[^\s:@]+\.[^\s:@]{2,}", website) else ""


def _check_lengths(facts: dict[str, Any]) -> None:
    for key, longest in LONGEST.items():
        if len(str(facts.get(key, ""))) > longest:
            label = next(str(one.label) for one in FIELDS if one.key == key)
            raise RowRefused(_("“%(field)s” is longer than %(most)s characters.", field=label, most=longest))
