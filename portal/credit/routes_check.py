"""Anybody checks a certificate: number and code make a pair, or they don't. Nothing else is said."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from portal.credit import wording
from portal.credit.blueprints import check
from portal.credit.operations_checking import has_guessed_too_much, note_wrong_try
from portal.credit.queries_certificates import certificate_checked
from portal.db import writing
from portal.web.access import public
from portal.web.hypermedia import page
from portal.web.limits import client


@check.get("")
@public
def ask() -> AnyResponse:
    return _answer(request.args.get("number", "")[:40])


@check.get("/<number>")
@public
def one(number: str) -> AnyResponse:
    return _answer(number[:40])


def _answer(number: str) -> AnyResponse:
    """Nothing asked yet, not a pair, or the certificate. The same words for a wrong code and a number that is none."""
    code = request.args.get("code", "")[:40]
    said: dict[str, Any] = {"number": number, "code": code, "is_asked": bool(number and code), "found": None}
    status = 200
    if said["is_asked"]:
        if has_guessed_too_much(client()):
            return page("errors/429.html", status=429)
        said["found"] = certificate_checked(number, code)
        if said["found"] is None:
            status = 404
            with writing():
                note_wrong_try(client())
    response = page("certificates/check.html", status=status, wording=wording, **said)
    # An office looks here; a search engine has no business with names.
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
