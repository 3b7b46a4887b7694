"""What people write becomes HTML that can do nothing but be read."""

import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.web.prose import ATTRIBUTES, MAX_LENGTH, TAGS, excerpt, mentions, plain, render, sanitise
from portal.web.prose_parsing import OWN_PICTURE

VOID = {"br", "hr", "img"}


class Look(HTMLParser):
    """Everything that stands in the result, as a browser would find it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"instruction {data!r}")


def look(html: str) -> Look:
    page = Look()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def check(html: str) -> Look:
    """Nothing in it runs, fetches, submits, styles, or has a name."""
    page = look(html)
    for tag, attributes in page.found:
        assert tag in TAGS, tag
        assert attributes.keys() <= ATTRIBUTES.get(tag, set()) | {"rel"}, (tag, attributes)
        if tag == "a" and attributes.get("href") is not None:
            check_link(attributes["href"] or "")
            assert attributes["rel"] == "noopener noreferrer nofollow ugc"
        if tag == "img":
            assert OWN_PICTURE.fullmatch(attributes["src"] or ""), attributes
        assert attributes.get("dir") in (None, "auto")
    return page


def check_link(href: str) -> None:
    scheme = urlsplit(href).scheme.lower()
    assert scheme in {"http", "https", "mailto"} or (href.startswith("/") and href[1:2] not in ("/", "\\")), href


def payloads(folder: Path) -> Iterator[str]:
    for name in ("brs_kb_payloads.jsonl", "bleach_cases.jsonl", "markdown2_safe_mode_cases.jsonl"):
        for line in (folder / "markdown-html-xss" / name).read_text().splitlines():
            case = json.loads(line)
            yield case.get("payload") or case["markdown"]
    yield from json.loads((folder / "unicode-names/blns.json").read_text())
    yield from (folder / "unicode-names/blns.txt").read_text().splitlines()


FRAMES = (
    "{}",
    "[x]({})",
    "[x](<{}>)",
    "![x]({})",
    "<{}>",
    "[x][y]\n\n[y]: {}",
    "[x](https://a.example '{}')",
    "`{}`",
    "```{}\nx\n```",
    "|{}|\n|-|\n|{}|",
    "# {}",
)


def test_no_collected_attack_survives_in_any_place(shared_data: Path) -> None:
    """Each on its own and as an address, and in two more places in turn: ten thousand pages in all."""
    seen = 0
    for number, payload in enumerate(payloads(shared_data)):
        turn = 2 + number % (len(FRAMES) - 3)
        for frame in (*FRAMES[:2], *FRAMES[turn : turn + 2]):
            check(render(frame.replace("{}", payload)))
            seen += 1
    assert seen > 10_000


def test_no_collected_attack_survives_the_second_wall_alone(shared_data: Path) -> None:
    for payload in payloads(shared_data):
        page = look(sanitise(payload))
        for tag, attributes in page.found:
            assert tag in TAGS and attributes.keys() <= ATTRIBUTES.get(tag, set()) | {"rel"}
            assert not any(
                str(value).lower().lstrip().startswith(("javascript:", "data:", "vbscript:"))
                for value in attributes.values()
            )


def test_every_example_of_the_specification_is_safe(shared_data: Path) -> None:
    text = (shared_data / "markdown-html-xss/commonmark_spec.txt").read_text().replace("→", "\t")
    examples = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", text, re.S | re.M)
    assert len(examples) == 652
    for example in examples:
        check(render(example))


@pytest.mark.parametrize("name", ["markdown_it_tables.md", "markdown_it_linkify.md"])
def test_tables_and_bare_addresses_are_safe(shared_data: Path, name: str) -> None:
    for example in (shared_data / "markdown-html-xss" / name).read_text().split("\n.\n"):
        check(render(example))


def test_real_lessons_are_safe_and_keep_their_words(shared_data: Path) -> None:
    lessons = sorted((shared_data / "oer-lessons").rglob("*.md"))
    lessons = [lesson for lesson in lessons if lesson.name != "SOURCE.md"]
    assert len(lessons) == 75
    for lesson in lessons:
        page = check(render(lesson.read_text()))
        assert len(page.text) > 40
        assert "h1" not in {tag for tag, _attributes in page.found}


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from("<>[]()!*_`~#|-\n \"'&;:/\\@=ahjscript1\t{}$%^"), max_size=80))
def test_nothing_made_of_marks_survives(text: str) -> None:
    check(render(text))
    plain(text)
    mentions(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**b** *i* ~~s~~ `c`", '<p dir="auto"><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>\n'),
        ("# One\n\n## Two", '<h3 dir="auto">One</h3>\n<h4 dir="auto">Two</h4>\n'),
        ("###### Six", '<h6 dir="auto">Six</h6>\n'),
        ("a\\\nb", '<p dir="auto">a<br>\nb</p>\n'),
        ("<b>x</b>", '<p dir="auto">&lt;b&gt;x&lt;/b&gt;</p>\n'),
        ("![a](/n/tarn/files/7/a.png)", '<p dir="auto"><img src="/n/tarn/files/7/a.png" alt="a"></p>\n'),
        ("![a](https://evil.example/a.png)", '<p dir="auto">a</p>\n'),
        ("![a](/files/../sign-out)", '<p dir="auto">a</p>\n'),
        ("3. three", '<ol start="3">\n<li dir="auto">three</li>\n</ol>\n'),
        ("", ""),
    ],
)
def test_what_is_understood(typed: str, shown: str) -> None:
    assert render(typed) == shown
    assert render(None) == ""


def test_links_say_that_we_do_not_vouch_for_them() -> None:
    assert 'rel="noopener noreferrer nofollow ugc"' in render("[a](https://a.example)")
    for address in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://me@evil.example",
        "x.html",
    ):
        assert "href" not in render(f"[a]({address})")
    for address in ("https://a.example/b?c=1#d", "mailto:ada@a.example", "/n/tarn/events/12"):
        assert f'href="{address}"' in render(f"[a]({address})")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("see https://a.example/x_y_z.", "https://a.example/x_y_z"),
        ("(http://a.example/b_(c))", "http://a.example/b_(c)"),
        ("https://a.example?a=1&b=2, and", "https://a.example?a=1&amp;b=2"),
        ("**https://a.example**", "https://a.example"),
    ],
)
def test_bare_addresses_become_links(typed: str, address: str) -> None:
    assert f'href="{address}"' in render(typed)
    assert render(typed).count("<a ") == 1


def test_no_link_within_a_link_or_code() -> None:
    assert render("[https://b.example](https://a.example)").count("<a ") == 1
    assert "<a" not in render("`https://a.example`") + render("    https://a.example")


def test_names_after_an_at_sign() -> None:
    text = (
        "@Ines, thanks! Ask @tobi.larkhill or @O'Neil-Moor (@नेहा, @Zoë). Not a@b.example, not `@code`, not @Ines again."
    )
    assert mentions(text) == ["Ines", "tobi.larkhill", "O'Neil-Moor", "नेहा", "Zoë"]
    assert mentions("```\n@code\n```\n[@Link](/x) https://a.example/@nobody") == ["Link"]


def test_the_words_alone() -> None:
    text = "# Title\n\nOne *two* [three](https://a.example) ![four](/n/x/files/1/a.png)\n\n- five\n- `six`\n\n|a|b|\n|-|-|\n|c|d|"
    assert plain(text) == "Title\nOne two three four\nfive\nsix\na b \nc d"
    assert plain(text, 20) == "Title One two three…"
    assert plain(None) == ""


def test_excerpts_end_between_words() -> None:
    assert excerpt("short", 10) == "short"
    assert excerpt("one two, three", 10) == "one two…"
    assert len(excerpt("x" * 100, 10)) == 10


def test_long_texts_are_cut_and_hostile_ones_are_quick() -> None:
    assert len(look(render("a" * (MAX_LENGTH + 10))).text.strip()) == MAX_LENGTH
    for piece in (
        "[",
        "![",
        "[a](",
        "](a",
        "*a ",
        "**",
        "`",
        "> ",
        "- ",
        "|",
        "<",
        "&",
        "~~a ",
        "_a",
        "<!--",
        "https://(",
        "@a.",
    ):
        start = time.process_time()
        check(render(piece * (MAX_LENGTH // len(piece))))
        assert time.process_time() - start < 4, piece
    rows = "|a" * 150 + "\n" + "|-" * 150 + "\n" + ("|" * 150 + "\n") * 200
    assert "<pre>" in render(rows)
