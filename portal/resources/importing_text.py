"""Descriptions as catalogues write them, without the marks of the systems they come from."""

import re

from portal.web.prose import plain

_TAGS = re.compile(r"\{[^{}]{0,200}\}|<[^<>]{0,500}>")
_LINK_MACRO = re.compile(r"@[\w-]*link\{\s*([^,{}]*?)\s*(?:,\s*([^{}]*?)\s*)?\}")
_NAMED_MACRO = re.compile(r"@(\w[\w-]*)(?:\{([^{}]*)\})?")
_ASCIIDOC_LINK = re.compile(r"(?:link:)?https?://\S+?\[([^\]]*)\]")
_FOREIGN_LINK = re.compile(r"\[([^\]]*)\]\(['\"][^)]*\)")


def tidy_markdown(text: str) -> str:
    """Markdown that our own renderer understands: links and macros of other systems become their words."""
    text = _LINK_MACRO.sub(lambda found: found.group(2) or found.group(1).replace("-", " "), text)
    text = _NAMED_MACRO.sub(
        lambda found: found.group(2) or ("" if found.group(2) is not None else found.group(1)), text
    )
    text = _ASCIIDOC_LINK.sub(r"\1", text)
    text = _FOREIGN_LINK.sub(r"\1", text)
    return "\n".join(" ".join(line.split()) for line in _TAGS.sub("", text).splitlines()).strip()


def points(cell: str) -> list[str]:
    """The points of one cell, apart at bars or line breaks, as Markdown."""
    return [point for point in (tidy_markdown(part) for part in re.split(r"\s*\|\s*|\n", cell)) if point]


def first_sentence(markdown: str, limit: int = 300) -> str:
    """One plain sentence for the line under a title."""
    words = " ".join(plain(markdown).split())
    found = re.match(r".{20,}?[.!?](?=\s|$)", words)
    return plain(found.group(0) if found else words, limit)
