"""Markdown as the plain text of a mail: paragraphs, lists and quotations as people type them, every address in full."""

from markdown_it.token import Token

from portal.web.prose_parsing import parse


def as_text(markdown: str, home: str = "") -> str:
    """The words with blank lines between blocks. A link's address stands behind its words, unless it is the words.

    ``home`` is put before addresses of our own pages, which mean nothing in a mail program.
    """
    blocks: list[str] = []
    # How deep in lists, and what the next item begins with.
    lists: list[int | None] = []
    bullet, quoted = "", 0
    for token in parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if token.type[0] == "o" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            bullet = "- " if lists[-1] is None else f"{lists[-1]}. "
            lists[-1] = None if lists[-1] is None else lists[-1] + 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.type.endswith("open") else -1
        elif token.type in ("inline", "fence", "code_block", "hr"):
            words = _inline(token, home) if token.type == "inline" else token.content.rstrip("\n") or "* * *"
            blocks.append(_indented(words, "> " * quoted + "  " * max(0, len(lists) - 1), bullet))
            bullet = ""
    return _joined(blocks)


def _inline(token: Token, home: str) -> str:
    words, links = "", list[tuple[int, str]]()
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            words += "\n"
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
            links.append((len(words), home + address if address.startswith("/") else address))
        elif child.type == "link_close":
            start, address = links.pop()
            words += "" if words[start:] == address or not address else f" ({address})"
        elif child.type in ("text", "code_inline", "image"):
            words += child.content
    return words


def _indented(words: str, before: str, bullet: str) -> str:
    rest = before + " " * len(bullet)
    return "\n".join((before + bullet if at == 0 else rest) + line for at, line in enumerate(words.split("\n")))


def _joined(blocks: list[str]) -> str:
    """Items of a list stand close together."""
    text = ""
    for block in blocks:
        close = text and block.lstrip("> ")[:2] == "- " and text.rsplit("\n", 1)[-1].lstrip("> ")[:2] == "- "
        text += ("\n" if close else "\n\n" if text else "") + block
    return text
