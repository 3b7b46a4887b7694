"""The organisations that a list of people names: found by code or name, made where they are missing."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.organisations.finding import Book, Known
from portal.organisations.importing import EMPTY, insert_organisations
from portal.organisations.models import Organisation
from portal.organisations.names import cell
from portal.web.importing import RowRefused

DISTRICT = re.compile(r"\b(district|isd|cisd|unified|county office|local education agency)\b", re.IGNORECASE)
COLLEGE = re.compile(r"\b(college|university)\b", re.IGNORECASE)


class Workplaces:
    """One object serves one import; ``open`` starts a chunk."""

    def __init__(self) -> None:
        self.book = Book()
        self.made: list[Known] = []
        self.labels: dict[int, str] = {}
        self.next_id = -1

    def open(self, named: Iterable[tuple[str, str, str]], scheme: str, of_districts: bool, keep: bool) -> None:
        """Look up the (name, code, place) of a chunk in one query."""
        self.scheme, self.of_districts = scheme, of_districts
        if keep:
            self.book = Book()
        triples = list(named)
        self.book.open([cell(name) for name, _code, _place in triples], [cell(code) for _name, code, _place in triples])

    def find(self, name: str, code: str, place: str) -> int | None:
        """The organisation's id, a negative one for what is to be made, None where nothing is named.

        Raises RowRefused where several are meant alike.
        """
        name, code, place = cell(name), cell(code), cell(place)
        facts: dict[str, Any] = {"name": name, "place": place}
        known = self.book.coded(self.scheme, code) or (self._called(name, code, facts) if name else None)
        if known is None and name:
            known = self._make(facts | ({"code": code, "code_scheme": self.scheme or None} if code else {}))
        return known.id if known else None

    def _called(self, name: str, code: str, facts: dict[str, Any]) -> Known | None:
        fitting = [one for one in self.book.called(name, facts) if not (code and one.facts.get("code"))]
        if len(fitting) > 1:
            told = _(
                "%(count)s organisations are called “%(name)s”. Add the code or the place.",
                count=len(fitting),
                name=name,
            )
            raise RowRefused(told)
        return fitting[0] if fitting else None

    def _make(self, facts: dict[str, Any]) -> Known:
        name = facts["name"]
        kind = "college" if COLLEGE.search(name) else "school"
        kind = "district" if self.of_districts or DISTRICT.search(name) else kind
        known = Known(self.next_id, EMPTY | facts | {"kind": kind})
        self.next_id -= 1
        self.book.add(known)
        self.made.append(known)
        return known

    def known(self) -> Iterable[int]:
        return list(self.book.by_id)

    def label(self, organisation_id: int) -> str:
        """Its name, asked of the database once where the chunk did not name it."""
        known = self.book.by_id.get(organisation_id)
        if known:
            return known.name
        if organisation_id not in self.labels:
            query = select(Organisation.name).where(Organisation.id == organisation_id)
            self.labels[organisation_id] = db.session.execute(query).scalar() or ""
        return self.labels[organisation_id]

    def flush(self) -> dict[int, int]:
        """Write what is to be made; provisional id → id."""
        ids = insert_organisations(self.made)
        self.made = []
        return ids
