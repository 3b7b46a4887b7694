"""Bringing packs in from a catalogue of lessons: as drafts of whoever brings them, or shared at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db
from portal.history.phrases import declare
from portal.networks.models import Membership, Network
from portal.resources.fields import PackFields
from portal.resources.importing_rows import AGES, FIELDS, GRADES, Told, Words, told_by
from portal.resources.models import Pack
from portal.resources.operations import network_of, set_standards, set_words
from portal.resources.queries_fields import fields_of_packs
from portal.standards.queries import resolve
from portal.vocabulary.queries import spellings
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.importing import Create, Importer, Row, RowRefused, Unchanged, Update
from portal.web.importing_plans import Plan
from portal.web.prose import render

KINDS = ("subject", "phase", "licence", "language")
SHOWN = 20

declare({"pack.imported": _l("%(actor)s brought “%(title)s” in from a list")})


@dataclass
class Known:
    """A pack that is there or comes in this run; ``pack`` is None until it has a row."""

    said: PackFields
    pack: Pack | None = None
    is_changed: bool = False
    is_met: bool = False


class PacksImporter(Importer):
    """Packs of one network, known by the code that their catalogue gives them. What a row leaves empty stays.

    ``state`` is "draft" or "shared"; ``subject_id`` is the subject of new packs whose row names none. Without
    ``actor_id`` they belong to the network's first coordinator. Codes of standards that no imported framework has are
    kept, and ``remarks`` names them after the run.
    """

    what = "packs"
    fields = FIELDS

    def __init__(
        self,
        actor_id: int | None = None,
        network_id: int | None = None,
        source: str = "",
        state: str = "draft",
        subject_id: int | None = None,
    ) -> None:
        self.actor_id = actor_id
        self.network_id = network_id
        self.source = source
        self.state = state
        self.subject_id = subject_id
        self.remarks: list[str] = []
        self.known: dict[str, Known] = {}
        self.codes: dict[str, None] = {}

    def begin(self, columns: Mapping[str, str], keep: bool) -> None:
        super().begin(columns, keep)
        network = db.session.get(Network, self.network_id) if self.network_id else None
        if network is None:
            raise DomainError(_("Say which network the packs are for."), "network")
        self.owner_id = self.actor_id or _first_coordinator(network.id)
        ages = GRADES if network.locale.endswith("US") else AGES
        self.words = Words({kind: spellings(kind) for kind in KINDS}, ages)

    def prepare(self, rows: Sequence[Row]) -> None:
        """Four queries for a chunk: the packs that its codes name, their words and standards, and what codes mean."""
        told = [told for row in rows if (told := _quietly(row, self.columns, self.words))]
        there = select(Pack).where(
            Pack.network_id == self.network_id,
            Pack.deleted_at.is_(None),
            Pack.outside_code.in_({one.code for one in told} - self.known.keys()),
        )
        packs = list(db.session.execute(there).scalars())
        said = fields_of_packs(packs)
        self.known |= {pack.outside_code or "": Known(said[pack.id], pack) for pack in packs}

    def plan(self, row: Row) -> Plan:
        told = told_by(row, self.columns, self.words)
        known = self.known.get(told.code)
        if known is None:
            if self.subject_id and not told.said.subjects:
                told.said.subjects = (self.subject_id,)
            return Create(told)
        changes = _changes(known, told)
        known.is_met = True
        if not changes:
            return Unchanged(known.pack.id if known.pack else 0, known.said.title)
        return Update(known.pack.id if known.pack else 0, changes, told, existing=known.said.title)

    def write(self, plan: Create | Update, row: Row) -> None:
        told: Told = plan.values
        known = self.known.get(told.code)
        if known is None:
            self.known[told.code] = Known(told.said, is_changed=True, is_met=True)
        else:
            known.said = _merged(known.said, told)
            known.is_changed = True

    def flush(self) -> None:
        """New packs first, since words and standards hang on their ids."""
        changed = [(code, known) for code, known in self.known.items() if known.is_changed]
        for code, known in changed:
            known.pack = self._written(known.pack, known.said, code)
        db.session.flush()
        found = resolve({code for _code, known in changed for code in known.said.standards})
        for _code, known in changed:
            assert known.pack is not None
            set_words(known.pack.id, known.said)
            set_standards(known.pack.id, known.said.standards, found)
            self.codes |= dict.fromkeys(code for code in known.said.standards if code not in found)
            history.record(
                self.actor_id, "pack.imported", "pack", known.pack.id, network_of(known.pack), title=known.said.title
            )
            known.is_changed = False
        db.session.flush()

    def finish(self, outcome: Any) -> None:
        """Say which codes of standards nobody knows here."""
        if self.codes:
            shown = ", ".join(list(self.codes)[:SHOWN]) + (", …" if len(self.codes) > SHOWN else "")
            self.remarks.append(_("Kept as written, since no imported framework has them: %(codes)s", codes=shown))

    def _written(self, pack: Pack | None, said: PackFields, code: str) -> Pack:
        now = clock.now()
        if pack is None:
            pack = Pack(network_id=self.network_id, owner_id=self.owner_id, outside_code=code, created_at=now)
            if self.state == "shared":
                pack.shared_at, pack.shared_by = now, self.owner_id
            db.session.add(pack)
        for name, value in said.columns().items():
            setattr(pack, name, value)
        pack.about_html = str(render(said.about))
        pack.changed_at = now
        return pack


def _quietly(row: Row, columns: Mapping[str, str], words: Words) -> Told | None:
    """What can't be taken is said when the row's turn comes."""
    try:
        return told_by(row, columns, words)
    except RowRefused:
        return None


def _changes(known: Known, told: Told) -> dict[str, tuple[str, str]]:
    """What the row says differently. A repeat within one file changes nothing: its first row has said it."""
    if known.is_met:
        return {}
    merged = _merged(known.said, told)
    names = PackFields.__dataclass_fields__
    pairs = {name: (getattr(known.said, name), getattr(merged, name)) for name in names}
    return {
        name: (str(mine), str(theirs)) for name, (mine, theirs) in pairs.items() if _folded(mine) != _folded(theirs)
    }


def _folded(value: Any) -> Any:
    """Words have no order of their own."""
    return sorted(value) if isinstance(value, tuple) else value


def _merged(there: PackFields, told: Told) -> PackFields:
    return replace(there, **{name: getattr(told.said, name) for name in told.given})


def _first_coordinator(network_id: int) -> int:
    query = select(Membership.person_id).where(
        Membership.network_id == network_id, Membership.role == "coordinator", Membership.ended_at.is_(None)
    )
    found = db.session.execute(query.order_by(Membership.started_at, Membership.id).limit(1)).scalar()
    if found is None:
        raise DomainError(_("This network has no coordinator yet, so nobody to own the packs."))
    return found
