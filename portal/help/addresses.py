"""What a school's filter has to let through: this portal's own addresses, taken from its settings."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flask import current_app
from flask_babel import gettext as _

from portal.config import Settings


@dataclass(frozen=True)
class Addresses:
    """``web`` is the whole address, ``host`` its name; ``sender_domain`` is what mail filters list."""

    web: str
    host: str
    port: int
    sender: str
    sender_domain: str
    mail_server: str
    region: str

    @property
    def letter(self) -> str:
        """What a teacher sends or gives to the people who run the computers."""
        lines = [
            _("Dear colleagues,"),
            "",
            _(
                "we teachers of %(region)s use a portal for our own training. Please let it through:",
                region=self.region,
            ),
            "",
            _("web: %(web)s (host %(host)s, port %(port)s)", web=self.web, host=self.host, port=self.port),
            _("mail from: %(sender)s (domain %(domain)s)", sender=self.sender, domain=self.sender_domain),
        ]
        if self.mail_server:
            lines.append(_("mail is carried by: %(server)s", server=self.mail_server))
        lines += [
            _("buttons in these mails begin with: %(web)s", web=self.web),
            "",
            _("Nothing is loaded from any other host: no fonts, scripts, pictures, trackers or chats of others."),
            _("Pupils have no accounts and no records there. One cookie keeps a teacher signed in."),
            _("Files to download (documents, pictures, calendars) come from the same host."),
            "",
            _("Thank you."),
        ]
        return "\n".join(str(line) for line in lines)

    @property
    def as_mail(self) -> str:
        """A link that opens the letter in the reader's own mail program."""
        subject = _("Please let %(host)s through", host=self.host)
        return f"mailto:?subject={quote(str(subject))}&body={quote(self.letter)}"


def addresses(region: str) -> Addresses:
    """From the settings, never from the request: what is printed here is asked of others."""
    settings: Settings = current_app.config["SETTINGS"]
    web = current_app.config["PORTAL_URL"]
    parts = urlsplit(web)
    return Addresses(
        web=web,
        host=parts.hostname or "",
        port=parts.port or (80 if parts.scheme == "http" else 443),
        sender=settings.mail_from,
        sender_domain=settings.mail_from.rpartition("@")[2],
        mail_server=settings.smtp_host,
        region=region,
    )
