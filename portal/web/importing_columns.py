"""Which column of a sheet means what: guessed from the headings, chosen by a person, remembered for the next time."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, db, operation
from portal.web import clock
from portal.web.errors import DomainError


class ImportMapping(Base):
    """Which heading meant which field the last time a sheet with these headings came in."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("what", "headings_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(30))
    headings_hash: Mapped[str] = mapped_column(String(64))
    columns: Mapped[dict[str, str]] = mapped_column()
    used_at: Mapped[datetime]


@dataclass(frozen=True)
class Field:
    """Something that a column can mean.

    ``guesses`` are headings that real files use, best first; case, blanks and punctuation do not matter.
    """

    key: str
    label: object
    guesses: tuple[str, ...] = ()
    required: bool = False
    hint: object = ""


def fold_heading(heading: str) -> str:
    """A heading as it is compared: "Local authority (code)", "local_authority-code" and "LocalAuthorityCode" are one."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", heading)
    plain = unicodedata.normalize("NFKD", spaced).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", plain))


def guess_columns(headings: Sequence[str], fields: Iterable[Field]) -> dict[str, str]:
    """Heading → key of the field that it seems to mean. Earlier fields choose first, each by its best guess."""
    folded = {heading: fold_heading(heading) for heading in headings}
    closed = {heading: text.replace(" ", "") for heading, text in folded.items()}
    chosen: dict[str, str] = {}
    for one in fields:
        for guess in (one.key, *one.guesses):
            wanted = fold_heading(guess).replace(" ", "")
            found = next((h for h in headings if h not in chosen and closed[h] == wanted), None)
            if found is not None:
                chosen[found] = one.key
                break
    return {heading: chosen[heading] for heading in headings if heading in chosen}


def check_columns(columns: Mapping[str, str], headings: Sequence[str], fields: Sequence[Field]) -> None:
    """Raises DomainError when a chosen column is not there, a field is chosen twice, or a needed one is missing."""
    known = {one.key: str(one.label) for one in fields}
    for heading, key in columns.items():
        if heading not in headings:
            raise DomainError(_("There is no column “%(heading)s” in this sheet.", heading=heading))
        if key not in known:
            raise DomainError(_("Nothing here is called “%(field)s”.", field=key))
    chosen = list(columns.values())
    twice = next((key for key in chosen if chosen.count(key) > 1), None)
    if twice:
        raise DomainError(_("Two columns are chosen as “%(field)s”. Choose one.", field=known[twice]))
    missing = [str(one.label) for one in fields if one.required and one.key not in chosen]
    if missing:
        raise DomainError(_("Say which column holds: %(fields)s.", fields=", ".join(missing)))


def parse_columns(text: str, headings: Sequence[str]) -> dict[str, str]:
    """The command's ``Heading=field,Other heading=field``: headings as in the file, or nearly."""
    by_fold = {fold_heading(heading): heading for heading in headings}
    columns = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        heading, _sign, key = pair.rpartition("=")
        columns[by_fold.get(fold_heading(heading), heading.strip())] = key.strip()
    return columns


def remembered_columns(what: str, headings: Sequence[str]) -> dict[str, str] | None:
    """What somebody chose the last time a sheet with these headings came in, or None."""
    mapping = _mapping(what, headings)
    return dict(mapping.columns) if mapping else None


@operation
def remember_columns(what: str, headings: Sequence[str], columns: dict[str, str]) -> None:
    """Keep a choice of columns for the next sheet with the same headings."""
    mapping = _mapping(what, headings)
    if mapping is None:
        mapping = ImportMapping(what=what, headings_hash=_mark(headings), columns=columns, used_at=clock.now())
        db.session.add(mapping)
    mapping.columns = dict(columns)
    mapping.used_at = clock.now()


def _mapping(what: str, headings: Sequence[str]) -> ImportMapping | None:
    wanted = (ImportMapping.what == what, ImportMapping.headings_hash == _mark(headings))
    return db.session.execute(select(ImportMapping).where(*wanted)).scalar_one_or_none()


def _mark(headings: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(fold_heading(heading) for heading in headings).encode()).hexdigest()
