"""The administrator's doors to post that found no place: read it, hand it on, delete it. Nobody else sees it."""

from typing import Any

from flask import Response, current_app, make_response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Row
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms_post import ForgetForm, PassOnForm
from portal.admin.operations_post import forget, pass_on
from portal.admin.routes import admin
from portal.mail.models_receiving import ReceivedMail
from portal.mail.queries_receiving import count_by_fate, kept_mails, received_mail
from portal.mail.receiving_letter import Letter, open_letter
from portal.mail.receiving_words import BECAME, became_words, reason_words
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column
from portal.web.uploads import content_disposition


@admin.get("/post")
def post() -> AnyResponse:
    newest = Sort(
        "newest",
        _("Newest first"),
        (ReceivedMail.is_waiting.desc(), ReceivedMail.received_at.desc(), ReceivedMail.id.desc()),
    )
    sender = Sort("sender", _("By sender"), (ReceivedMail.from_address, ReceivedMail.id))
    listing = Listing(kept_mails(), (newest, sender))
    if kind := wanted_export():
        heads = (_("From"), _("Subject"), _("Came"), _("What became of it"), _("Why"), _("Network"))
        return export("post", [Column(head) for head in heads], listing.everything(), kind, _cells)
    counts = count_by_fate()
    return page("admin/post.html", listing=listing, fates=[(one, counts[one]) for one in BECAME if counts.get(one)])


@admin.get("/post/<int:received_id>")
def one_post(received_id: int) -> Response:
    return _page(received_id, PassOnForm())


@admin.get("/post/<int:received_id>/mail.eml")
def whole_post(received_id: int) -> Response:
    response = make_response(_mail(received_id).raw)
    # Never shown by the browser itself: whoever wrote it decides what is in it.
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = content_disposition("mail.eml")
    return response


@admin.post("/post/<int:received_id>/forward")
def forward_post(received_id: int) -> AnyResponse:
    form = PassOnForm()
    if form.accepted():
        mail = _mail(received_id)
        count = form.attempt(pass_on, mail, _letter(mail), form.network_id.data, me().person_id)
        if count:
            said = ngettext("One coordinator gets it by mail.", "%(num)s coordinators get it by mail.", count)
            return done(url_for("admin.post"), said)
    return _page(received_id, form)


@admin.get("/post/<int:received_id>/delete")
def forgetting_post(received_id: int) -> Response:
    return page("admin/delete_post.html", mail=_mail(received_id), form=ForgetForm())


@admin.post("/post/<int:received_id>/delete")
def forget_post(received_id: int) -> AnyResponse:
    form, mail = ForgetForm(), _mail(received_id)
    if form.accepted():
        forget(mail.id, me().person_id)
        return done(url_for("admin.post"), _("It is deleted."))
    return page("admin/delete_post.html", mail=mail, form=form)


def _page(received_id: int, form: PassOnForm) -> Response:
    mail = _mail(received_id)
    return page("admin/one_post.html", mail=mail, letter=_letter(mail), form=form)


def _mail(received_id: int) -> ReceivedMail:
    mail = received_mail(received_id)
    if mail is None:
        raise NotHere
    return mail


def _letter(mail: ReceivedMail) -> Letter:
    return open_letter(mail.raw or b"", [current_app.config["MAIL_DOMAIN"]], size=mail.size)


def _cells(row: Row[*tuple[Any, ...]]) -> list[Any]:
    became, why = became_words(row.became), reason_words(row.reason)
    return [row.from_address, row.subject, row.received_at, became, why, row.network or ""]
