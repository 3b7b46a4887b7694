"""Web pages: taken in any encoding, kept without whatever acts or fetches, refused when nothing is left."""

import io
import re

import pytest

from portal.web import uploads_pages_child as child
from portal.web.uploads import UploadRefused, inspect
from tests.files.papers import PAGE, RUNS

ACTS = (
    "script",
    "onload",
    "onerror",
    "javascript:",
    "iframe",
    "<form",
    "<input",
    "refresh",
    "evil.example",
    "<svg",
    RUNS,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_what_stays_is_words_and_nothing_that_acts(encoding):
    kept = inspect(io.BytesIO(PAGE.encode(encoding)), "page.html")
    text = kept.stream.read().decode()
    assert (kept.kind, kept.media_type, kept.clean_name) == ("page", "application/octet-stream", "page.html")
    assert "<h1>Strain gauge</h1>" in text and "Glue it along the beam." in text
    assert not [sign for sign in ACTS if sign in text]
    assert "default-src 'none'" in text and '<html lang="en">' in text and "<title>Bridges</title>" in text


def test_pictures_stay_only_where_they_lie_in_the_page():
    made = child.harmless(
        '<p>x<img src="data:image/png;base64,AAAA"><img src="https://evil.example/seen.gif">'
        '<img src="data:image/svg+xml;base64,AAAA"><a href="data:text/html,x">a</a><a href="https://example.org">b</a>'
    )
    assert re.findall(r'src="([^"]*)"', made) == ["data:image/png;base64,AAAA"]
    assert re.findall(r'href="([^"]*)"', made) == ["https://example.org"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><script>draw()</script><div id=app></div>", "page-unread"),
        (b"Only words", "not-page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><p>x", "not-page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "not-page"),
        (b"MZ\x90\x00<html>", "program"),
        (bytes(range(256)) * 20, "not-text"),
    ],
)
def test_what_is_no_page_or_holds_no_words_is_refused(content, why):
    with pytest.raises(UploadRefused) as refused:
        inspect(io.BytesIO(content), "page.html")
    assert refused.value.reason == why


def test_a_page_made_to_keep_us_busy_is_given_up(monkeypatch):
    monkeypatch.setattr("portal.web.uploads_pages.PATIENCE", 0.3)
    with pytest.raises(UploadRefused):
        inspect(io.BytesIO(b"<p>" + b"<b><a>" * 500_000), "page.html")
