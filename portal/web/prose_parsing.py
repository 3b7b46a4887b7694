"""The Markdown that is understood: CommonMark with tables and strike-through, no HTML, and bare web addresses as links."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# The page has one h1, its sections h2: what people write starts below them.
FIRST_HEADING = 3
LAST_HEADING = 6
LINK = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?|mailto:[^\s@]+@[^\s@]+|/(?![/\\])[^\s\\]*", re.IGNORECASE)
# Our own files only: a picture from elsewhere would tell its owner who reads this, and when.
OWN_PICTURE = re.compile(r"/(?:[A-Za-z0-9_-]+/)*files/[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
BARE_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>\"'`|\\{}^\[\]]{4,2000}", re.IGNORECASE)
# Beyond these a text is no prose, and reading it takes the square of its length.
MOST_BRACKETS = 4_000
MOST_BARS = 12_000
READ_BY_ITSELF = {"paragraph_open", "heading_open", "list_item_open", "th_open", "td_open"}


def make_parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).enable(
        ["table", "strikethrough"]
    )
    made.disable(["html_block", "html_inline"])
    made.validateLink = lambda url: bool(LINK.fullmatch(url))  # type: ignore[method-assign]
    made.core.ruler.push("staffroom", _finish)
    return made


def parse(markdown: str) -> list[Token]:
    """The tokens of a text. One made to keep the parser busy is shown as it was typed."""
    if markdown.count("[") > MOST_BRACKETS or markdown.count("|") > MOST_BARS:
        token = Token("code_block", "code", 0)
        token.content = markdown
        return [token]
    return parser.parse(markdown)


def _finish(state: StateCore) -> None:
    """Headings pushed down, foreign pictures as their words, bare addresses as links, each block in its own direction."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            level = min(LAST_HEADING, int(token.tag[1]) + FIRST_HEADING - 1)
            token.tag = f"h{level}"
        if token.type in READ_BY_ITSELF:
            token.attrs = {"dir": "auto"}
        if token.children:
            token.children = _linked([_without_foreign_picture(child) for child in token.children])


def _without_foreign_picture(token: Token) -> Token:
    if token.type != "image" or OWN_PICTURE.fullmatch(str(token.attrs.get("src", ""))):
        return token
    text = Token("text", "", 0)
    text.content = token.content
    return text


def _linked(tokens: list[Token]) -> list[Token]:
    """Addresses in plain text become links; inside a link, code or a picture they stay."""
    made: list[Token] = []
    inside = 0
    for token in tokens:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or inside or "://" not in token.content:
            made.append(token)
            continue
        place = 0
        for found in BARE_ADDRESS.finditer(token.content):
            address = _without_sentence_end(found[0])
            made += [_text(token.content[place : found.start()]), *_link(address)]
            place = found.start() + len(address)
        made.append(_text(token.content[place:]))
    return made


def _without_sentence_end(address: str) -> str:
    """Full stops and brackets that belong to the sentence around the address stay outside."""
    while address and (address[-1] in ".,;:!?…*_~" or (address[-1] == ")" and address.count(")") > address.count("("))):
        address = address[:-1]
    return address


def _link(address: str) -> list[Token]:
    start, end = Token("link_open", "a", 1), Token("link_close", "a", -1)
    start.attrs = {"href": address}
    return [start, _text(address), end]


def _text(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token


parser = make_parser()
