"""The words of an HTML mail, its quotes marked with > as in plain text, so that one set of rules finds what is new.

Not the parser of the standard library: one kilobyte of broken tags can keep that busy for seconds. This one looks at
each character once or twice, whatever it is given.
"""

import re
from collections.abc import Iterator
from html import unescape

MOST = 1_000_000
LONGEST_TAG = 4_000
# The client says: from here on it is the mail that was answered.
CUT = "\ue000cut\ue000"
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,20})")
_ATTRIBUTE = re.compile(r"""\b(class|id|style|href|type)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_SKIPPED = {"script", "style", "head", "title", "template", "svg", "object", "select", "textarea"}
_BLOCKS = {
    *("p", "div", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "center"),
    *("section", "article", "header", "footer", "address", "blockquote", "dl", "dt", "dd", "body", "html"),
}
_APART = {"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "blockquote", "pre"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "wbr", "col", "area", "base", "source", "o:p"}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|font-size\s*:\s*0|max-height\s*:\s*0(?!\.)", re.I)
_ORIGINAL = re.compile(
    r"(?:x_)*(?:divrplyfwdmsg|appendonsend|mail-editor-reference-message-container|reply-intro)", re.I
)
_SIGNATURE = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_signature(?:_prefix)?|moz-signature|ms-outlook-mobile-signature|signature"
    r"|protonmail_signature_block|yahoo-signature|applemailsignature)(?:\s|$)",
    re.I,
)


def words_of(html: str) -> str:
    """The text of a mail, paragraph by paragraph; quoted lines begin with >, signatures that say so are left out."""
    page = _Page()
    for tag, text in _pieces(html[:MOST]):
        if tag:
            page.tag(tag)
        elif text:
            page.text(text)
    return page.words()


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """(tag, "") and ("", text) in order. What is no whole tag is text; comments and declarations are nothing."""
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            yield "", html[at:]
            return
        if start > at:
            yield "", html[at:start]
        if html.startswith("<!--", start):
            # Outlook's conditions, <!--[if …]> … <![endif]-->, are comments as well.
            end = html.find("-->", start)
            at = len(html) if end < 0 else end + 3
        elif html[start + 1 : start + 2] in ("!", "?"):
            at = _tag_end(html, start)
        elif _NAME.match(html, start):
            at = _tag_end(html, start)
            yield html[start:at], ""
        else:
            yield "", "<"
            at = start + 1


def _tag_end(html: str, start: int) -> int:
    end = html.find(">", start, start + LONGEST_TAG)
    return min(start + LONGEST_TAG, len(html)) if end < 0 else end + 1


class _Page:
    """Lines as they grow, the quote that we are in, and what is being skipped."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        # Open elements that matter: (name, what it changes).
        self.open: list[tuple[str, str]] = []
        self.counts = {"quote": 0, "skip": 0, "pre": 0}
        self.links: list[str] = []

    def tag(self, tag: str) -> None:
        found = _NAME.match(tag)
        name = found[1].lower() if found else ""
        if name == "br":
            self.end_line()
        elif tag.startswith("</"):
            self._close(name)
        else:
            self._start(name, tag)

    def text(self, text: str) -> None:
        if self.counts["skip"]:
            return
        words = unescape(text).replace("\r", "")
        if self.counts["pre"]:
            first, *rest = words.split("\n")
            self.line.append(first)
            for line in rest:
                self.end_line()
                self.line.append(line)
        else:
            self.line.append(re.sub(r"[ \t\n\f]+", " ", words))

    def end_line(self) -> None:
        if not self.counts["skip"]:
            mark = ">" * min(self.counts["quote"], 9)
            words = "".join(self.line).rstrip()
            words = words if self.counts["pre"] else words.strip(" ")
            self.lines.append(f"{mark} {words}".rstrip() if mark else words)
            self.line = []

    def words(self) -> str:
        self._settle()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")

    def _start(self, name: str, tag: str) -> None:
        about = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(tag)}
        if name in _BLOCKS:
            self._settle(apart=name in _APART)
        if _ORIGINAL.fullmatch(about.get("id", "")) and not self.counts["quote"]:
            self._settle()
            self.lines.append(CUT)
        if name == "li":
            self.line.append("- ")
        if name in ("td", "th") and self.line and not self.counts["skip"]:
            self.line.append(" ")
        if name in _VOID or tag.endswith("/>"):
            return
        effect = _effect(name, about)
        if effect:
            self.open.append((name, effect))
            self.counts[effect] += 1
        elif name in ("div", "span", "a", "table", "td", "blockquote", "p") and self.open:
            # Counted, so that the end of a skipped or quoted element is not taken for an inner one's.
            self.open.append((name, ""))
        if name == "a":
            self.links.append(about.get("href", ""))

    def _close(self, name: str) -> None:
        if name == "a" and self.links:
            self._tell_link(unescape(self.links.pop()))
        if name in _BLOCKS:
            self._settle(apart=name in _APART)
        # Looked for near the end only: what lies deeper was never closed by whoever wrote it.
        for back in range(1, min(len(self.open), 40) + 1):
            if self.open[-back][0] == name:
                for _name, effect in self.open[-back:]:
                    if effect:
                        self.counts[effect] -= 1
                del self.open[-back:]
                return

    def _tell_link(self, href: str) -> None:
        said = "".join(self.line)
        bare = href.removeprefix("mailto:").removeprefix("tel:").rstrip("/")
        if href.startswith(("http://", "https://")) and bare not in said and len(href) < 1000:
            self.line.append(f" <{href}>")

    def _settle(self, apart: bool = False) -> None:
        if "".join(self.line).strip():
            self.end_line()
        self.line = []
        if apart and self.lines and self.lines[-1].strip("> ") and not self.counts["skip"]:
            self.end_line()


def _effect(name: str, about: dict[str, str]) -> str:
    marks = f"{about.get('class', '')} {about.get('id', '')}"
    if name in _SKIPPED or _HIDDEN.search(about.get("style", "")) or _SIGNATURE.search(marks):
        return "skip"
    if name == "blockquote" or "yahoo_quoted" in marks:
        return "quote"
    return "pre" if name == "pre" else ""
