"""Kit boxes: members read, coordinators keep them."""

MEMBERS = {
    "ines": "may", "tobi": "may", "dafydd": "may", "petra": "may",
    "kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in",
}  # fmt: skip

MATRIX = {"GET kit.index": MEMBERS}


def prepare() -> dict[str, object]:
    return {}
