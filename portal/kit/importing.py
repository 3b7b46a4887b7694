"""Bringing kits in from a sheet: as drafts, or into the list at once. What a row leaves empty stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.history.phrases import declare
from portal.kit.codes import new_code
from portal.kit.fields import KitFields, PartFields, columns_of
from portal.kit.importing_rows import FIELDS, Told, Words, told_by
from portal.kit.lines import as_lines, part_key
from portal.kit.models import Kit, KitPart
from portal.kit.operations import append_parts, hang, note
from portal.kit.queries import schools_of, words_of
from portal.kit.queries_page import organisations_here, parts_by_kit
from portal.kit.sheets import said_of
from portal.networks.models import Network
from portal.vocabulary.queries import fold, spellings
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.importing import Create, Importer, Row, Unchanged, Update
from portal.web.importing_plans import Plan
from portal.web.money import usual_currency
from portal.web.prose import render

declare({"kit.imported": _l("%(actor)s brought “%(title)s” in from a list")})


@dataclass
class Known:
    """A kit that is there or comes in this run; ``kit`` is None until it has a row."""

    said: KitFields
    parts: list[PartFields]
    kit: Kit | None = None
    is_changed: bool = False
    is_met: bool = False
    rows: dict[tuple[int, str], KitPart] = field(default_factory=dict)


class KitsImporter(Importer):
    """Kits of one network, known by the number that is painted on them, else by their title. ``state``: draft or listed."""

    what = "kits"
    fields = FIELDS

    def __init__(self, actor_id: int, network_id: int | None, state: str = "draft") -> None:
        self.actor_id, self.network_id, self.state = actor_id, network_id, state
        self.known: dict[str, Known] = {}

    def begin(self, columns: Mapping[str, str], keep: bool) -> None:
        super().begin(columns, keep)
        network = db.session.get(Network, self.network_id) if self.network_id else None
        if network is None:
            raise DomainError(_("Say which network the boxes are for."))
        schools = {fold(name): id for id, name in organisations_here(network.id)}
        words = {kind: spellings(kind) for kind in ("subject", "phase")}
        self.words = Words(words, schools, usual_currency(network.locale))
        self._read_what_is_there(network.id)

    def prepare(self, rows: Sequence[Row]) -> None:
        """Nothing to look up: a network has some hundred kits, and all of them are known since the beginning."""

    def plan(self, row: Row) -> Plan:
        told = told_by(row, self.words)
        known = self.known.get(told.key)
        if known is None:
            return Create(told, remarks=told.remarks)
        changes = {} if known.is_met else _changes(known, told)
        known.is_met = True
        kit_id = known.kit.id if known.kit else 0
        if not changes:
            return Unchanged(kit_id, known.said.title)
        return Update(kit_id, changes, told, existing=known.said.title, remarks=told.remarks)

    def write(self, plan: Create | Update, row: Row) -> None:
        told: Told = plan.values
        known = self.known.get(told.key)
        if known is None:
            self.known[told.key] = Known(told.said, told.parts, is_changed=True, is_met=True)
        else:
            known.said, known.parts = merged(known.said, told), together(known.parts, told.parts)
            known.is_changed = True

    def flush(self) -> None:
        for known in [one for one in self.known.values() if one.is_changed]:
            known.kit = self._written(known)
            hang(known.kit.id, known.said)
            self._write_parts(known)
            note(self.actor_id, "kit.imported", known.kit)
            known.is_changed = False
        db.session.flush()

    def _read_what_is_there(self, network_id: int) -> None:
        query = select(Kit).where(Kit.network_id == network_id, Kit.deleted_at.is_(None))
        kits = list(db.session.execute(query.order_by(Kit.id)).scalars())
        parts, words = parts_by_kit([kit.id for kit in kits]), words_of([kit.id for kit in kits])
        for kit in kits:
            ids = {kind: tuple(word.id for word in words[kit.id][kind]) for kind in ("subject", "phase")}
            said = KitFields(**columns_of(kit), subjects=ids["subject"], phases=ids["phase"])
            rows = {part_key(part.box, part.title): part for part in parts[kit.id]}
            lines = [said_of(part) for part in parts[kit.id]]
            self.known.setdefault(fold(kit.asset_code or kit.title), Known(said, lines, kit, rows=rows))

    def _written(self, known: Known) -> Kit:
        now = clock.now()
        kit = known.kit
        if kit is None:
            kit = Kit(network_id=self.network_id, owner_id=self.actor_id, code=new_code(), created_at=now)
            kit.listed_at = now if self.state == "listed" and known.said.home else None
            db.session.add(kit)
        schools = kit.lends_to == "schools" and known.said.lends_to == "schools"
        for name, value in known.said.columns().items():
            setattr(kit, name, value)
        kit.about_html, kit.changed_at = str(render(known.said.about)), now
        db.session.flush()
        if schools:
            # The sheet says nothing of which schools: those that stand there stay.
            known.said = replace(known.said, schools=tuple(school.id for school in schools_of(kit.id)))
        return kit

    def _write_parts(self, known: Known) -> None:
        assert known.kit is not None
        new = []
        for said in known.parts:
            part = known.rows.get(part_key(said.box, said.title))
            if part is None:
                new.append(said)
                continue
            part.quantity, part.is_consumable, part.cost, part.note = (
                said.quantity, said.is_consumable, said.cost, said.note,
            )  # fmt: skip
            part.there = min(part.there, part.quantity)
        append_parts(known.kit, new, len(known.rows))


def merged(there: KitFields, told: Told) -> KitFields:
    return replace(there, **{name: getattr(told.said, name) for name in told.given})


def together(there: Sequence[PartFields], said: Sequence[PartFields]) -> list[PartFields]:
    """What is there with what the row says of it, then what is new. What the row does not name stays."""
    new = {part_key(part.box, part.title): part for part in said}
    kept = [_over(part, new.pop(part_key(part.box, part.title), None)) for part in there]
    return [*kept, *new.values()]


def _over(there: PartFields, said: PartFields | None) -> PartFields:
    if said is None:
        return there
    cost, note = there.cost if said.cost is None else said.cost, said.note or there.note
    return replace(said, title=there.title, cost=cost, note=note, there=there.there)


def _changes(known: Known, told: Told) -> dict[str, tuple[str, str]]:
    after = merged(known.said, told)
    pairs: dict[str, tuple[Any, Any]] = {
        name: (_folded(getattr(known.said, name)), _folded(getattr(after, name))) for name in told.given
    }
    money = after.currency
    pairs["contents"] = (
        as_lines(known.parts, money, "; "),
        as_lines(together(known.parts, told.parts), money, "; "),
    )
    return {name: (str(mine), str(theirs)) for name, (mine, theirs) in pairs.items() if mine != theirs}


def _folded(value: Any) -> Any:
    """Words have no order of their own."""
    return sorted(value) if isinstance(value, tuple) else value
