"""What the benchmark must know of an instance before it asks: whose cookies, which topic, event, pack, sheet and pair."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from portal import create_app
from portal.config import Settings
from portal.db import db, writing
from portal.people.operations_sessions import start_session

NETWORK = "(SELECT id FROM network WHERE slug = 'tarn-and-tide')"
SESSIONS = f"session JOIN activity ON activity.id = session.id WHERE activity.network_id = {NETWORK}"
ON = "activity.cancelled_at IS NULL AND event_id IN (SELECT id FROM event WHERE published_at NOTNULL AND cancelled_at IS NULL)"
ONE = {
    "topic": f"SELECT id FROM topic WHERE network_id = {NETWORK} AND closed_at IS NULL "
    "ORDER BY abs(posts_count - 8), id DESC LIMIT 1",
    "event": f"SELECT event_id FROM {SESSIONS} AND {ON} AND starts_at > datetime('now', '+1 day') "
    "AND (SELECT count(*) FROM session other WHERE other.event_id = session.event_id) = 1 "
    "ORDER BY capacity IS NOT NULL, -capacity LIMIT 1",
    "pack": f"SELECT id FROM pack WHERE network_id = {NETWORK} AND shared_at NOTNULL AND retired_at IS NULL "
    "ORDER BY uses_count DESC LIMIT 1",
    "sheet": f"SELECT session.id FROM {SESSIONS} AND {ON} AND starts_at < datetime('now') ORDER BY "
    "(SELECT count(*) FROM participation WHERE activity_id = session.id) DESC LIMIT 1",
    "pair": f"SELECT id FROM pairing WHERE network_id = {NETWORK} AND ended_on IS NULL ORDER BY id LIMIT 1",
}
MEMBERS = f"""SELECT person_id FROM membership JOIN person ON person.id = person_id
WHERE network_id = {NETWORK} AND ended_at IS NULL AND admitted_at NOTNULL AND role = 'member' ORDER BY person_id"""
TOPICS = f"SELECT id FROM topic WHERE network_id = {NETWORK} AND closed_at IS NULL ORDER BY last_post_at DESC LIMIT 16"
INES = "SELECT person_id FROM email_address WHERE folded = 'ines@tarn-and-tide.example'"


@dataclass(frozen=True)
class Known:
    """Ids by name, the topics to answer in, rows of a sheet, and session cookies by who they are for."""

    ids: dict[str, int]
    topics: list[int]
    rows: list[tuple[int, str]]
    cookie_name: str
    ines: list[str]
    members: list[str]
    mentor: list[str]


def look_into(instance: Path, clients: int) -> Known:
    """Sign everybody in, straight in the database, and find what to ask for."""
    app = create_app(replace(Settings(), instance=instance, environment="production", secure_cookies=False))
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]

    def cookie(person_id: int) -> str:
        token = start_session(person_id, timedelta(hours=4), False, "benchmark")
        return str(signer.dumps({"_user_id": token, "_fresh": True}))

    with app.app_context(), writing():
        ids = {name: _one(query) for name, query in ONE.items()}
        ids["sheet event"] = _one(f"SELECT event_id FROM session WHERE id = {ids['sheet']}")
        ids["minutes"] = _one(f"SELECT minutes FROM activity WHERE id = {ids['sheet']}")
        _open_sheet(ids["sheet"])
        found = Known(
            ids,
            _all(TOPICS),
            _rows(ids["sheet"]),
            app.config["SESSION_COOKIE_NAME"],
            _cookies(cookie, [_one(INES)], clients),
            _cookies(cookie, _all(MEMBERS), clients),
            _cookies(cookie, [_one(f"SELECT mentor_id FROM pairing WHERE id = {ids['pair']}")], clients),
        )
        db.engine.dispose()
    return found


def _cookies(cookie: Callable[[int], str], people: list[int], clients: int) -> list[str]:
    return [cookie(people[number % len(people)]) for number in range(clients)]


def _open_sheet(session_id: int) -> None:
    db.session.execute(text(f"UPDATE session SET attendance_closed_at = NULL WHERE id = {session_id}"))
    db.session.commit()


def _rows(session_id: int) -> list[tuple[int, str]]:
    """Who stands on the sheet with which mark."""
    query = f"SELECT person_id, minutes, capacity FROM participation WHERE activity_id = {session_id} "
    query += "AND minutes NOTNULL AND capacity = 'participant'"
    return [(row[0], f"{row[1]}.{row[2]}") for row in db.session.execute(text(query))]


def _one(query: str) -> int:
    return int(db.session.execute(text(query)).scalar_one())


def _all(query: str) -> list[int]:
    return list(db.session.execute(text(query)).scalars())
