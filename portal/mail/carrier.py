"""Who carries the mail: an SMTP server with a verified name, or nobody in development."""

import smtplib
import ssl
from contextlib import suppress
from email.message import Message
from types import TracebackType
from typing import Self

from portal.config import Settings
from portal.mail.troubles import Away, away_because, words_of

# Servers end a connection that carries too many; opening a new one is cheap beside fifty mails.
MAILS_A_CONNECTION = 50


class Undeliverable(Exception):
    """The server says that this mail will never arrive: another try would change nothing."""

    def __init__(self, said: str, about_address: bool = False) -> None:
        super().__init__(said)
        self.about_address = about_address


class NotYet(OSError):
    """Another try may help. ``cut``: the connection ended in the middle, so nobody knows whether the mail was taken."""

    def __init__(self, said: str, about_address: bool = False, cut: bool = False) -> None:
        super().__init__(said)
        self.about_address, self.cut = about_address, cut


class Carrier:
    """A connection to the server, opened with the first mail, renewed after some, closed at the end of the round."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server: smtplib.SMTP | None = None
        self.carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def carry(self, message: Message, to: str) -> None:
        """Hand one mail over. Raises Undeliverable, NotYet, or Away when it is not about this mail."""
        if self.settings.is_development and not self.settings.smtp_host:
            return
        content = message.as_bytes()
        server = self._open_for_a_mail()
        try:
            self._address(server, to)
            self._hand_over(server, content)
        except ValueError as error:
            raise Undeliverable(f"5.1.3 {type(error).__name__}", about_address=True) from error
        except (NotYet, Away):
            raise
        except OSError as error:
            self.close()
            raise NotYet(str(error) or type(error).__name__, cut=True) from error
        self.carried += 1

    def _open_for_a_mail(self) -> smtplib.SMTP:
        """A connection on which the server has accepted us as the sender; a new one where the old one has ended."""
        if self.carried and self.carried % MAILS_A_CONNECTION == 0:
            self.close()
        if self.server is not None:
            try:
                return self._begin(self.server)
            except OSError:
                # Nothing of the mail has left: whatever the old connection had, a new one says it plainly.
                self.close()
        self.server = self.connect()
        try:
            return self._begin(self.server)
        except OSError as error:
            self.close()
            raise away_because(error) from error

    def _begin(self, server: smtplib.SMTP) -> smtplib.SMTP:
        code, answer = server.mail(self.settings.mail_from)
        if code == 250:
            return server
        raise Away("busy" if 400 <= code < 500 else "sender", f"{code} {words_of(answer)}")

    def _address(self, server: smtplib.SMTP, to: str) -> None:
        code, answer = server.rcpt(to)
        if code not in (250, 251):
            self._refuse(server, code, answer, about_address=True)

    def _hand_over(self, server: smtplib.SMTP, content: bytes) -> None:
        try:
            code, answer = server.data(content)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, words_of(error.smtp_error).encode()
        if code != 250:
            self._refuse(server, code, answer, about_address=False)

    def _refuse(self, server: smtplib.SMTP, code: int, answer: bytes, about_address: bool) -> None:
        said = f"{code} {words_of(answer)}"
        if code == 421:
            self.close()
            raise Away("busy", said)
        with suppress(OSError):
            server.rset()
        if code >= 500:
            raise Undeliverable(said, about_address)
        raise NotYet(said, about_address)

    def connect(self) -> smtplib.SMTP:
        """A connection that may send: greeted, encrypted, signed in. Raises Away with the plain reason."""
        server: smtplib.SMTP | None = None
        try:
            server = self._call()
            self._enter(server)
        except (OSError, ValueError) as error:
            if server is not None:
                server.close()
            raise away_because(error) from error
        return server

    def _call(self) -> smtplib.SMTP:
        settings = self.settings
        where = (settings.smtp_host, settings.smtp_port)
        if settings.smtp_tls == "tls":
            return smtplib.SMTP_SSL(*where, timeout=settings.smtp_timeout, context=ssl.create_default_context())
        return smtplib.SMTP(*where, timeout=settings.smtp_timeout)

    def _enter(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self.settings.smtp_tls == "starttls":
            server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
        if self.settings.smtp_user:
            server.login(self.settings.smtp_user, self.settings.smtp_password)

    def close(self) -> None:
        server, self.server = self.server, None
        if server is not None:
            try:
                server.quit()
            except OSError:
                server.close()
