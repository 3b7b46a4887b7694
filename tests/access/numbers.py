"""Numbers: members read the figures, coordinators open the rows."""

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"} | STRANGERS

MATRIX = {
    "GET numbers.index": MEMBERS,
    "GET numbers.holdings": MEMBERS,
    "GET numbers.unused": MEMBERS,
    "GET numbers.rows": MEMBERS | {"tobi": "403", "dafydd": "403", "petra": "403"},
}


def prepare() -> dict[str, object]:
    return {"key": "people", "kind": "kit"}
