"""What people type, and its shape: the base of every form.

Every rendered form carries a CSRF token and a ``form_key``. The key makes a double click, a retry after a cut
line and a reload act once: it is written in the operation's own transaction, and a second arrival is sent to
where the first one led.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from markupsafe import Markup
from sqlalchemy import String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.fields.core import UnboundField

from portal.db import Base, before_commit, db, operation
from portal.web import clock
from portal.web.choices import one_line
from portal.web.errors import DomainError

P = ParamSpec("P")
R = TypeVar("R")
KEPT = timedelta(days=2)


class HandledForm(Base):
    """A form that was acted on: its key, and where the person was sent afterwards."""

    __tablename__ = "handled_form"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    handled_at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str | None] = mapped_column(String(2000))


def strip(value: object) -> object:
    """Blanks around what was typed are never meant, nor is NUL; letters that nobody sees are nothing."""
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "").strip()
    return text if any(letter.isprintable() for letter in text) else ""


def _is_one_line(kind: type[Field]) -> bool:
    """A field of one line holds one line, whatever is sent: a name with a line break would be a header in a mail."""
    return issubclass(kind, StringField) and not issubclass(kind, (TextAreaField, HiddenField))


class Form(FlaskForm):  # type: ignore[misc]
    """A form of the portal: stripped text, one key a rendering, errors in words."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: "UnboundField[Any]", options: dict[str, Any]) -> Field:
            filters = list(unbound_field.kwargs.get("filters", []))
            if _is_one_line(unbound_field.field_class):
                filters.append(one_line)
            bound: Field = unbound_field.bind(form=form, filters=[strip, *filters], **options)
            return bound

    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: dict[str, str] = {}
        if not self.form_key.data:
            self.form_key.data = new_form_key()

    def accepted(self) -> bool:
        """Posted, and every field is as it should be."""
        return bool(self.validate_on_submit())

    def attempt(self, verb: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Run an operation; what it refuses becomes an error beside the field, and the answer is None."""
        g.form_key = self.form_key.data
        try:
            answer = verb(*args, **kwargs)
            # Drawn once more, after a wrong code was counted for example, the form is another act.
            self.form_key.data = new_form_key()
            return answer
        except DomainError as refusal:
            self.refuse(refusal)
            return None
        finally:
            g.form_key = None

    def refuse(self, refusal: DomainError) -> None:
        """Put the sentence where it belongs: at its field, or at the top of the form."""
        self.conflict = getattr(refusal, "theirs", {})
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(refusal.sentence)
        else:
            field.errors = [*field.errors, refusal.sentence]

    def refusal(self) -> str | None:
        """The first sentence of what is to be put right, for a button whose page shows no form of its own."""
        return next((sentence for _id, sentence in self.lines()), None)

    def hidden_key(self) -> Markup:
        return Markup('<input type="hidden" name="form_key" value="{}">').format(self.form_key.data)

    def lines(self) -> Iterable[tuple[str, str]]:
        """Each thing to put right: the id of its field ('' for the whole form) and the sentence."""
        for sentence in self.form_errors:
            yield "", str(sentence)
        for field in self:
            for sentence in _flat(field.errors):
                yield field.id, str(sentence)


def new_form_key() -> str:
    """What makes one rendering of a form unlike the next."""
    return secrets.token_hex(16)


class ActForm(Form):
    """A form with nothing but a button."""


def _flat(errors: Any) -> Iterable[object]:
    if isinstance(errors, dict):
        errors = errors.values()
    for error in errors:
        if isinstance(error, (list, tuple, dict)):
            yield from _flat(error)
        else:
            yield error


def init_forms(app: Flask) -> None:
    app.before_request(_answer_again)
    # For buttons that have no form object behind them.
    app.jinja_env.globals["new_form_key"] = new_form_key


def _mark(form_key: object) -> str | None:
    """What is kept of a key. Several buttons of one page may share a key, so it counts for one address alone."""
    if not isinstance(form_key, str) or len(form_key) != 32:
        return None
    return hashlib.sha256(f"{form_key} {request.path}".encode()).hexdigest()[:32]


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
    location = db.session.execute(select(HandledForm.location).where(HandledForm.key == key)).first()
    if location is None:
        return None
    return redirect(location[0] or "/", code=303)


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
