"""The doors in and out."""

EVERYONE = dict.fromkeys(("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody"), "may")

MATRIX = {
    "GET signing_in.ask": EVERYONE,
    "POST signing_in.send": EVERYONE,
    "GET signing_in.type_code": EVERYONE | {"nobody": "may"},
    "POST signing_in.check_code": EVERYONE,
    "GET signing_in.open_link": EVERYONE,
    "POST signing_in.press_link": EVERYONE,
    "POST signing_in.leave": EVERYONE | {"nobody": "sign-in"},
}


def prepare() -> dict[str, object]:
    return {"token": "no-such-token"}
