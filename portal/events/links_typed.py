"""Addresses that people type beside an event: https alone, and a sentence that says what is wrong with any other."""

from urllib.parse import urlsplit

from flask_babel import gettext as _

LONGEST = 1000
MOST = 10


def read_links(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """(address, name) of each line that is not empty, and a sentence for each line that leads nowhere."""
    links, faults = [], []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        address, _blank, name = line.partition(" ")
        if fault := fault_of(address):
            faults.append(fault)
        else:
            links.append((address, " ".join(name.split())[:200]))
    if len(lines) > MOST:
        faults.append(
            _("%(count)s links are too many at once: at most %(most)s.", count=len(lines), most=MOST)
            + " "
            + _("A longer list is easier to read as a file.")
        )
    return links, faults


def fault_of(address: str) -> str | None:
    """Why this is not an address that can stand on a page; None where it is one."""
    short = address if len(address) <= 60 else f"{address[:59]}…"
    try:
        parts = urlsplit(address)
        host, _port = host_of(address), parts.port
    except ValueError:
        return _("This leads nowhere: %(address)s. Copy it from the browser once more.", address=short)
    if parts.scheme == "http" and host:
        return _(
            "%(address)s begins with http://, so others can read along. Try it with https:// instead.", address=short
        )
    if parts.scheme != "https" or not host or "@" in parts.netloc or not _is_plain(address):
        return _("This is not the address of a page: %(address)s. It begins with https://.", address=short)
    if len(address) > LONGEST:
        return _("This address is longer than %(most)s signs: %(address)s.", most=LONGEST, address=short)
    return None


def host_of(address: str) -> str:
    """The host of an address as it is asked for, letters that only look alike written out; empty where there is none.

    Raises ValueError for what is no host.
    """
    host = urlsplit(address).hostname or ""
    return host.encode("idna").decode() if not host.isascii() else host


def _is_plain(address: str) -> bool:
    """No blanks or control signs, and a host with a point in it."""
    return all(ord(sign) > 32 and sign not in "\\\x7f" for sign in address) and "." in (host_of(address).strip("."))
