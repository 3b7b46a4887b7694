"""The doors: what my next digest would say, exactly as it would be sent, and when the region's digests are written."""

from flask import Blueprint, Response, make_response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.digest.forms import DigestTimeForm
from portal.digest.operations import choose_time
from portal.digest.policy import can_choose_time
from portal.digest.previewing import preview
from portal.digest.queries_due import chosen_time
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.hypermedia import done, page

digest = Blueprint("digest", __name__, url_prefix="/me/digest")
digest_time = Blueprint("digest_time", __name__, url_prefix="/admin/digest")
# A mail may style itself; it may do nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox"


@digest.get("")
def index() -> Response:
    return page("digest/index.html", preview=preview(me().person_id))


@digest.get("/mail")
def mail() -> AnyResponse:
    """The HTML of the mail, as it would be sent; where there is nothing to send the page says so."""
    found = preview(me().person_id)
    if not found.html:
        return done(url_for(".index"))
    response = make_response(found.html)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@digest_time.before_request
def administrators_only() -> None:
    if not can_choose_time(me()):
        raise NotYours


@digest_time.get("")
def show() -> Response:
    return page("digest/time.html", form=DigestTimeForm(obj=chosen_time()))


@digest_time.post("")
def save() -> AnyResponse:
    form = DigestTimeForm()
    if form.accepted() and form.attempt(choose_time, form.weekday.data, form.hour.data, me().person_id) is not None:
        return done(url_for("digest_time.show"), _("Digests are written at that time from now on."))
    return page("digest/time.html", form=form)
