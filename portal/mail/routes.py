"""``/dev/mail``: the mails that would go out, for whoever develops. Anywhere else there is nothing at this address."""

from flask import Blueprint, Response, current_app, make_response
from flask_babel import lazy_gettext as _l

from portal.mail.models import OutboxMail
from portal.mail.queries import all_mails, mail_by_id
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort

dev_mail = Blueprint("dev_mail", __name__, url_prefix="/dev/mail")


class Mails(Listing):
    """A list that nobody needs as a spreadsheet."""

    @property
    def export_urls(self) -> dict[str, str]:
        return {}


NEWEST = (Sort("newest", _l("Newest first"), (OutboxMail.id.desc(),)),)
# A mail may style itself; it may do nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dev_mail.before_request
def only_in_development() -> None:
    if not current_app.config["IS_DEVELOPMENT"]:
        raise NotHere


@dev_mail.get("")
@public
def index() -> Response:
    return page("dev/mails.html", mails=Mails(all_mails(), NEWEST))


@dev_mail.get("/<int:mail_id>")
@public
def show(mail_id: int) -> Response:
    return page("dev/mail.html", mail=_mail(mail_id))


@dev_mail.get("/<int:mail_id>/html")
@public
def html(mail_id: int) -> Response:
    mail = _mail(mail_id)
    if not mail.html:
        raise NotHere
    response = make_response(mail.html)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _mail(mail_id: int) -> OutboxMail:
    mail = mail_by_id(mail_id)
    if mail is None:
        raise NotHere
    return mail
