"""Attack strings as names, titles, places and notes: every page shows them as text and nothing of them comes alive."""

import json
from html.parser import HTMLParser
from itertools import count

import pytest

from tests.planted import plant
from tests.sweeping import answer_of

ADDRESSES = {"href", "src", "action", "formaction", "srcset", "poster", "data", "hx-get", "hx-post"}
# What Markdown may make beside what our own pages are made of.
PROSE = {"p", "em", "strong", "code", "pre", "blockquote", "ol", "ul", "li", "hr", "br", "a", "img", "h2", "h3", "h4"}
PROSE |= {"h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "del", "ins", "s", "mark"}
PROSE_ATTRIBUTES = {"href", "rel", "title", "src", "alt", "start", "class", "dir"}


class Elements(HTMLParser):
    """The names of all elements and attributes of a page, and what is alive in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.alive: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            target = "".join((value or "").split()).casefold()
            if name.startswith("on") or (
                name in ADDRESSES and target.startswith(("javascript:", "data:", "vbscript:"))
            ):
                self.alive.append(f"<{tag} {name}={value!r}>")
        if tag == "script" and not dict(attrs).get("src", "").startswith("/static/"):
            self.alive.append(f"<script {attrs}>")


def payloads(folder):
    """Every thirtieth of the public collections of attack strings, and all of the small ones."""
    small = [json.loads(line)["payload"] for line in (folder / "bleach_cases.jsonl").read_text("utf-8").splitlines()]
    large = [json.loads(line)["payload"] for line in (folder / "brs_kb_payloads.jsonl").read_text("utf-8").splitlines()]
    naughty = json.loads((folder.parent / "unicode-names" / "blns.json").read_text(encoding="utf-8"))
    shaped = [text for text in (*large, *naughty) if "<" in text or "script:" in text or "{{" in text]
    return [*small, *shaped[::18]]


def pages(region, who="ines"):
    """Every page that she may open, with its address."""
    browser = region.browser(who)
    for _key, rule in region.doors("GET"):
        path = region.url(rule)
        if who == "ravi" and not path.startswith("/admin"):
            continue
        answer, broken = answer_of(browser, path)
        assert not broken, f"{path}: {broken}"
        if answer.status_code == 200 and answer.mimetype == "text/html" and not path.startswith("/dev/"):
            yield path, answer.text


def elements_of(html):
    found = Elements()
    found.feed(html)
    return found


@pytest.mark.shared
@pytest.mark.parametrize("who", ["ines", "ravi"])
def test_what_people_type_never_comes_alive(region, shared_data, who):
    tags, attributes = set(PROSE), set(PROSE_ATTRIBUTES)
    for _path, html in pages(region, who):
        found = elements_of(html)
        tags |= found.tags
        attributes |= found.attributes
    attacks, turn = payloads(shared_data / "markdown-html-xss"), count()
    with region.acting():
        assert plant(lambda *_where: attacks[next(turn) % len(attacks)]) > 200
    wrong, opened = [], 0
    for path, html in pages(region, who):
        found = elements_of(html)
        opened += 1
        strange = (found.tags - tags) | (found.attributes - attributes)
        if found.alive or strange:
            wrong.append(f"{path}: {found.alive or strange}"[:300])
    assert not wrong, "\n".join(wrong)
    assert opened > 10 and len(attacks) > 60
