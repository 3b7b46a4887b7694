"""Every setting, the environment variable that sets it, its default, and one sentence each."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1024 * 1024


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "yes", "true", "on"}


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, str(default)))


@dataclass(frozen=True)
class Settings:
    """What the person who runs the portal can set. Read once, when the application is made."""

    # PORTAL_INSTANCE: the one folder that holds everything worth a backup.
    instance: Path = field(default_factory=lambda: Path(os.environ.get("PORTAL_INSTANCE", "instance")).resolve())
    # PORTAL_ENV: "development" shows codes and mails on the page; anything else is production.
    environment: str = field(default_factory=lambda: os.environ.get("PORTAL_ENV", "production"))
    # PORTAL_URL: where people reach the portal; links in mails start with it.
    url: str = field(default_factory=lambda: os.environ.get("PORTAL_URL", "").rstrip("/"))
    # PORTAL_HOSTS: host names that the portal answers to, separated by commas; empty derives them from PORTAL_URL.
    hosts: str = field(default_factory=lambda: os.environ.get("PORTAL_HOSTS", ""))
    # PORTAL_PROXIES: how many proxies stand in front (0 or 1); only then are forwarded addresses believed.
    proxies: int = field(default_factory=lambda: _number("PORTAL_PROXIES", 0))
    # PORTAL_SECURE_COOKIES: "0" only where the portal is reached without TLS, as in development.
    secure_cookies: bool = field(
        default_factory=lambda: _flag("PORTAL_SECURE_COOKIES", os.environ.get("PORTAL_ENV") != "development")
    )
    # PORTAL_MAX_UPLOAD: the largest single request, in bytes.
    max_upload: int = field(default_factory=lambda: _number("PORTAL_MAX_UPLOAD", 100 * MEGABYTE))
    # PORTAL_PERSON_SPACE: how many megabytes of files one person may bring along in all; 0 sets no bound.
    person_space: int = field(default_factory=lambda: _number("PORTAL_PERSON_SPACE", 4_000))
    # PORTAL_NETWORK_SPACE: how many megabytes of files one network may hold in all; 0 sets no bound.
    network_space: int = field(default_factory=lambda: _number("PORTAL_NETWORK_SPACE", 40_000))
    # SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_TLS ("starttls", "tls" or "none"): who carries our mail.
    smtp_host: str = field(default_factory=lambda: os.environ.get("SMTP_HOST", ""))
    smtp_port: int = field(default_factory=lambda: _number("SMTP_PORT", 587))
    smtp_user: str = field(default_factory=lambda: os.environ.get("SMTP_USER", ""))
    smtp_password: str = field(default_factory=lambda: os.environ.get("SMTP_PASSWORD", ""))
    smtp_tls: str = field(default_factory=lambda: os.environ.get("SMTP_TLS", "starttls"))
    # SMTP_TIMEOUT: seconds that the server may keep us waiting for one answer; a crashed worker's mails wait 15 times that.
    smtp_timeout: float = field(default_factory=lambda: float(os.environ.get("SMTP_TIMEOUT", "60")))
    # MAIL_PER_HOUR: the most mails an hour for the whole portal; ask whoever runs the mail server what it allows.
    mail_per_hour: int = field(default_factory=lambda: _number("MAIL_PER_HOUR", 2000))
    # MAIL_DKIM_SELECTOR: under which name the mail server signs; only `flask mail test` looks it up.
    mail_dkim_selector: str = field(default_factory=lambda: os.environ.get("MAIL_DKIM_SELECTOR", ""))
    # MAIL_FROM: the address that mails come from.
    mail_from: str = field(default_factory=lambda: os.environ.get("MAIL_FROM", "staffroom@localhost"))
    # MAIL_REPLY_DOMAIN: the domain whose "answer+…@" addresses arrive here; empty: answers go to the coordinators.
    mail_reply_domain: str = field(default_factory=lambda: os.environ.get("MAIL_REPLY_DOMAIN", "").strip().lower())
    # MAILBOX_HOST, MAILBOX_PORT, MAILBOX_USER, MAILBOX_PASSWORD, MAILBOX_TLS ("tls", "starttls" or "none"): the mailbox
    # (IMAP) in which answers arrive. Without a host they are handed over to `flask mail receive`.
    mailbox_host: str = field(default_factory=lambda: os.environ.get("MAILBOX_HOST", ""))
    mailbox_port: int = field(default_factory=lambda: _number("MAILBOX_PORT", 993))
    mailbox_user: str = field(default_factory=lambda: os.environ.get("MAILBOX_USER", ""))
    mailbox_password: str = field(default_factory=lambda: os.environ.get("MAILBOX_PASSWORD", ""))
    mailbox_tls: str = field(default_factory=lambda: os.environ.get("MAILBOX_TLS", "tls"))
    # MAILBOX_FOLDER: where answers arrive. MAILBOX_DONE: where they go once they are stored; empty: marked as read.
    mailbox_folder: str = field(default_factory=lambda: os.environ.get("MAILBOX_FOLDER", "INBOX"))
    mailbox_done: str = field(default_factory=lambda: os.environ.get("MAILBOX_DONE", ""))
    # MAIL_MOST: the largest mail that is taken in, in bytes; a larger one is answered, not read.
    mail_most: int = field(default_factory=lambda: _number("MAIL_MOST", 25 * MEGABYTE))
    # PORTAL_CODE_MINUTES: how long a sign-in code works.
    code_minutes: int = field(default_factory=lambda: _number("PORTAL_CODE_MINUTES", 10))
    # PORTAL_SESSION_HOURS: how long a sign-in lasts on a shared computer.
    session_hours: int = field(default_factory=lambda: _number("PORTAL_SESSION_HOURS", 8))
    # PORTAL_OWN_DEVICE_DAYS: how long it lasts on "my own device".
    own_device_days: int = field(default_factory=lambda: _number("PORTAL_OWN_DEVICE_DAYS", 30))

    @property
    def is_development(self) -> bool:
        return self.environment == "development"

    @property
    def database(self) -> Path:
        return self.instance / "staffroom.sqlite"

    @property
    def store(self) -> Path:
        """Uploaded files, by the hash of their bytes."""
        return self.instance / "files"

    @property
    def previews(self) -> Path:
        """Pictures of what is in those files. They can be made again, so a backup may leave them out."""
        return self.instance / "previews"

    @property
    def arriving(self) -> Path:
        """Large files on their way, piece by piece."""
        return self.instance / "arriving"

    def key(self, name: str) -> bytes:
        """A 32-byte secret of that name, made on the first run and readable by its owner alone."""
        path = self.instance / "keys" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write_once(path, secrets.token_bytes(32))
        return path.read_bytes()

    def old_keys(self, name: str) -> list[bytes]:
        """Keys of that name that seal nothing new and still open what they sealed: ``<name>-old-*`` beside it."""
        return [path.read_bytes() for path in sorted((self.instance / "keys").glob(f"{name}-old-*"))]

    def new_key(self, name: str, old: str) -> bytes:
        """Put a new secret in the place of the one of that name, which stays beside it as ``<name>-old-<old>``.

        Safe to kill: until the new one is in its place, both names lead to the same key.
        """
        path = self.instance / "keys" / name
        kept = path.with_name(f"{name}-old-{old}")
        if not kept.exists():
            os.link(path, kept)
        draft = path.with_name(f"{name}.{os.getpid()}.{secrets.token_hex(4)}")
        self._write_once(draft, secrets.token_bytes(32))
        draft.replace(path)
        return path.read_bytes()

    @staticmethod
    def _write_once(path: Path, value: bytes) -> None:
        # Two workers may start together: the first link wins and both read the same key.
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(descriptor, "wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
