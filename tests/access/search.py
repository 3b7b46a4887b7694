"""Who may search: everybody who is signed in, each in her own things."""


def prepare() -> dict[str, object]:
    return {}


EVERYBODY = dict.fromkeys(("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana"), "may") | {"nobody": "sign-in"}
MATRIX = {"GET search.index": EVERYBODY}
