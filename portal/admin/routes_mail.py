"""The administrator's doors to the outbox: how it stands, what waits, what came back. Never what a mail says."""

from typing import Any

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.admin import commands_mail
from portal.admin.operations_mail import pause_mail, resume_mail, send_failed_again
from portal.admin.queries_mail import PARTS, addresses_that_come_back, mails_in
from portal.admin.routes import admin
from portal.mail.models import OutboxMail
from portal.mail.queries import mail_counts, standing
from portal.mail.reasons import outcome_words, reason_words
from portal.people.models import EmailAddress, Person
from portal.web.access import me
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column

# Importing them adds them to the commands about mail.
COMMANDS = commands_mail


@admin.get("/mail")
def mail() -> Response:
    part = request.args.get("part", "")
    part = part if part in PARTS else PARTS[0]
    listing = Listing(addresses_that_come_back() if part == "back" else mails_in(part), _sorts(part))
    if kind := wanted_export():
        columns, cells = (_address_heads, _address_cells) if part == "back" else (_mail_heads, _mail_cells)
        return export(f"mail-{part}", [Column(str(name)) for name in columns()], listing.everything(), kind, cells)
    stands = standing(current_app.config["SETTINGS"].mail_per_hour)
    return page("admin/mail.html", counts=mail_counts(), listing=listing, mail_part=part, mail_stands=stands)


@admin.post("/mail/again")
def all_mails_again() -> AnyResponse:
    return _again(None)


@admin.post("/mail/<int:mail_id>/again")
def mail_again(mail_id: int) -> AnyResponse:
    return _again(mail_id)


@admin.post("/mail/pause")
def stop_mail() -> AnyResponse:
    pause_mail(me().person_id)
    text = _("Nothing but sign-in codes goes out now. What is written meanwhile waits.")
    return done(url_for("admin.mail"), text, undo=url_for("admin.let_mail_go"))


@admin.post("/mail/resume")
def let_mail_go() -> AnyResponse:
    resume_mail(me().person_id)
    return done(url_for("admin.mail"), _("Mail goes out again, with all that waited."))


def _again(mail_id: int | None) -> AnyResponse:
    count = send_failed_again(mail_id, me().person_id)
    if not count:
        return done(url_for("admin.mail"), _("There was nothing left to send once more."))
    text = ngettext("One mail waits to be sent once more.", "%(num)s mails wait to be sent once more.", count)
    return done(url_for("admin.mail"), text)


def _sorts(part: str) -> list[Sort]:
    if part == "back":
        return [
            Sort("newest", _("Newest first"), (EmailAddress.bounced_at.desc(), EmailAddress.id)),
            Sort("name", _("By name"), (Person.sort_name, EmailAddress.id)),
        ]
    latest = {"failed": OutboxMail.failed_at, "sent": OutboxMail.sent_at}.get(part, OutboxMail.queued_at)
    newest = Sort("newest", _("Newest first"), (latest.desc(), OutboxMail.id.desc()))
    oldest = Sort("oldest", _("Oldest first"), (OutboxMail.queued_at, OutboxMail.id))
    return [oldest, newest] if part == "waiting" else [newest, oldest]


def _mail_heads() -> list[str]:
    return [_("To"), _("Kind"), _("Queued"), _("Sent"), _("Tries"), _("What became of it"), _("Reason")]


def _mail_cells(row: Any) -> list[Any]:
    became = _("came back") if row.came_back_at else str(outcome_words(row.outcome)) or _("waits")
    return [row.to_address, row.kind, row.queued_at, row.sent_at, row.attempts, became, row.last_error or ""]


def _address_heads() -> list[str]:
    return [_("Name"), _("Email"), _("Since"), _("Reason")]


def _address_cells(row: Any) -> list[Any]:
    return [row.name, row.address, row.bounced_at, str(reason_words(row.bounce_reason))]
