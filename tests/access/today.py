"""Today: everybody has her own, and a network's Today is for its members."""

MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"}
STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}

MATRIX = {
    "GET today.door": dict.fromkeys((*MEMBERS, *STRANGERS), "may"),
    "GET today.land": dict.fromkeys((*MEMBERS, *STRANGERS), "may") | {"nobody": "sign-in"},
    "GET today_here.index": MEMBERS | STRANGERS,
}


def prepare() -> dict[str, object]:
    return {}
