"""Putting a mail into the outbox. Belongs inside an operation: the mail exists exactly when the act does.

A mail is written as plain text, and its HTML is made from that (``dress``), unless it has an HTML of its own.
"""

import secrets
from datetime import datetime
from typing import Any

from flask import current_app, render_template

from portal.db import db
from portal.mail.dress import dress
from portal.mail.kinds import Kind, kind_called
from portal.mail.models import OutboxMail
from portal.web import clock
from portal.web.links import act_link

# A link at the foot of a mail works this long.
FOOT_DAYS = 365


def queue(
    kind: str,
    to_address: str,
    subject: str,
    template: str,
    *,
    to_name: str = "",
    person_id: int | None = None,
    network_id: int | None = None,
    from_name: str = "",
    reply_to: str | None = None,
    send_after: datetime | None = None,
    headers: dict[str, Any] | None = None,
    calendar_file: str | None = None,
    **context: Any,
) -> OutboxMail:
    """Write one mail: ``template`` names ``mails/<template>.txt`` (and ``.html`` where it exists).

    Raises KeyError for a kind that nobody declared, ValueError for a line break in an address, name or subject.
    """
    _refuse_line_breaks(to_address, to_name, subject, from_name, reply_to or "")
    values = _foot(kind_called(kind), person_id, network_id) | {"subject": subject, "to_name": to_name} | context
    text = render_template(f"mails/{template}.txt", **values)
    mail = OutboxMail(
        kind=kind, to_address=to_address, to_name=to_name, person_id=person_id, network_id=network_id,
        from_name=from_name, reply_to=reply_to, subject=subject[:300],
        text=text,
        html=_html(template, values) or str(dress(text, subject)),
        calendar=calendar_file,
        headers=_unsubscribing(values["stop_link"]) | (headers or {}),
        message_id=_new_message_id(),
        queued_at=clock.now(),
        send_after=send_after or clock.now(),
    )  # fmt: skip
    db.session.add(mail)
    return mail


def _new_message_id() -> str:
    """Stored with the mail: whoever sends it again sends the same one."""
    return f"<{secrets.token_hex(16)}@{current_app.config['MAIL_DOMAIN']}>"


def _foot(kind: Kind, person_id: int | None, network_id: int | None) -> dict[str, Any]:
    """Why it came, and the ways to have fewer: what stands at the foot of every mail."""
    links: dict[str, Any] = {"why": str(kind.why), "stop_link": "", "rhythm_link": "", "left_link": ""}
    if person_id is not None and kind.can_stop:
        links["stop_link"] = act_link(kind.act, person_id, network_id or 0, days=FOOT_DAYS)
        links["rhythm_link"] = act_link("rhythm", person_id, days=FOOT_DAYS)
        links["left_link"] = act_link("left", person_id, days=FOOT_DAYS)
    return links


def _unsubscribing(link: str) -> dict[str, Any]:
    """RFC 8058: the mail program's own button, which posts to the link without opening it."""
    if not link:
        return {}
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _refuse_line_breaks(*headers: str) -> None:
    """A line break in a header is an attempt to add others."""
    if any(sign in value for value in headers for sign in "\r\n"):
        raise ValueError("a mail header holds a line break")


def _html(template: str, values: dict[str, Any]) -> str | None:
    name = f"mails/{template}.html"
    if name not in _known_templates():
        return None
    return render_template(name, **values)


def _known_templates() -> set[str]:
    known: set[str] | None = current_app.extensions.get("mail_templates")
    if known is None:
        known = set(current_app.jinja_env.list_templates(filter_func=lambda name: name.startswith("mails/")))
        current_app.extensions["mail_templates"] = known
    return known
