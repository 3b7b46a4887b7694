"""Makes a web page harmless in a process of its own: ``python -P uploads_pages_child.py < page > page``, both in UTF-8.

What stays is words in their order, links to pages, and pictures that lie in the page itself. A page can be made to keep
its reader busy, so that happens here, with bounds that the operating system keeps. Nothing of the portal is imported.
"""

import html
import re
import resource
import sys
from contextlib import suppress

import nh3

MEMORY = 1 << 30
SECONDS = 3
EMPTY, UNREADABLE = 4, 5
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "section", "article", "main", "blockquote", "pre"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "b", "strong", "i", "em", "u", "s", "del", "ins", "code", "kbd", "samp", "var", "sub", "sup", "q", "cite"),
    *("abbr", "mark", "small", "figure", "figcaption", "img", "bdi", "bdo", "ruby", "rt", "rp", "span"),
}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "abbr": {"title"},
    **{tag: {"lang", "dir"} for tag in ("p", "div", "span", "li", "bdo", "section", "article", "blockquote")},
}
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
PAGE = re.compile(r"https?://|mailto:", re.IGNORECASE)
TITLE = re.compile(r"<title[^<>]*>([^<]{0,1000})", re.IGNORECASE)
LANGUAGE = re.compile(
    r"<html\b[^<>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})\b", re.IGNORECASE
)
# Should a browser ever take it for a page of its own: nothing in it may run or be fetched.
HEAD = (
    '<!doctype html>\n<html{lang}><head><meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:\">\n<title>{title}</title></head>\n<body>\n"
)


def main() -> int:
    # macOS refuses this bound; there only the time is bounded.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = harmless(sys.stdin.buffer.read().decode("utf-8"))
    # A panic of the parser is no Exception; the parent only needs to know that it failed.
    except BaseException:
        return UNREADABLE
    if made is None:
        return EMPTY
    sys.stdout.buffer.write(made.encode())
    return 0


def harmless(page: str) -> str | None:
    """The page with nothing in it that acts or fetches; None when no word and no picture is left."""
    body = nh3.clean(
        page,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags={"script", "style", "title", "template", "noscript", "textarea", "select"},
        url_schemes={"http", "https", "mailto", "data"},
        attribute_filter=only_known,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
    )
    if "<img src=" not in body and not re.sub(r"<[^<>]*>|&nbsp;|\s", "", body):
        return None
    title, language = TITLE.search(page), LANGUAGE.search(page)
    lang = f' lang="{language[1]}"' if language else ""
    return (
        HEAD.format(lang=lang, title=html.escape(html.unescape(title[1])) if title else "")
        + body
        + "\n</body></html>\n"
    )


def only_known(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if PICTURE.fullmatch(value) else None
    return None if name == "href" and not PAGE.match(value) else value


if __name__ == "__main__":
    sys.exit(main())
