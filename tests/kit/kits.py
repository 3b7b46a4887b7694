"""Kits for tests: a box of the cast's network with three parts in two boxes."""

from portal.kit.fields import KitFields, PartFields
from portal.kit.operations import make_kit as make
from portal.kit.operations_states import list_kit
from tests import cast

PAGE = "/n/tarn-and-tide/kit/"
PARTS = (
    PartFields("AA cells", 24, 1, is_consumable=True, cost=40),
    PartFields("USB leads", 12, 1, cost=350),
    PartFields("Microcontrollers", 12, 2, cost=1800, note="in their foam"),
)


def said(**other) -> KitFields:
    """A kit that lacks nothing."""
    usual = {
        "title": "Microcontrollers",
        "strapline": "Twelve boards that light up in the first lesson.",
        "asset_code": "Box 9",
        "home": "Brackenhythe Academy, room 12",
        "boxes": 2,
        "currency": "GBP",
    }
    return KitFields(**(usual | other))


def make_kit(owner: str = "ines", listed: bool = True, network: str = "tarn-and-tide", parts=PARTS, **other) -> int:
    """A kit of one of the cast's networks; inside ``in_app``. Say ``keeper_id=cast.person_id("dafydd")`` and the like."""
    kit_id = make(cast.person_id(owner), cast.network_id(network), said(**other), parts)
    if listed:
        list_kit(cast.person_id(owner), kit_id)
    return kit_id
