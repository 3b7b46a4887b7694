"""How a page is sent: whole, or one listed fragment of it; 303 is done, 422 is please correct.

No route asks whether htmx is there. The block's name in the template is the id of the element that it draws.
"""

from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
)
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response as AnyResponse

from portal.web.forms import Form
from portal.web.forms_once import remember_outcome

VARY = "HX-Request, HX-Target, Cookie"


def page(template: str, fragments: tuple[str, ...] = (), status: int | None = None, **context: Any) -> Response:
    """The page, or the one of its ``fragments`` that htmx asked for.

    By itself 422 when a posted form has errors, and 409 when somebody else saved the same thing meanwhile.
    One of a repeated thing has its number in its id: ``person-12`` is drawn by the block ``person``.
    """
    wanted = _block_of(wanted_fragment(), fragments)
    if wanted and wanted in fragments:
        body = render_block(template, wanted, **context) + _notices_beside()
    elif wanted and request.method == "GET":
        # The page that follows has no such fragment: let the browser go there.
        body = ""
    else:
        body = render_template(template, **context)
    response = make_response(body, status or _status(context))
    if wanted and request.method == "GET" and wanted not in fragments:
        response.headers["HX-Redirect"] = request.full_path.rstrip("?")
    if wanted and wanted not in fragments and request.method != "GET":
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "outerHTML"
    response.headers["Vary"] = VARY
    return response


def _block_of(wanted: str | None, fragments: tuple[str, ...]) -> str | None:
    name, _dash, number = (wanted or "").rpartition("-")
    return name if number.isdecimal() and name in fragments else wanted


def _notices_beside() -> str:
    """What a whole page would say on top, for its place there: a fragment brings it along."""
    messages = get_flashed_messages(with_categories=True)
    return render_template("web/notices_beside.html", messages=messages) if messages else ""


def wanted_fragment() -> str | None:
    """The id of the element that htmx will fill, or None for a whole page."""
    if request.headers.get("HX-Request") != "true" or request.headers.get("HX-Request-Type") == "full":
        return None
    return request.headers.get("HX-Target", "").rpartition("#")[2] or None


def done(url: str, notice: object = None, undo: str | None = None, kind: str = "done") -> AnyResponse:
    """303: it is done, look again at ``url``. ``notice`` says what is true now; ``undo`` is where a POST takes it back."""
    if notice is not None:
        # A dict where there is a way back: templates/web/notice.html draws both.
        flash({"text": str(notice), "undo": undo} if undo else str(notice), kind)  # type: ignore[arg-type]
    if kind != "wrong":
        remember_outcome(url)
    return redirect(url, code=303)


def done_unless_refused(form: Form, url: str, notice: object, undo: str | None = None) -> AnyResponse:
    """For a button without a page of its own, after ``form.attempt``: it is done, or the sentence why it was refused."""
    if refusal := form.refusal():
        return done(url, refusal, kind="wrong")
    return done(url, notice, undo)


def _status(context: dict[str, Any]) -> int:
    if request.method != "POST":
        return 200
    forms = [value for value in context.values() if isinstance(value, Form)]
    if any(form.conflict for form in forms):
        return 409
    return 422 if any(form.errors for form in forms) else 200


def asset(name: str) -> str:
    """The address of a static file, with a mark that changes when the file does, so that it can be kept for a year."""
    return str(current_app.extensions["assets"].url(name))
