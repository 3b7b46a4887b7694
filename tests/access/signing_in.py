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
    "GET signing_in.ask_slip": EVERYONE,
    "POST signing_in.take_slip": EVERYONE,
    # The cast meets the portal at a bare number, to which no passkey belongs.
    "POST signing_in.ask_to_come_in": dict.fromkeys(EVERYONE, "404"),
    "POST signing_in.come_with_passkey": EVERYONE,
    "POST signing_in.leave": SIGN_IN,
}


def prepare() -> dict[str, object]:
    return {"token": "no-such-token"}
