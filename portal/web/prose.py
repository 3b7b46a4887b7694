"""Markdown that people type, to HTML that can do nothing but be read.

Two walls: the parser knows no HTML at all, and what it makes goes through an allow-list of our own. Headings start below
those of the page, pictures come only from files of this portal, links say that we do not vouch for them. Templates wrap
the result in an element that htmx ignores.
"""

import re
from collections.abc import Iterator

import nh3
from markdown_it.token import Token
from markupsafe import Markup

from portal.web.prose_parsing import LINK, OWN_PICTURE, parse, parser

MAX_LENGTH = 50_000
TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code", "em", "strong", "s"),
    *("a", "img", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    **{tag: {"dir"} for tag in ("p", "h3", "h4", "h5", "h6", "li", "th", "td")},
}
SCHEMES = {"http", "https", "mailto"}
REL = "noopener noreferrer nofollow ugc"
# A name after @: letters of any script with their marks, joined by . - ' or _; not the middle of a mail address.
_MENTION = re.compile(
    r"(?<![\w@/.&+-])@([^\W_](?:[\w.'’\-\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0670\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u200c\u200d])*)"
)
_BLOCK_ENDS = {
    "paragraph_close",
    "heading_close",
    "list_item_close",
    "blockquote_close",
    "tr_close",
    "fence",
    "code_block",
    "hr",
}


def render(markdown: str | None) -> Markup:
    """Safe HTML. Text beyond 50,000 signs is left out: forms refuse it long before."""
    if not markdown:
        return Markup("")
    tokens = parse(markdown[:MAX_LENGTH])
    made = parser.renderer.render(tokens, parser.options, {})
    return Markup(sanitise(made))


def sanitise(html: str) -> str:
    """Only the elements and attributes on our list survive, and only links that lead to pages or mail."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=REL,
        strip_comments=True,
        generic_attribute_prefixes=set(),
        attribute_filter=_only_our_addresses,
    )


def _only_our_addresses(tag: str, name: str, value: str) -> str | None:
    """The second wall asks again where a link leads and where a picture lies."""
    if name == "href" and not LINK.fullmatch(value):
        return None
    return None if name == "src" and not OWN_PICTURE.fullmatch(value) else value


def mentions(markdown: str) -> list[str]:
    """Names that are addressed with @, each once, in order, without what stands in code: ``@Ines`` gives ``Ines``."""
    found: dict[str, None] = {}
    for token in _inline(parse(markdown[:MAX_LENGTH])):
        if token.type == "text":
            for name in _MENTION.findall(token.content):
                found.setdefault(name.rstrip(".-'’_"))
    return list(found)


def plain(markdown: str | None, limit: int | None = None) -> str:
    """The words alone, for excerpts, mails and search: paragraphs parted by a line, links and pictures as their text.

    With ``limit`` it is one line of at most so many signs, cut between words.
    """
    if not markdown:
        return ""
    pieces: list[str] = []
    for token in parse(markdown[:MAX_LENGTH]):
        pieces.extend(part for part in _words(token))
        if token.type in _BLOCK_ENDS:
            pieces.append("\n")
    text = re.sub(r"\n{2,}", "\n", "".join(pieces)).strip()
    return text if limit is None else excerpt(text, limit)


def excerpt(text: str, limit: int) -> str:
    """One line of at most ``limit`` signs, cut between words with … at the end."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    shorter = cut if line[limit - 1] == " " else cut.rsplit(" ", 1)[0]
    return (shorter if len(shorter) > limit // 2 else cut).rstrip(" ,;:.–-") + "…"


def _words(token: Token) -> Iterator[str]:
    if token.type in ("fence", "code_block"):
        yield token.content
    elif token.type in ("td_close", "th_close"):
        yield " "
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type in ("text", "code_inline", "image"):
            yield child.content


def _inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or []
