"""Kits and contents as sheets: what an import reads back, cell for cell."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.kit.fields import PartFields
from portal.kit.lines import as_lines
from portal.kit.models import Kit, KitPart
from portal.web.money import exactly
from portal.web.tables import Column

# The headings that an import knows; see importing_rows.FIELDS.
KITS = (
    ("title", _l("Title")),
    ("code", _l("Number")),
    ("strapline", _l("In one sentence")),
    ("kind", _l("Kind")),
    ("way", _l("Way")),
    ("home", _l("Home")),
    ("boxes", _l("Boxes")),
    ("contents", _l("Contents")),
    ("currency", _l("Currency")),
    ("subjects", _l("Subjects")),
    ("phases", _l("Ages")),
    ("owner", _l("Belongs to")),
    ("collecting", _l("Collecting")),
    ("size", _l("Size")),
    ("weight", _l("Weight")),
    ("safety", _l("Safety")),
    ("condition", _l("Condition")),
    ("lends_to", _l("Lends to")),
    ("about", _l("About")),
)
STANDING = (_l("Network"), _l("State"), _l("Parts in it"), _l("Parts that are short"), _l("Classes that used it"))
CONTENTS = (
    _l("Box"),
    _l("Part"),
    _l("Belong in it"),
    _l("There now"),
    _l("Used up"),
    _l("Cost of one"),
    _l("Currency"),
    _l("Note"),
)


def kit_columns() -> list[Column]:
    return [Column(str(label)) for _key, label in KITS] + [Column(str(label)) for label in STANDING]


def kit_cells(
    kits: Mapping[int, tuple[Kit, str]],
    parts: Mapping[int, Sequence[KitPart]],
    words: Mapping[int, Mapping[str, Sequence[Any]]],
) -> Callable[[Any], list[Any]]:
    """One row of the list as cells: ``kits`` are the kits by id with the name of their owner."""

    def cells(row: Any) -> list[Any]:
        kit, owner = kits[row.id]
        said = {kind: ", ".join(word.label for word in words[row.id][kind]) for kind in ("subject", "phase")}
        contents = as_lines(map(said_of, parts[row.id]), kit.currency, "; ")
        first = [kit.title, kit.asset_code, kit.strapline, kit.kind, kit.way, kit.home, kit.boxes, contents]
        then = [kit.currency, said["subject"], said["phase"], owner, kit.collecting, kit.size, kit.weight]
        last = [kit.safety_note, kit.condition, kit.lends_to, kit.about]
        return [*first, *then, *last, row.network_name, row.state, row.in_it, row.short, row.uses_count]

    return cells


def contents_columns() -> list[Column]:
    return [Column(str(label)) for label in CONTENTS]


def contents_cells(currency: str) -> Callable[[KitPart], list[Any]]:
    """One part of a kit as cells."""

    def cells(part: KitPart) -> list[Any]:
        cost = None if part.cost is None else exactly(part.cost, currency)
        return [part.box, part.title, part.quantity, part.there, part.is_consumable, cost, currency, part.note]

    return cells


def said_of(part: KitPart) -> PartFields:
    """A part that is there, in the shape that lines are written from."""
    return PartFields(part.title, part.quantity, part.box, part.is_consumable, part.cost, part.note, part.there)
