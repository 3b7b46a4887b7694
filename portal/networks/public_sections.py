"""What rooms above show on a network's public page. The page stands below them, so they hang their part in here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.networks.models import Network


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its template, and what that calls ``shown``."""

    template: str
    shown: Any


# None where the room has nothing to show, or is closed.
Maker = Callable[[Network], Section | None]
_makers: list[Maker] = []


def public_section(maker: Maker) -> Maker:
    """Add a part to every network's public page."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def sections_of(network: Network) -> list[Section]:
    return [section for section in (maker(network) for maker in _makers) if section]
