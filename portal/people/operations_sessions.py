"""Sessions: started by a code or an accepted invitation, listed, ended; last seen is gathered, not written by a page."""

import secrets
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.people.models import SignInSession
from portal.web import clock
from portal.web.errors import NotHere
from portal.web.gathered import basket
from portal.web.links import hashed

phrases.declare(
    {
        "person.signed_in": _l("%(actor)s signed in"),
        "person.signed_out": _l("%(actor)s signed out"),
        "person.ended_session": _l("%(actor)s ended a sign-in on another device"),
    }
)
SEEN_EVERY = timedelta(minutes=10)


@operation
def start_session(person_id: int, lasts: timedelta, own_device: bool, label: str) -> str:
    """Open a session of that length for a person; returns the token for her cookie (it is stored hashed)."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session = SignInSession(
        token_hash=hashed(token),
        person_id=person_id,
        created_at=now,
        seen_at=now,
        expires_at=now + lasts,
        own_device=own_device,
        label=label[:120],
    )
    db.session.add(session)
    history.record(person_id, "person.signed_in", "person", person_id)
    return token


@operation
def end_session(person_id: int, session_id: int, here: bool) -> None:
    """End one of a person's own sessions. Raises NotHere for anybody else's."""
    session = db.session.execute(
        select(SignInSession).where(SignInSession.id == session_id, SignInSession.person_id == person_id)
    ).scalar_one_or_none()
    if session is None:
        raise NotHere
    if session.ended_at is None:
        session.ended_at = clock.now()
        history.record(person_id, "person.signed_out" if here else "person.ended_session", "person", person_id)


@operation
def end_all_sessions(person_id: int, but: int | None = None) -> int:
    """End every session of a person, except perhaps the one at hand; returns how many there were."""
    open_sessions = (
        SignInSession.person_id == person_id,
        SignInSession.ended_at.is_(None),
        SignInSession.id != (but or 0),
    )
    ids = list(db.session.execute(select(SignInSession.id).where(*open_sessions)).scalars())
    db.session.execute(update(SignInSession).where(SignInSession.id.in_(ids)).values(ended_at=clock.now()))
    if ids:
        history.record(person_id, "person.ended_session", "person", person_id)
    return len(ids)


def note_seen(session_id: int, seen_at: datetime, now: datetime) -> None:
    """Remember that a session was used, at most every ten minutes, outside the page's own transaction."""
    if now - seen_at > SEEN_EVERY:
        _seen.put(session_id, now)


def _write_seen(facts: dict[object, object]) -> None:
    for session_id, at in facts.items():
        db.session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=at))


_seen = basket(_write_seen)
