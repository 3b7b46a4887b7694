"""What the modules of one room may import, as a contract of import-linter (see pyproject.toml).

The contracts that import-linter brings match whole names only; here a room may split by noun, and
``operations_booking`` is held to the same plan as ``operations``. Only direct imports count.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PlanOfARoom(Contract):
    """One kind of module: which of its own room it leaves alone ("*": everything), and what from anywhere."""

    kind = fields.StringField()
    never_of_its_room = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    never = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            (importer, imported, line["line_number"], line["line_contents"])
            for importer in sorted(graph.modules)
            if _kind(importer) == self.kind
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_against(importer, imported)
            for line in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, number, contents in check.metadata["broken"]:
            output.print_error(f"{importer} must not import {imported} (l. {number}: {contents})", bold=False)

    def _is_against(self, importer: str, imported: str) -> bool:
        if any(imported == name or imported.startswith(f"{name}.") for name in self.never):
            return True
        if _room(importer) != _room(imported) or _kind(imported) == self.kind:
            return False
        return "*" in self.never_of_its_room or _kind(imported) in self.never_of_its_room


def _room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _kind(module: str) -> str:
    """``operations`` for portal.events.operations_booking; empty for what is not a module of a room."""
    parts = module.split(".")
    return parts[2].partition("_")[0] if len(parts) == 3 and parts[0] == "portal" else ""
