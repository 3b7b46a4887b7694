"""Who may open what of organisations: everybody signed in reads, those who run a network keep them right."""

from sqlalchemy import select

from portal.db import db
from portal.organisations.models import Organisation

EVERYBODY = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana")


def prepare() -> dict[str, object]:
    first = db.session.execute(select(Organisation.id).order_by(Organisation.id)).scalars().first()
    return {"organisation_id": first}


def _all(answer: str, **others: str) -> dict[str, str]:
    return dict.fromkeys(EVERYBODY, answer) | {"nobody": "sign-in"} | others


READ = _all("may")
KEEP = _all("403", ines="may", ravi="may")
WAITING = _all("403", ines="404", ravi="404")

MATRIX: dict[str, dict[str, str]] = {
    "GET organisations.index": READ,
    "GET organisations.show": READ,
    **{f"{method} organisations.{name}": KEEP for method, name in (
        ("GET", "new"), ("POST", "create"), ("GET", "edit"), ("POST", "change"), ("POST", "close"), ("POST", "reopen"),
        ("GET", "bring"), ("POST", "take"), ("GET", "duplicates"),
    )},
    **{f"{method} organisations.{step}": WAITING for method, step in (
        ("GET", "columns"), ("POST", "choose"), ("GET", "preview"), ("POST", "run"), ("GET", "result"), ("GET", "rejects"),
        ("POST", "take_apart"),
    )},
    # The numbers of records are those of people: such organisations need not exist.
    "GET organisations.same": KEEP,
    "GET organisations.compare": KEEP,
    "POST organisations.merge": KEEP,
}  # fmt: skip
