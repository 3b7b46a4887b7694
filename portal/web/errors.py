"""What can go wrong in words, and the pages that say so.

Four rings, outermost kindest: HTML attributes, form validators, the operation's ``DomainError``, the database.
"""

import logging
import secrets

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, SecurityError

from portal.db import db
from portal.web.address_keys import path_for_the_log

logger = logging.getLogger("staffroom")

KNOWN_PAGES = {400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}


class DomainError(Exception):
    """Not possible just now: one sentence for the person, and the field that it belongs to, if any."""

    def __init__(self, sentence: object, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.field = field


class Conflict(DomainError):
    """Somebody else changed it meanwhile; ``theirs`` is what stands there now, field by field."""

    def __init__(self, theirs: dict[str, str]) -> None:
        super().__init__(_("This page changed while you wrote. Nothing is lost: see both versions."))
        self.theirs = theirs


class NotHere(HTTPException):
    """There is nothing at this address for this person: the same answer whether it is absent or not theirs."""

    code = 404


class NotYours(HTTPException):
    """A member, but without this right."""

    code = 403


def init_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(Exception, _crash)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        # A host that is not ours: no page of ours can be built for it.
        return _("This portal does not answer to that name."), 400
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error.get_response()
    page = code if code in KNOWN_PAGES else (400 if code < 500 else 500)
    return render_template(f"errors/{_TEMPLATE.get(page, page)}.html", code=code, reference=_reference()), code


def _refused(refusal: DomainError) -> ResponseReturnValue:
    """What a button without a form of its own asked for and can't be had now: the sentence, on a page of its own."""
    db.session.rollback()
    return render_template("errors/refused.html", code=422, sentence=refusal.sentence), 422


_TEMPLATE = {405: 404, 410: 404}


def _crash(error: Exception) -> ResponseReturnValue:
    if current_app.testing:
        raise error
    db.session.rollback()
    reference = _reference()
    # Ids and the address only: what people typed never goes into the log.
    logger.exception("%s %s %s", reference, request.method, path_for_the_log())
    return render_template("errors/500.html", code=500, reference=reference), 500


def _reference() -> str:
    return secrets.token_hex(4)
