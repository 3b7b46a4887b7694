"""The doors in and out."""

EVERYONE = dict.fromkeys(("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody"), "may")

SIGN_IN = dict.fromkeys(EVERYONE, "sign-in")

MATRIX = {
    "GET signing_in.ask": EVERYONE,
    "POST signing_in.send": EVERYONE,
    # Without a code under way both lead back to the start.
    "GET signing_in.type_code": SIGN_IN,
    "POST signing_in.check_code": SIGN_IN,
    "GET signing_in.open_link": EVERYONE,
    "POST signing_in.press_link": EVERYONE,
    "POST signing_in.leave": SIGN_IN,
}


def prepare() -> dict[str, object]:
    return {"token": "no-such-token"}
