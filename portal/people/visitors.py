"""Flask-Login over our own session rows: one query finds the session and the person behind a cookie."""

from dataclasses import dataclass

from flask import Flask, g
from flask_login import LoginManager
from sqlalchemy import Boolean, Integer, String, bindparam, exists, select
from sqlalchemy.sql.expression import column, table

from portal.db import db
from portal.people.models import Person, SignInSession
from portal.people.names import initials
from portal.people.operations_sessions import note_seen
from portal.web import clock
from portal.web.links import hashed

# Memberships stand a storey above: here only the question "does she coordinate anything?" is asked of the table.
_membership = table("membership", column("person_id", Integer), column("role", String), column("ended_at", String))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, as every page may know her. Satisfies ``web.access.Visitor`` and what Flask-Login asks."""

    person_id: int
    name: str
    called: str | None
    is_administrator: bool
    locale: str | None
    time_zone: str | None
    coordinates: bool
    session_id: int
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @property
    def first_name(self) -> str:
        return self.called or self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return initials(self.name)

    def get_id(self) -> str:
        return self.token


def init_visitors(app: Flask) -> None:
    manager = LoginManager()
    # The session row is the truth; Flask-Login's own fingerprint of browser and address would end real sessions.
    manager.session_protection = None
    manager.init_app(app)
    manager.user_loader(find_visitor)


# Every page asks it: made once, since putting it together costs three times what asking does.
_WHO = (
    select(
        Person.id,
        Person.name,
        Person.called,
        Person.is_administrator,
        Person.locale,
        Person.time_zone,
        exists()
        .where(
            _membership.c.person_id == Person.id,
            _membership.c.role == "coordinator",
            _membership.c.ended_at.is_(None),
        )
        .cast(Boolean),
        SignInSession.id,
        SignInSession.seen_at,
    )
    .join(SignInSession, SignInSession.person_id == Person.id)
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > bindparam("now"),
        Person.admitted_at.is_not(None),
        Person.erased_at.is_(None),
    )
)


def find_visitor(token: str) -> SignedIn | None:
    """The person behind a session token, or None when the session has ended (one query)."""
    now = clock.now()
    row = db.session.execute(_WHO, {"token_hash": hashed(token), "now": now}).first()
    if row is None:
        return None
    note_seen(row[7], row[8], now)
    visitor = SignedIn(*row[:8], token)
    if visitor.time_zone and not g.get("time_zone"):
        g.time_zone = visitor.time_zone
    return visitor
