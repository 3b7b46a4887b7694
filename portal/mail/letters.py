"""A row of the outbox as a mail: headers, text first, HTML beside it."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from portal.mail.models import OutboxMail


def on_the_wire(address: str) -> str:
    """The address as every server understands it: a domain with letters beyond ASCII in its other spelling.

    Raises UnicodeError for what is left: hardly any school's server takes such a name before the @.
    """
    name, at, domain = address.rpartition("@")
    spelled = f"{name}{at}{domain if domain.isascii() else domain.encode('idna').decode()}"
    spelled.encode("ascii")
    return spelled


def letter(mail: OutboxMail, mail_from: str, site: str) -> EmailMessage:
    """The message as it goes out. Its Message-ID is the row's, so that a second try is the same mail to its reader."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((mail.from_name or site, mail_from))
    message["To"] = formataddr((mail.to_name, on_the_wire(mail.to_address)))
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = mail.message_id
    # RFC 3834: nobody's absence note needs to answer.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    for name, value in mail.headers.items():
        message[name] = str(value)
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        calendar = mail.calendar.encode()
        message.add_attachment(calendar, maintype="text", subtype="calendar", filename="dates.ics")
    return message
