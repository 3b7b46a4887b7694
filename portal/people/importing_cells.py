"""The columns of a list of people, and what its cells mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from portal.people.names import HONORIFICS, fold_address, join_name, tidy_name, turn_name
from portal.vocabulary.queries import fold, spellings
from portal.web.importing_columns import fold_heading
from portal.web.importing_plans import Row, RowRefused

NOTHING = {"", "na", "n/a", "no data", "not applicable", "null", "unknown", "†", "‡", "–", "—", "-", ".", "?"}
MAILBOXES = {
    "admin",
    "administration",
    "admissions",
    "contact",
    "district",
    "district.office",
    "enquiries",
    "head",
    "headteacher",
    "hello",
    "help",
    "info",
    "mail",
    "office",
    "principal",
    "reception",
    "school",
    "secretary",
    "staff",
    "superintendent",
    "superintendent.office",
}
SCHEMES = (("nces", "NCES"), ("urn", "URN"), ("district irn", "IRN"), ("irn", "IRN"), ("cd", "CDS"))


def cell(text: str) -> str:
    """A cell without the marks that mean "nothing"."""
    tidy = tidy_name(text)
    parts = {part.strip().casefold() for part in re.split(r"(?<=data)\s+(?=no\b)", tidy, flags=re.IGNORECASE)}
    return "" if parts <= NOTHING else tidy


@dataclass
class Told:
    """What one row says of a person."""

    name: str
    called: str = ""
    addresses: list[str] = field(default_factory=list)
    organisation: str = ""
    code: str = ""
    place: str = ""
    role_id: int | None = None
    title: str = ""
    words: set[int] = field(default_factory=set)
    phone: str = ""
    knows_about: str = ""
    remarks: list[str] = field(default_factory=list)


class Reader:
    """Reads rows of one file: knows its headings and the region's words."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        heading_of = {key: heading for heading, key in columns.items()}
        folded = fold_heading(heading_of.get("code", ""))
        self.scheme = next((scheme for word, scheme in SCHEMES if folded.startswith(word)), "")
        self.of_districts = "district" in fold_heading(
            f"{heading_of.get('organisation', '')} {heading_of.get('code', '')}"
        )
        self.roles = {spelling: word.id for spelling, word in spellings("role").items()}
        subjects, phases = spellings("subject"), spellings("phase")
        self.words = {spelling: word.id for spelling, word in {**phases, **subjects}.items()}

    def name(self, row: Row) -> str:
        """The name of its parts, else the whole one, the family last."""
        given = " ".join(part for part in (cell(row.get("given")), cell(row.get("middle"))) if part)
        family = cell(row.get("family")) or " ".join(
            part for part in (cell(row.get("family_prefix")), cell(row.get("family_core"))) if part
        )
        family = " ".join(part for part in (family, cell(row.get("family2"))) if part)
        return turn_name(cell(row.get("name"))) or join_name(given, family)

    def told(self, row: Row) -> Told:
        """What the row says. Raises RowRefused with the first thing that can't be read."""
        name = self.name(row)
        if not name:
            raise RowRefused(_("There is no name in this row."))
        if len(name) > 198:
            raise RowRefused(_("This name is longer than %(most)s characters.", most=198))
        told = Told(name, called=cell(row.get("called"))[:100], addresses=self.addresses(row))
        told.organisation, told.code, told.place = (cell(row.get(key)) for key in ("organisation", "code", "place"))
        if len(told.organisation) > 250 or len(told.code) > 60:
            raise RowRefused(_("The name of the organisation is longer than %(most)s characters.", most=250))
        told.phone = cell(row.get("phone"))[:60]
        self._read_words(row, told)
        told.remarks += [_("%(address)s is a shared mailbox", address=one) for one in told.addresses if is_mailbox(one)]
        return told

    def addresses(self, row: Row) -> list[str]:
        """The email addresses of the row, each once. Raises RowRefused for one that can't be one."""
        found: dict[str, str] = {}
        for text in re.split(r"[;,\s]+", f"{cell(row.get('email'))} {cell(row.get('email2'))}".strip()):
            address = text.strip("<>()\"'").removeprefix("mailto:")
            if address:
                found.setdefault(fold_address(address), _usable(address))
        return list(found.values())

    def _read_words(self, row: Row, told: Told) -> None:
        role, title = cell(row.get("role")), cell(row.get("title"))
        told.title = "" if title.strip(".").casefold() in HONORIFICS else title[:200]
        told.role_id = self.roles.get(fold(role)) or self.roles.get(fold(told.title))
        if role and told.role_id is None:
            told.title = told.title or role[:200]
        unknown = []
        for text in re.split(r"[;,/|\n]+", f"{row.get('subjects')},{row.get('phases')}"):
            word_id = self.words.get(fold(text))
            if word_id:
                told.words.add(word_id)
            elif cell(text):
                unknown.append(cell(text))
        told.knows_about = ", ".join(part for part in (cell(row.get("knows_about")), *unknown) if part)[:2000]


def is_mailbox(address: str) -> bool:
    """Whether an address belongs to an office rather than to a person."""
    return address.partition("@")[0].casefold() in MAILBOXES


def _usable(address: str) -> str:
    try:
        checked = validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise RowRefused(
            _("“%(text)s” is not an email address, like name@school.example.", text=address[:80])
        ) from error
    return address if len(checked.normalized) <= 320 else ""
