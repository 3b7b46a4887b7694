"""Finding what is known: many organisations at once, by code, by name, and by what looks alike in the same place.

``Book`` serves imports: ``open`` loads everything that a chunk of rows may mean in two queries, the rest is memory.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from portal.db import db
from portal.organisations.models import Organisation
from portal.organisations.names import core_of, fold_organisation

# The fields that a file can fill, in the order of the page.
FACTS = (
    "name", "kind", "parent_id", "code_scheme", "code", "street", "place", "county", "region", "postcode", "country",
    "latitude", "longitude", "locale", "phase", "is_priority", "enrolment", "website", "phone", "closed_on",
)  # fmt: skip
# About two kilometres: nearer than that, one name is one school.
NEAR = 0.02


@dataclass(eq=False)
class Known:
    """One organisation as far as matching needs it. A negative id: meant to be made, not yet in the database."""

    id: int
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.name, self.facts.get("place")) if part)

    def could_be_at(self, facts: dict[str, Any]) -> bool:
        """Whether nothing that both sides know speaks against it: kind, place, parent, coordinates."""
        kinds = {one for one in (self.facts.get("kind"), facts.get("kind")) if one and one != "other"}
        places = {fold_organisation(one) for one in (self.facts.get("place"), facts.get("place")) if one}
        parents = {one for one in (self.facts.get("parent_id"), facts.get("parent_id")) if one is not None}
        return len(kinds) < 2 and len(places) < 2 and len(parents) < 2 and (self.distance(facts) or 0) <= NEAR

    def distance(self, facts: dict[str, Any]) -> float | None:
        """Degrees between the two, or None where one has no coordinates."""
        ends: list[Any] = [side.get(key) for side in (self.facts, facts) for key in ("latitude", "longitude")]
        if None in ends:
            return None
        return max(abs(ends[0] - ends[2]), abs(ends[1] - ends[3]))


class Book:
    """What is known of the organisations that a chunk of rows speaks of."""

    def __init__(self) -> None:
        self.by_id: dict[int, Known] = {}
        self.by_code: dict[tuple[str, str], Known] = {}
        self.by_bare_code: dict[str, list[Known]] = defaultdict(list)
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_core: dict[tuple[str, str], list[Known]] = defaultdict(list)

    def open(self, names: Iterable[str], codes: Iterable[str], places: Iterable[str] = ()) -> None:
        """Load all that have one of these names or codes, and all of these places (one query)."""
        names = {name for name in names if name}
        wanted = [Organisation.sort_name.in_({fold_organisation(name) for name in names} | names)]
        wanted.append(Organisation.code.in_({code for code in codes if code}))
        wanted.append(Organisation.place.in_({place for place in places if place}))
        columns = [getattr(Organisation, key) for key in FACTS]
        query = select(Organisation.id, *columns).where(or_(*wanted), Organisation.merged_into.is_(None))
        for record_id, *facts in db.session.execute(query):
            if record_id not in self.by_id:
                self.add(Known(record_id, dict(zip(FACTS, facts, strict=True))))

    def add(self, known: Known) -> None:
        self.by_id[known.id] = known
        self.by_name[fold_organisation(known.name)].append(known)
        self.by_core[_core(known.facts)].append(known)
        self.learn_code(known)

    def learn_code(self, known: Known) -> None:
        code = known.facts.get("code")
        if code:
            self.by_code[str(known.facts.get("code_scheme")), code] = known
            self.by_bare_code[code].append(known)

    def coded(self, scheme: str | None, code: str | None) -> Known | None:
        """The one with that code; where nobody says who gave it, the only one that has it."""
        if not code:
            return None
        found = self.by_code.get((str(scheme), code))
        alone = self.by_bare_code.get(code, ())
        return found or (alone[0] if not scheme and len(alone) == 1 else None)

    def called(self, name: str, facts: dict[str, Any]) -> list[Known]:
        """All of that name that nothing speaks against, the nearest first where coordinates are known."""
        fitting = [known for known in self.by_name.get(fold_organisation(name), ()) if known.could_be_at(facts)]
        return sorted(fitting, key=lambda known: known.distance(facts) or 0)

    def alike(self, facts: dict[str, Any]) -> list[Known]:
        """Those of the same place whose names differ only in words that many schools share."""
        if not facts.get("place"):
            return []
        own = fold_organisation(facts["name"])
        return [known for known in self.by_core.get(_core(facts), ()) if fold_organisation(known.name) != own]


def _core(facts: dict[str, Any]) -> tuple[str, str]:
    return fold_organisation(facts.get("place") or ""), core_of(facts["name"])
