"""The review of packs: for coordinators. The pack is one of Tobi's that he shared."""

from tests.access.resources import row

COORDINATOR = row("may", "403", "403", "403", "404", "404", "404", "sign-in")

MATRIX = {
    "GET reviewing.index": COORDINATOR,
    "GET reviewing.show": COORDINATOR,
    "POST reviewing.decide": COORDINATOR,
    "POST reviewing.recommend": COORDINATOR,
    "POST reviewing.unrecommend": COORDINATOR,
}


def prepare() -> dict[str, object]:
    """Nothing of its own: it looks at the pack of the room below."""
    return {}
