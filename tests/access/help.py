"""The standing pages are open to everyone."""

EVERYONE = dict.fromkeys(("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody"), "may")

MATRIX = {
    f"GET help.{page}": EVERYONE
    for page in ("index", "formatting", "blocked", "privacy", "accessibility", "pieces", "health")
}


def prepare() -> dict[str, object]:
    return {}
