"""Kit boxes: members read, coordinators keep them."""

from tests.kit.kits import make_kit

MEMBERS = {
    "ines": "may", "tobi": "may", "dafydd": "may", "petra": "may",
    "kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in",
}  # fmt: skip

MATRIX = {"GET kit.index": MEMBERS, "GET kit.show": MEMBERS}


def prepare() -> dict[str, object]:
    return {"kit_id": make_kit()}
