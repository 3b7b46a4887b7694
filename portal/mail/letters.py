"""A row of the outbox as a mail: headers, text first, HTML beside it.

Written with the older half of the email package: the newer one takes four milliseconds a mail, and spells a long link
in List-Unsubscribe as encoded words, which no mail program can press.
"""

from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import Compat32
from email.utils import format_datetime, formataddr
from hashlib import sha256
from typing import Any

from portal.mail.models import OutboxMail


class AsWritten(Compat32):
    """Headers leave as they were made: in ASCII, their words folded, addresses and links never."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        return f"{name}: {value}\n".replace("\n", self.linesep).encode("ascii")


POLICY = AsWritten(linesep="\r\n")
# Plain to read on the way, and nothing that a server would have to change under a signature.
UTF8 = Charset("utf-8")
UTF8.body_encoding = QP


def on_the_wire(address: str) -> str:
    """The address as every server understands it: a domain with letters beyond ASCII in its other spelling.

    Raises UnicodeError for what is left: hardly any school's server takes such a name before the @.
    """
    name, at, domain = address.rpartition("@")
    spelled = f"{name}{at}{domain if domain.isascii() else domain.encode('idna').decode()}"
    spelled.encode("ascii")
    return spelled


def letter(mail: OutboxMail, mail_from: str, site: str) -> Message:
    """The message as it goes out. Its Message-ID is the row's, so that a second try is the same mail to its reader.

    Raises ValueError for an address or a header that no mail can have.
    """
    message = _body(mail)
    headers = {
        "From": _named(mail.from_name or site, mail_from, "From"),
        "To": _named(mail.to_name, on_the_wire(mail.to_address), "To"),
        "Reply-To": mail.reply_to or "",
        "Subject": _words(mail.subject, "Subject"),
        "Date": format_datetime(mail.queued_at),
        "Message-ID": mail.message_id,
        # RFC 3834: nobody's absence note needs to answer.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        **{name: _words(str(value), name) for name, value in mail.headers.items()},
    }
    for name, value in headers.items():
        if value:
            del message[name]
            message[name] = value
    return message


def _body(mail: OutboxMail) -> Message:
    text = MIMEText(mail.text, "plain", UTF8, policy=POLICY)  # type: ignore[arg-type]
    if not mail.html:
        whole: Message = text
    else:
        html = MIMEText(mail.html, "html", UTF8, policy=POLICY)  # type: ignore[arg-type]
        whole = MIMEMultipart("alternative", _boundary(mail, "a"), [text, html], policy=POLICY)
    if not mail.calendar:
        return whole
    return MIMEMultipart("mixed", _boundary(mail, "m"), [whole, _calendar(mail.calendar)], policy=POLICY)


def _boundary(mail: OutboxMail, level: str) -> str:
    """The same with each try. Nobody can write it into a text beforehand: the Message-ID is drawn by lot."""
    return f"=_{level}_{sha256(mail.message_id.encode()).hexdigest()[:32]}"


def _calendar(content: str) -> MIMEBase:
    part = MIMEText(content, "calendar", UTF8, policy=POLICY)  # type: ignore[arg-type]
    part.add_header("Content-Disposition", "attachment", filename="dates.ics")
    return part


def _named(name: str, address: str, header: str) -> str:
    _refuse_line_breaks(name, address)
    if name.isascii():
        return formataddr((name, address))
    return f"{_words(name, header)} <{address}>"


def _words(value: str, header: str) -> str:
    """Words of a header in ASCII, folded where they may be; what is ASCII already stays as it is."""
    _refuse_line_breaks(value)
    return value if value.isascii() else Header(value, "utf-8", header_name=header).encode(linesep="\n")


def _refuse_line_breaks(*values: str) -> None:
    if any(sign in value for value in values for sign in "\r\n\0"):
        raise ValueError("a mail header holds a line break")
