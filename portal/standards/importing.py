"""Bringing standards in: any list of codes and statements, of a framework that the file, a column or a person names."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.standards.codes import fold_code
from portal.standards.frameworks import known, recognise
from portal.standards.importing_rows import FIELDS, Line, line_of
from portal.standards.models import Framework, Standard, StandardLink
from portal.standards.queries import dead_links
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.importing import Create, Importer, Row, RowRefused, Unchanged, Update
from portal.web.importing_plans import Plan

SHOWN = 20
NAMES = {
    "statement": _l("statement"),
    "grade": _l("grade"),
    "heading": _l("heading"),
    "note": _l("note"),
    "also": _l("other spellings"),
    "links": _l("codes that it names"),
}


class StandardsImporter(Importer):
    """Standards, known by framework and folded code. What a row leaves empty stays as it is.

    ``framework`` is a code or name; without it a column of the sheet, its headings or ``file_name`` must tell.
    After the run ``remarks`` says which codes that the lines name lead nowhere.
    """

    what = "standards"
    fields = FIELDS

    def __init__(self, framework: str = "", file_name: str = "", actor_id: int | None = None) -> None:
        self.given = framework
        self.file_name = file_name
        self.actor_id = actor_id
        self.remarks: list[str] = []
        self.met: dict[str, Framework | None] = {}
        self.lines: dict[tuple[str, str], Line] = {}
        # Met in this run: the first row of a file wins, a repeat only adds.
        self.seen: set[tuple[str, str]] = set()

    def begin(self, columns: Mapping[str, str], keep: bool) -> None:
        super().begin(columns, keep)
        if not self.given and "framework" not in columns.values() and not self._recognised():
            raise DomainError(_("Say which framework these standards belong to, like NGSS or NC-England."), "framework")

    def prepare(self, rows: Sequence[Row]) -> None:
        """Two queries for a chunk and framework: the lines it may mean, and what they name."""
        wanted: dict[str, set[str]] = {}
        for row in rows:
            wanted.setdefault(self._framework(row), set()).add(fold_code(row.get("code")))
        for code, keys in wanted.items():
            if code and code not in self.met:
                self.met[code] = db.session.execute(
                    select(Framework).where(Framework.code == code)
                ).scalar_one_or_none()
            if there := self.met.get(code):
                self._learn(there, keys)

    def plan(self, row: Row) -> Plan:
        framework = self._framework(row)
        if not framework:
            raise RowRefused(_("The framework is missing."))
        line = line_of(row)
        there = self.lines.get((framework, line.key))
        if there is None:
            return Create((framework, line))
        changes = there.changes(line, adds_only=(framework, line.key) in self.seen)
        if not changes:
            self.seen.add((framework, line.key))
            return Unchanged(there.id, there.code)
        shown = {str(NAMES[name]): pair for name, pair in changes.items()}
        return Update(there.id, shown, (framework, line), existing=there.code)

    def write(self, plan: Create | Update, row: Row) -> None:
        framework, line = plan.values
        there = self.lines.setdefault((framework, line.key), Line(code=line.code, key=line.key))
        there.take(line, adds_only=(framework, line.key) in self.seen)
        self.seen.add((framework, line.key))

    def flush(self) -> None:
        """New lines first, since what they name hangs on their ids."""
        changed = [(framework, line) for (framework, _key), line in self.lines.items() if line.is_changed]
        for framework, line in changed:
            if line.record is None:
                line.record = Standard(framework_id=self._made(framework).id, code=line.code, key=line.key)
                db.session.add(line.record)
            for name, value in line.columns().items():
                setattr(line.record, name, value)
        db.session.flush()
        for _framework, line in changed:
            fresh = line.new_links.items()
            db.session.add_all(StandardLink(standard_id=line.id, code=code, key=key) for key, code in fresh)
        self.lines.clear()

    def finish(self, outcome: Any) -> None:
        """Note when it was done, and which codes lead nowhere."""
        db.session.flush()
        for framework in filter(None, self.met.values()):
            framework.imported_at = clock.now()
            lost = dead_links(framework.id)
            if lost:
                shown = ", ".join(lost[:SHOWN]) + (", …" if len(lost) > SHOWN else "")
                sentence = _(
                    "%(name)s: these codes are named but lead nowhere: %(codes)s", name=framework.code, codes=shown
                )
                self.remarks.append(sentence)

    def _recognised(self) -> str:
        found = recognise(self.columns, self.file_name)
        return found.code if found else ""

    def _framework(self, row: Row) -> str:
        """The code of the framework that a row belongs to; empty when nothing tells."""
        name = self.given or row.get("framework") or self._recognised()
        meant = known(name)
        return meant.code if meant else name.strip()[:40]

    def _made(self, code: str) -> Framework:
        there = self.met.get(code)
        if there is None:
            meant = known(code)
            name, attribution = (meant.name, meant.attribution) if meant else (code, "")
            there = Framework(code=code, name=name, attribution=attribution, imported_at=clock.now())
            db.session.add(there)
            db.session.flush()
            self.met[code] = there
        return there

    def _learn(self, framework: Framework, keys: set[str]) -> None:
        there = select(Standard).where(Standard.framework_id == framework.id, Standard.key.in_(keys))
        found = {record.id: Line.known(record) for record in db.session.execute(there).scalars()}
        links = select(StandardLink.standard_id, StandardLink.key, StandardLink.code)
        for standard_id, key, code in db.session.execute(links.where(StandardLink.standard_id.in_(found))):
            found[standard_id].links[key] = code
        self.lines = {(framework.code, line.key): line for line in found.values()} | self.lines
