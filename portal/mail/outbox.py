"""Putting a mail into the outbox. Belongs inside an operation: the mail exists exactly when the act does."""

import secrets
from datetime import datetime
from typing import Any

from flask import current_app, render_template

from portal.db import db
from portal.mail.models import OutboxMail
from portal.web import clock


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
    **context: Any,
) -> OutboxMail:
    """Write one mail: ``template`` names ``mails/<template>.txt`` (and ``.html`` where it exists).

    Raises ValueError for a line break in an address, name or subject: that is an attempt to add headers.
    """
    _refuse_line_breaks(to_address, to_name, subject, from_name, reply_to or "")
    values = {"subject": subject, "to_name": to_name, **context}
    mail = OutboxMail(
        kind=kind,
        to_address=to_address,
        to_name=to_name,
        person_id=person_id,
        network_id=network_id,
        from_name=from_name,
        reply_to=reply_to,
        subject=subject[:300],
        text=render_template(f"mails/{template}.txt", **values),
        html=_html(template, values),
        headers=headers or {},
        message_id=f"<{secrets.token_hex(16)}@{current_app.config['MAIL_DOMAIN']}>",
        queued_at=clock.now(),
        send_after=send_after or clock.now(),
    )
    db.session.add(mail)
    return mail


def _refuse_line_breaks(*headers: str) -> None:
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
