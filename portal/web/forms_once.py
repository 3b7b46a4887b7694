"""Forms act once: a double click, a retry after a cut line and a reload are one act.

Every rendered form carries a ``form_key``. It is written in the operation's own transaction, and a second arrival is
sent to where the first one led.
"""

import hashlib
import secrets
import time
from datetime import datetime, timedelta

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, before_commit, db, operation
from portal.web import clock
from portal.web.errors import DomainError

KEPT = timedelta(days=2)
# Seconds between two looks for where a form led.
PAUSES = (0.02, 0.05, 0.1, 0.2)


class HandledForm(Base):
    """A form that was acted on: its key, and where the person was sent afterwards."""

    __tablename__ = "handled_form"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    handled_at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str | None] = mapped_column(String(2000))


def new_form_key() -> str:
    """What makes one rendering of a form unlike the next."""
    return secrets.token_hex(16)


def init_forms_once(app: Flask) -> None:
    app.before_request(_answer_again)
    # For buttons that have no form object behind them.
    app.jinja_env.globals["new_form_key"] = new_form_key


def _mark(form_key: object, path: str = "") -> str | None:
    """What is kept of a key. Several buttons of one page may share a key, so it counts for one address alone."""
    if not isinstance(form_key, str) or len(form_key) != 32:
        return None
    return hashlib.sha256(f"{form_key} {path or request.path}".encode()).hexdigest()[:32]


def was_handled(form_key: object, path: str) -> bool:
    """Whether a form was acted on at that address: what was sent along the way of its draft comes too late."""
    key = _mark(form_key, path)
    return key is not None and db.session.get(HandledForm, key) is not None


def _record_key() -> None:
    key = _mark(g.get("form_key")) if g else None
    if key is None:
        return
    # What else the operation wrote goes first, so that only the key's own clash is taken for a second arrival.
    db.session.flush()
    db.session.add(HandledForm(key=key, handled_at=clock.now()))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise DomainError("This was already saved.") from error


before_commit(_record_key)


def _answer_again() -> ResponseReturnValue | None:
    """A form that was acted on already leads to where its first arrival led."""
    if request.method != "POST":
        return None
    key = _mark(request.form.get("form_key"))
    if key is None:
        return None
    location = _where_it_led(key)
    return None if location is None else redirect(location or "/", code=303)


def _where_it_led(key: str) -> str | None:
    """Where the first arrival of a key led, "" where that was not noted, None for a new one.

    The first arrival notes it in a transaction of its own, after that of its act: a double click that comes in between
    lets go of the write lock and looks again.
    """
    for pause in PAUSES:
        found = db.session.execute(select(HandledForm.location).where(HandledForm.key == key)).first()
        if found is None or found[0]:
            return None if found is None else str(found[0])
        db.session.rollback()
        time.sleep(pause)
    return ""


def remember_outcome(url: str) -> None:
    """Note where a handled form led, so that its second arrival can be sent there too."""
    key = _mark(request.form.get("form_key")) if request.method == "POST" else None
    if key:
        _write_outcome(key, url)


@operation
def _write_outcome(key: str, url: str) -> None:
    handled = db.session.get(HandledForm, key)
    if handled is None:
        # A button whose operation ran without ``attempt``.
        handled = HandledForm(key=key, handled_at=clock.now())
        db.session.add(handled)
    handled.location = url


@operation
def forget_handled_forms() -> None:
    """Keys are kept two days: nobody double-clicks for longer."""
    db.session.execute(delete(HandledForm).where(HandledForm.handled_at < clock.now() - KEPT))
