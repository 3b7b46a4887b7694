"""Addresses that people type, one a line, each with a name after it if they like."""

from urllib.parse import urlsplit

LONGEST = 2000


def read_links(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """(address, name) of each line, and the lines that are no address of a page. Only http and https are taken."""
    links, faults = [], []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        address, _blank, name = line.partition(" ")
        if is_web_address(address):
            links.append((address, name.strip()))
        else:
            faults.append(line)
    return links, faults


def is_web_address(address: str) -> bool:
    """An http or https address with a host, without a name and password in it, without blanks or control characters."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = all(ord(character) > 32 and character not in "\\\x7f" for character in address)
    return (
        plain
        and parts.scheme in {"http", "https"}
        and bool(host)
        and "@" not in parts.netloc
        and len(address) <= LONGEST
    )
