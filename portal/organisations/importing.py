"""Organisations from a directory: matched by code, else by name and place; districts are made where they are missing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, insert, update

from portal import history
from portal.db import Base, db
from portal.organisations import operations_imported  # noqa: F401  (declares the phrases)
from portal.organisations.finding import FACTS, Book, Known
from portal.organisations.importing_cells import Reader
from portal.organisations.importing_fields import FIELDS
from portal.organisations.models import Organisation
from portal.organisations.names import cell, fold_organisation
from portal.web import clock
from portal.web.importing import Ask, Candidate, Create, Importer, Outcome, Row, RowRefused, Unchanged, Update

Attach = Callable[[int], None]
_TEXTS = ("street", "place", "county", "region", "postcode", "country", "phase", "website", "phone")
EMPTY: dict[str, Any] = {"kind": "other", "is_priority": False} | dict.fromkeys(_TEXTS, "")


class OrganisationsImporter(Importer):
    """``kind`` is what a row is where the file does not tell; ``attach`` is told of every organisation in the file."""

    what = "organisations"
    fields = FIELDS

    def __init__(
        self,
        actor_id: int | None = None,
        network_id: int | None = None,
        source: str = "",
        kind: str = "",
        attach: Attach | None = None,
    ) -> None:
        self.actor_id, self.network_id, self.source, self.kind = actor_id, network_id, source, kind
        self.attach = attach

    def begin(self, columns: Mapping[str, str], keep: bool) -> None:
        super().begin(columns, keep)
        self.reader = Reader(columns, self.kind, self.source)
        self.book = Book()
        self.made: list[Known] = []
        self.changed: dict[int, dict[str, Any]] = {}
        # Whose facts this file has told already: the first row wins, so that a second run changes nothing.
        self.told: set[int] = set()
        self.met: set[int] = set()
        self.next_id = -1

    def prepare(self, rows: Sequence[Row]) -> None:
        if self.keep:
            self.book = Book()
        self.book.open(
            [cell(row.get(key)) for row in rows for key in ("name", "parent")],
            [cell(row.get(key)) for row in rows for key in ("code", "parent_code")],
            {cell(row.get("place")) for row in rows},
        )

    def plan(self, row: Row) -> Create | Update | Unchanged | Ask:
        facts = self.reader.facts(row)
        parent = self._parent(row)
        if parent is not None and not isinstance(parent, dict):
            facts["parent_id"] = parent.id
        known = self.book.coded(facts.get("code_scheme"), facts.get("code"))
        if known and "code_scheme" not in facts:
            facts.pop("code", None)
        if known is None:
            found = self._by_name(facts)
            if isinstance(found, Ask):
                return found
            known = found
        return self._compare(known, facts, parent) if known else self._new(facts, parent)

    def plan_as(self, row: Row, record_id: int) -> Create | Update | Unchanged:
        facts = self.reader.facts(row)
        known = self.book.by_id.get(record_id)
        if known is None:
            raise RowRefused(_("What this row was to be is gone."))
        facts.pop("name")
        if known.facts.get("code"):
            facts.pop("code", None), facts.pop("code_scheme", None)
        return self._compare(known, facts, None)

    def _by_name(self, facts: dict[str, Any]) -> Known | Ask | None:
        """The one of that name that the row can mean; one with another code of the same kind it can't."""
        fitting = [known for known in self.book.called(facts["name"], facts) if not _other_code(known, facts)]
        if facts.get("code"):
            bare = [known for known in fitting if not known.facts.get("code")]
            if len(bare) == 1:
                return bare[0]
            coded = [known for known in fitting if known.facts.get("code")]
            return Ask([_candidate(one) for one in coded], Create((facts, None))) if coded else None
        if len(fitting) > 1 and (fitting[0].distance(facts) is None):
            told = _(
                "%(count)s are called “%(name)s”. Add the code or the place.", count=len(fitting), name=facts["name"]
            )
            return Ask([_candidate(one) for one in fitting[:5]], RowRefused(told))
        return fitting[0] if fitting else None

    def _new(self, facts: dict[str, Any], parent: Known | dict[str, Any] | None) -> Create | Ask:
        plan = Create((facts, parent if isinstance(parent, dict) else None))
        alike = [known for known in self.book.alike(facts) if not _other_code(known, facts)]
        return Ask([_candidate(one) for one in alike[:5]], plan) if alike else plan

    def _compare(
        self, known: Known, facts: dict[str, Any], parent: Known | dict[str, Any] | None
    ) -> Update | Unchanged:
        self.met.add(known.id)
        differences = {
            key: (_shown(known.facts.get(key)), _shown(value))
            for key, value in facts.items()
            if known.facts.get(key) != value and not (key == "closed_on" and known.facts.get(key))
        }
        if parent is not None and known.facts.get("parent_id") is None:
            differences.setdefault("parent_id", ("", str(parent["name"] if isinstance(parent, dict) else parent.name)))
        if known.id in self.told or not differences:
            self.told.add(known.id)
            return Unchanged(known.id, known.label)
        values = (
            {key: facts[key] for key in differences if key in facts},
            parent if isinstance(parent, dict) else None,
        )
        return Update(known.id, differences, values, known.label)

    def _parent(self, row: Row) -> Known | dict[str, Any] | None:
        """The parent that the row names: known, or the facts to make it of, or None."""
        name, code = cell(row.get("parent")), cell(row.get("parent_code"))
        scheme = self.reader.parent_scheme or self.reader.scheme
        if known := self.book.coded(scheme, code):
            return known
        if not name:
            return None
        fitting = [
            one for one in self.book.by_name.get(fold_organisation(name), ()) if one.facts.get("kind") == "district"
        ]
        fitting = [one for one in fitting if not (code and one.facts.get("code"))]
        if fitting:
            return fitting[0]
        facts: dict[str, Any] = {"name": name[:250], "kind": "district"}
        return facts | ({"code": code[:60], "code_scheme": scheme} if code else {})

    def write(self, plan: Create | Update, row: Row) -> None:
        facts, parent = plan.values
        if parent is not None:
            facts = facts | {"parent_id": self._make(parent).id}
        if isinstance(plan, Create):
            self.told.add(self._make(facts).id)
            return
        known = self.book.by_id[plan.id]
        known.facts |= facts
        self.book.learn_code(known)
        self.told.add(plan.id)
        self.changed.setdefault(plan.id, {}).update(facts)

    def _make(self, facts: dict[str, Any]) -> Known:
        known = Known(self.next_id, EMPTY | facts)
        self.next_id -= 1
        self.book.add(known)
        self.made.append(known)
        return known

    def flush(self) -> None:
        ids = insert_organisations(self.made)
        _update(self.changed, ids)
        self.told = {ids.get(one, one) for one in self.told}
        if self.attach:
            for organisation_id in sorted({ids.get(one, one) for one in self.met} | set(ids.values())):
                self.attach(organisation_id)
        self.made, self.changed, self.met = [], {}, set()

    def finish(self, outcome: Outcome) -> None:
        details = outcome.counts() | {"source": self.source[:120]}
        history.record(self.actor_id, "organisations.imported", "import", 0, self.network_id, **details)


def _other_code(known: Known, facts: dict[str, Any]) -> bool:
    """Two codes given by the same body are two organisations, whatever they are called."""
    codes = known.facts.get("code"), facts.get("code")
    return all(codes) and codes[0] != codes[1] and known.facts.get("code_scheme") == facts.get("code_scheme")


def _candidate(known: Known) -> Candidate:
    code = known.facts.get("code")
    why = (
        _("code %(code)s", code=f"{known.facts.get('code_scheme') or ''} {code}".strip())
        if code
        else _("a similar name")
    )
    return Candidate(known.id, known.label, why)


def _shown(value: object) -> str:
    return "" if value in (None, False) else _("yes") if value is True else str(value)


def insert_organisations(made: Iterable[Known]) -> dict[int, int]:
    """Write what is to be made, parents before their children; provisional id → id."""
    ids: dict[int, int] = {}
    waiting = list(made)
    while waiting:
        ready = [
            known for known in waiting if (known.facts.get("parent_id") or 0) >= 0 or known.facts["parent_id"] in ids
        ]
        rows = [_record(known, ids) for known in ready]
        statement = insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True)
        new_ids = db.session.execute(statement, rows).scalars()
        ids |= {known.id: new_id for known, new_id in zip(ready, new_ids, strict=True)}
        waiting = [known for known in waiting if known.id not in ids]
    return ids


def _record(known: Known, ids: dict[int, int]) -> dict[str, Any]:
    parent = known.facts.get("parent_id")
    facts = {key: known.facts.get(key) for key in FACTS} | {"parent_id": ids.get(parent, parent) if parent else None}
    return facts | {"sort_name": fold_organisation(known.name)[:250], "created_at": clock.now()}


def _update(changed: Mapping[int, dict[str, Any]], ids: dict[int, int]) -> None:
    rows = Base.metadata.tables["organisation"]
    for record_id, facts in changed.items():
        if record_id < 0:
            continue
        if "parent_id" in facts:
            facts["parent_id"] = ids.get(facts["parent_id"], facts["parent_id"])
        if "name" in facts:
            facts["sort_name"] = fold_organisation(facts["name"])[:250]
        change = update(rows).where(rows.c.id == bindparam("record")).values(row_version=rows.c.row_version + 1)
        db.session.execute(
            change.values(**{key: bindparam(f"new_{key}") for key in facts}),
            {"record": record_id} | {f"new_{key}": value for key, value in facts.items()},
        )
