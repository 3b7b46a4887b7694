"""What an import would do, as a page shows it: counts, what looks alike, what differs, what comes back."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from portal.web.importing import (
    Ask,
    Candidate,
    Create,
    Importer,
    Outcome,
    Row,
    RowRefused,
    Update,
    rehearse,
)
from portal.web.importing_plans import Plan
from portal.web.tables import Sheet

SHOWN = 100


@dataclass
class Shown:
    """One row of the preview: what it says, what is known, and what can be decided."""

    number: int
    title: str
    line: str
    candidates: list[Candidate] = field(default_factory=list)
    can_be_new: bool = False
    # What happens to it when nobody decides: "new", the id of a record, or "" (it comes back).
    usual: str = ""
    reason: str = ""
    existing: str = ""
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def options(self) -> list[tuple[str, str]]:
        """(value, words) of the decisions that this row leaves open."""
        found = [
            (str(one.id), _("It is %(label)s (%(why)s)", label=one.label, why=one.why))
            for one in self.candidates
            if one.id > 0
        ]
        if self.can_be_new:
            found.append(("new", _("It is another one: add it")))
        found.append(("", _("Send the row back")) if self.reason else ("keep", _("Leave the row out")))
        return found


@dataclass
class Preview:
    outcome: Outcome
    alike: list[Shown] = field(default_factory=list)
    differing: list[Shown] = field(default_factory=list)
    fresh: list[Shown] = field(default_factory=list)
    refused: list[Shown] = field(default_factory=list)
    remarks: int = 0


def look_ahead(importer: Importer, sheet: Sheet, columns: dict[str, str]) -> Preview:
    """Rehearse the whole import; at most a hundred rows of each kind are kept for the page."""
    preview = Preview(Outcome())
    labels = {one.key: str(one.label) for one in importer.fields}

    def watch(row: Row, plan: Plan | RowRefused) -> None:
        shown = _shown(row, plan, importer, labels)
        if isinstance(plan, Ask):
            _keep(preview.alike, shown)
        elif isinstance(plan, Update):
            _keep(preview.differing, shown)
        elif isinstance(plan, Create):
            preview.remarks += bool(plan.remarks)
            _keep(preview.fresh, shown)
        elif isinstance(plan, RowRefused):
            _keep(preview.refused, shown)

    preview.outcome = rehearse(importer, sheet, columns, watch=watch)
    return preview


def _keep(rows: list[Shown], shown: Shown) -> None:
    if len(rows) < SHOWN:
        rows.append(shown)


def _shown(row: Row, plan: Plan | RowRefused, importer: Importer, labels: dict[str, str]) -> Shown:
    said = [row.get(one.key) for one in importer.fields if row.get(one.key)]
    shown = Shown(row.number, said[0] if said else _("An empty row"), " · ".join(said[1:5]))
    if isinstance(plan, Ask):
        shown.candidates = plan.candidates
        shown.can_be_new = isinstance(plan.otherwise, Create)
        if isinstance(plan.otherwise, RowRefused):
            shown.reason = plan.otherwise.sentence
        elif isinstance(plan.otherwise, Create):
            shown.usual = "new"
        else:
            shown.usual = str(plan.otherwise.id)
    elif isinstance(plan, Update):
        shown.existing, shown.remarks = plan.existing, plan.remarks
        shown.differences = [(labels.get(key, key), *change) for key, change in plan.differences.items()]
    elif isinstance(plan, Create):
        shown.remarks = plan.remarks
    elif isinstance(plan, RowRefused):
        shown.reason = plan.sentence
    return shown
