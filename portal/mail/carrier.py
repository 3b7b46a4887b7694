"""Who carries the mail: an SMTP server with a verified name, or nobody in development."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from portal.config import Settings

TIMEOUT = 60


class Undeliverable(Exception):
    """The server says that this mail will never arrive: another try would change nothing."""


class Carrier:
    """A connection to the server, opened with the first mail and closed at the end of the round."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def carry(self, message: EmailMessage) -> None:
        """Hand one mail over. Raises Undeliverable, or OSError (SMTPException is one) when another try may help."""
        if self.settings.is_development and not self.settings.smtp_host:
            return
        try:
            self.server = self.server or self._connect()
        except smtplib.SMTPNotSupportedError as error:
            raise OSError(str(error)) from error
        try:
            self.server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, reason = next(iter(refused.recipients.values()))
            raise self._judged(code, reason) from refused
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            raise self._judged(refused.smtp_code, refused.smtp_error) from refused
        except (UnicodeError, smtplib.SMTPNotSupportedError, ValueError) as error:
            raise Undeliverable(type(error).__name__) from error
        except OSError:
            self.close()
            raise

    def _connect(self) -> smtplib.SMTP:
        settings, trust = self.settings, ssl.create_default_context()
        where = (settings.smtp_host, settings.smtp_port)
        if settings.smtp_tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=TIMEOUT, context=trust)
        else:
            server = smtplib.SMTP(*where, timeout=TIMEOUT)
        try:
            if settings.smtp_tls == "starttls":
                server.starttls(context=trust)
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
        except BaseException:
            server.close()
            raise
        return server

    def _judged(self, code: int, reason: bytes | str) -> Exception:
        words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
        said = f"{code} {words}"
        return Undeliverable(said) if code >= 500 else OSError(said)

    def close(self) -> None:
        server, self.server = self.server, None
        if server is not None:
            try:
                server.quit()
            except OSError:
                server.close()
