"""What is said of a kit and of its parts, as plain objects: from form or sheet to operation."""

from dataclasses import asdict, dataclass
from typing import Any

from portal.kit.models import Kit

# What stands in tables of its own: ids of words, of schools.
HUNG = ("subjects", "phases", "schools")


@dataclass
class KitFields:
    """Days are whole days; subjects and phases are ids of words, schools are ids of organisations."""

    title: str = ""
    strapline: str = ""
    about: str = ""
    kind: str = "box"
    way: str = "lent"
    boxes: int = 1
    asset_code: str = ""
    home: str = ""
    collecting: str = ""
    owner_organisation_id: int | None = None
    keeper_id: int | None = None
    size: str = ""
    weight: str = ""
    safety_note: str = ""
    condition: str = "good"
    condition_note: str = ""
    lends_to: str = "network"
    most_days: int = 21
    notice_days: int = 2
    turn_round_days: int = 2
    needs_return: bool = True
    currency: str = "EUR"
    subjects: tuple[int, ...] = ()
    phases: tuple[int, ...] = ()
    schools: tuple[int, ...] = ()

    def columns(self) -> dict[str, Any]:
        """What stands in the kit's own row."""
        return {name: value for name, value in asdict(self).items() if name not in HUNG}


COLUMNS = tuple(name for name in KitFields.__dataclass_fields__ if name not in HUNG)


def columns_of(kit: Kit) -> dict[str, Any]:
    """The kit's own row in the same shape."""
    return {name: getattr(kit, name) for name in COLUMNS}


@dataclass(frozen=True)
class PartFields:
    """One line of the contents. ``cost`` is what one costs, in the smallest unit of the kit's currency; None: not known.

    ``there`` of None: all of them, for a new part; unchanged, for one that is known.
    """

    title: str
    quantity: int = 1
    box: int = 1
    is_consumable: bool = False
    cost: int | None = None
    note: str = ""
    there: int | None = None


@dataclass(frozen=True)
class Said:
    """What somebody says is wrong: a part (None: the kit as a whole), how, how many, and words."""

    kind: str
    part_id: int | None = None
    quantity: int = 1
    text: str = ""
