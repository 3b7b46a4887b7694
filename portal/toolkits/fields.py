"""What is said of a toolkit, from form to operation, and what an earlier version keeps of a pack."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.toolkits.models import Toolkit


@dataclass
class ToolkitFields:
    title: str = ""
    strapline: str = ""
    about: str = ""


def fields_of(toolkit: Toolkit) -> ToolkitFields:
    return ToolkitFields(toolkit.title, toolkit.strapline, toolkit.about)


@dataclass(frozen=True)
class Pin:
    """A pack as a version of a toolkit keeps it: which version it had then, its name then, and what lay in it."""

    pack: int
    version: int
    note: str
    title: str
    items: tuple[int, ...] = ()


def kept(said: ToolkitFields, pins: list[Pin]) -> dict[str, Any]:
    """The ``fields`` of a version."""
    return asdict(said) | {"packs": [asdict(pin) for pin in pins]}


def pins_in(fields: Mapping[str, Any]) -> list[Pin]:
    """The packs that a version kept, in their order."""
    return [
        Pin(one["pack"], one["version"], one["note"], one["title"], tuple(one.get("items", ())))
        for one in fields.get("packs", [])
    ]
