"""What keeps us from the mail server, from the errors of sockets, TLS and SMTP to plain words with a way out."""

import smtplib
import socket
import ssl

from flask_babel import lazy_gettext as _l

# OpenSSL's numbers: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/
OUT_OF_DATE, WRONG_NAME = (9, 10), (62, 64)

TROUBLES = {
    "name": _l("The name of the mail server is not found. Look at SMTP_HOST, and whether this machine reaches DNS."),
    "refused": _l("The mail server’s machine answers, but nothing listens at that port. Look at SMTP_PORT (587 or 465)."),
    "silent": _l("The mail server does not answer in time. A firewall between us and it may swallow what we send."),
    "away": _l("There is no way to the mail server from here. Look at this machine’s network."),
    "not-smtp": _l("Something answers at that address, but it is no mail server."),
    "turned-away": _l("The mail server turns this machine away at the door. It may know our address from a block list."),
    "busy": _l("The mail server asks us to come back later. We do, and nothing is lost."),
    "cuts": _l("The mail server ends the connection in the middle of mails, again and again. Its own log should say why."),
    "no-tls": _l("The mail server offers no STARTTLS there, so nothing is sent. Port 465 with SMTP_TLS=tls may be the right one."),
    "tls-early": _l("The mail server does not begin with TLS at that port. Try SMTP_TLS=starttls."),
    "expired": _l("The mail server’s certificate is out of date. Whoever runs the server renews it."),
    "wrong-name": _l("The mail server’s certificate is for another name. SMTP_HOST has to be the name on it."),
    "not-trusted": _l("Nobody this machine trusts vouches for the server’s certificate. SSL_CERT_FILE can name another authority."),
    "tls": _l("TLS with the mail server fails."),
    "no-sign-in": _l("The mail server takes no user name there. Leave SMTP_USER empty, or choose the port for sending (587)."),
    "sign-in": _l("The mail server does not accept our user name and password. Look at SMTP_USER and SMTP_PASSWORD."),
    "sender": _l("The mail server does not let us send as this address. Look at MAIL_FROM, or have it allowed there."),
    "no-host": _l("No mail server is named: SMTP_HOST is empty. Mails wait in the outbox until it is set."),
}  # fmt: skip


class Away(OSError):
    """The server can't be used just now, whatever the mail: ``key`` stands in TROUBLES, ``said`` is its own answer."""

    def __init__(self, key: str, said: str = "") -> None:
        super().__init__(f"{key}: {said}" if said else key)
        self.key, self.said = key, said


def trouble_words(key: str | None) -> object:
    return TROUBLES.get(key or "", "")


def away_because(error: Exception) -> Away:
    """The plain reason behind an error of connecting, greeting or signing in."""
    if isinstance(error, Away):
        return error
    if isinstance(error, smtplib.SMTPResponseException):
        return Away(_key_of_answer(error), f"{error.smtp_code} {words_of(error.smtp_error)}")
    return Away(_key_of(error), str(error))


def _key_of_answer(error: smtplib.SMTPResponseException) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # 454 and 421: sign-in is not possible just now; the password may be right.
        return "busy" if error.smtp_code < 500 else "sign-in"
    return "busy" if 400 <= error.smtp_code < 500 else "not-smtp" if error.smtp_code < 400 else "turned-away"


def _key_of(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in OUT_OF_DATE:
            return "expired"
        return "wrong-name" if error.verify_code in WRONG_NAME else "not-trusted"
    if isinstance(error, ssl.SSLError):
        return "tls-early" if error.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE") else "tls"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "no-tls" if "STARTTLS" in str(error) else "no-sign-in"
    if "timed out" in str(error):
        return "silent"
    kinds: dict[type, str] = {
        socket.gaierror: "name",
        UnicodeError: "name",
        ConnectionRefusedError: "refused",
        smtplib.SMTPServerDisconnected: "not-smtp",
        # All that is left of it comes from signing in: none of our ways is offered.
        smtplib.SMTPException: "no-sign-in",
    }
    return next((kinds[kind] for kind in type(error).__mro__ if kind in kinds), "away")


def words_of(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
