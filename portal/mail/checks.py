"""``flask mail test``: can we talk to the mail server, may we send, and does the world believe that we may?

Each finding is a sentence and whether it is fine. Nothing here changes anything.
"""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from flask_babel import gettext as _

from portal.config import Settings
from portal.mail.carrier import Carrier, NotYet, Undeliverable
from portal.mail.checks_domain import Lookup, domain_findings
from portal.mail.findings import Finding, good, wrong
from portal.mail.troubles import Away, away_because, trouble_words


@dataclass(frozen=True)
class Report:
    """What was found about the connection, the domain, and the mail that was tried."""

    connection: list[Finding]
    domain: list[Finding]
    mail: list[Finding]

    @property
    def is_well(self) -> bool:
        return not any(one.state == "wrong" for one in (*self.connection, *self.domain, *self.mail))


def examine(settings: Settings, lookup: Lookup, address: str = "", site: str = "Staffroom") -> Report:
    """Look at everything; with an ``address`` one mail goes there."""
    if not settings.smtp_host:
        return Report([wrong(trouble_words("no-host"))], list(domain_findings(settings, lookup)), [])
    connection = list(_connection(settings))
    may_send = all(one.state != "wrong" for one in connection)
    mail = list(_mail(settings, address, site)) if address and may_send else []
    return Report(connection, list(domain_findings(settings, lookup)), mail)


def _connection(settings: Settings) -> Iterator[Finding]:
    carrier = Carrier(settings)
    try:
        server = carrier.connect()
    except Away as away:
        yield wrong(trouble_words(away.key), away.said)
        return
    where = {"host": settings.smtp_host, "port": settings.smtp_port}
    yield good(_("%(host)s answers at port %(port)s.", **where))
    yield from _protection(settings, server)
    yield from _sender(settings, server)
    carrier.server = server
    carrier.close()


def _protection(settings: Settings, server: smtplib.SMTP) -> Iterator[Finding]:
    if settings.smtp_tls in ("tls", "starttls"):
        yield good(_("The connection is encrypted, and the certificate is right for that name."))
    else:
        yield Finding("hint", _("SMTP_TLS is “none”: what we send can be read on the way. Fine only on this machine."))
    if settings.smtp_user:
        yield good(_("The mail server accepts our user name and password."))
    if "size" in server.esmtp_features and server.esmtp_features["size"].isdigit():
        size = int(server.esmtp_features["size"]) // 1024 // 1024
        if size:
            yield good(_("It takes mails of up to %(size)s MB.", size=size))


def _sender(settings: Settings, server: smtplib.SMTP) -> Iterator[Finding]:
    try:
        code, answer = server.mail(settings.mail_from)
    except OSError as error:
        away = away_because(error)
        yield wrong(trouble_words(away.key), away.said)
        return
    if code == 250:
        yield good(_("It lets us send as %(address)s.", address=settings.mail_from))
        server.rset()
    else:
        said = f"{code} {answer.decode('utf-8', 'replace')}"
        yield wrong(trouble_words("busy" if code < 500 else "sender"), said)


def _mail(settings: Settings, address: str, site: str) -> Iterator[Finding]:
    # In development nothing leaves by itself; this one was asked for.
    with Carrier(replace(settings, environment="production")) as carrier:
        try:
            carrier.carry(_letter(settings, address, site), address)
        except Undeliverable as refused:
            yield wrong(_("The mail server refused the mail to %(address)s.", address=address), str(refused))
        except (NotYet, Away) as error:
            yield wrong(_("The mail to %(address)s did not leave; another try may help.", address=address), str(error))
        else:
            yield good(_("A mail to %(address)s has left. Look for it there, also among junk.", address=address))


def _letter(settings: Settings, address: str, site: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"{site} <{settings.mail_from}>", address
    message["Subject"] = _("A test from %(site)s", site=site)
    message["Date"], message["Auto-Submitted"] = formatdate(), "auto-generated"
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2] or "localhost")
    message.set_content(
        _("This mail was sent to see whether mail arrives. It did. Nobody has to answer it.") + "\n\n" + settings.url
    )
    return message
