"""Reading what is inside files: words, pages, pictures; and what comes of a file at which the reader dies."""

import importlib
import io
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.db import db
from portal.files import reading, reading_child, reading_rounds
from portal.files.models import FileReading, StoredFile
from portal.files.operations import keep
from portal.files.operations_reading import (
    ask_to_read,
    forget_readings,
    keep_found,
    mend_previews,
    read_anew,
    take_up,
)
from portal.files.queries_reading import standing
from portal.files.reading import Found, look_into
from portal.files.reading_previews import previews
from portal.files.store import store
from portal.web import clock
from tests import cast
from tests.files import papers


def seen(content: bytes, kind: str) -> Found:
    """What its reader finds in some bytes, in this process: a process of its own takes a quarter of a second to start."""
    output = io.BytesIO()
    reader = importlib.import_module(f"portal.files.reading_child_{reading_child.READERS[kind]}")
    try:
        code = reader.read(kind, io.BytesIO(content), reading_child.Answer(output))
    except Exception:
        code = reading_child.UNREADABLE
    output.seek(0)
    return reading._judged(reading._told(output), code, kind)


@pytest.fixture
def seen_apart(tmp_path):
    """The same as it is done by the worker."""

    def look(content: bytes, kind: str) -> Found:
        path = tmp_path / "file"
        path.write_bytes(content)
        return look_into(path, kind)

    return look


def test_a_pdf_tells_its_words_by_page_and_shows_its_first_twelve(seen_apart):
    found = seen_apart(papers.pdf(*(f"Straw bridge {number}" for number in range(1, 15))), "pdf")
    pages = found.text.split("\f")
    assert (found.pages, len(pages), pages[1].strip()) == (14, 14, "Straw bridge 2")
    assert len(found.pictures) == 13 and found.reason == ""
    small, first = (Image.open(io.BytesIO(picture)) for picture in found.pictures[:2])
    assert (small.format, small.width, first.width) == ("WEBP", 240, 1000)


@pytest.mark.parametrize(
    ("content", "kind", "words", "pages"),
    [
        (papers.word("Fold the paper", "Load it"), "docx", ("Fold the paper", "In a cell", "On every page"), 1),
        (papers.slides("Bingo", "Say it slowly"), "pptx", ("Bingo", "Say it slowly"), 2),
        (
            papers.workbook(Loads=[["Load", "Bend"], [2.0, 3.5]], hidden=[["Key"]]),
            "xlsx",
            ("Load | Bend", "2 | 3.5"),
            1,
        ),
        (papers.open_text("Een brug", "van rietjes"), "odt", ("Een brug\nvan rietjes",), None),
        (papers.open_slides("Turtles", "Modules"), "odp", ("Turtles", "Modules"), 2),
        (b"\xef\xbb\xbf# Steps\n\nFold.", "markdown", ("# Steps",), None),
        (b"WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ann>Hands <i>up</i>!\n", "vtt", ("Hands up!",), None),
        (b"<html><p>One</p><table><tr><td>a</td><td>b</td></tr></table>", "page", ("One", "a b"), None),
        (papers.zipped(**{"week 1/bridge.pdf": b""}), "zip", ("week 1/bridge.pdf",), None),
    ],
)
def test_words_of_each_kind_are_found(content, kind, words, pages):
    found = seen(content, kind)
    assert not [one for one in words if one not in found.text]
    assert "Key" not in found.text and (found.pages == pages or kind == "odt")
    assert found.reason == "" and found.is_final


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (papers.picture("PNG", (1500, 900)), "png"),
        (papers.picture("JPEG"), "jpeg"),
        (papers.picture("GIF", mode="P"), "gif"),
        (papers.picture("WEBP", mode="RGBA"), "webp"),
        (papers.stl(), "stl"),
        (papers.stl_as_text(), "stl"),
        (papers.ply(binary=True), "ply"),
        (papers.ply(binary=False), "ply"),
    ],
)
def test_pictures_and_models_are_seen(content, kind):
    found = seen(content, kind)
    assert (len(found.pictures), found.text, found.reason) == (2, "", "")
    assert max(Image.open(io.BytesIO(found.pictures[1])).size) <= 1000


def test_a_long_text_is_cut_and_says_so():
    found = seen(b"bridge " * 20_000, "text")
    assert len(found.text) <= reading_child.MOST_TEXT and found.reason == "cut"


def test_signs_that_act_on_a_screen_stay_behind():
    assert seen("a\u202eb\x07c\x1b[2Jd\n\n\n\ne".encode(), "text").text == "abc[2Jd\n\ne"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (papers.pdf("x")[:200] + b"\0" * 500, "damaged"),
        (papers.pdf("", ""), "no-words"),
        (papers.pdf("x", size="1 999999"), "page-broken"),
        (papers.pdf("Straws", "%" + "q " * 200_000), ""),
        (papers.pdf("Straws").replace(b"/Kids [10 0 R]", b"/Kids [2 0 R 10 0 R]"), ""),
    ],
)
def test_a_malformed_pdf_is_read_as_far_as_it_goes(seen_apart, content, reason):
    found = seen_apart(content, "pdf")
    assert found.reason == reason and found.is_final
    assert reason or "Straws" in found.text


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "odt", "odp", "zip", "png", "ply"])
def test_what_is_damaged_is_said_to_be_so(kind):
    assert seen(b"PK\x03\x04 nothing", kind).reason == "damaged"


def test_a_workbook_that_claims_gigabytes_ends_the_reader_and_nothing_else(seen_apart):
    with zipfile.ZipFile(io.BytesIO(papers.workbook(Far=[["a"]]))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = members["xl/worksheets/sheet1.xml"]
    start, end = sheet.index(b"<sheetData>") + 11, sheet.index(b"</sheetData>")
    members["xl/worksheets/sheet1.xml"] = sheet[:start] + cells + sheet[end:]
    started = time.monotonic()
    found = seen_apart(papers.zipped(**members), "xlsx")
    assert found.reason in ("died", "damaged", "broken-off") and time.monotonic() - started < 50


# --- a reader that dies: the real one is replaced by a few lines


@pytest.fixture
def reader(tmp_path, monkeypatch):
    def becomes(lines: str) -> None:
        script = tmp_path / "reader.py"
        script.write_text(
            "import json, os, signal, sys, time\nsay = lambda **it: print(json.dumps(it), flush=True)\n" + lines
        )
        known = {name: getattr(reading_child, name) for name in dir(reading_child) if name.isupper()}
        monkeypatch.setattr(reading, "child", SimpleNamespace(__file__=str(script), **known))

    return becomes


@pytest.fixture
def file(in_app):
    """A PDF of Tobi's that waits to be read."""
    with in_app():
        kept = keep(FileStorage(io.BytesIO(papers.pdf("Straws")), "plan.pdf"), cast.person_id("tobi"))
        assert ask_to_read([kept.id]) == 1 and ask_to_read([kept.id]) == 0
        db.session.commit()
        yield kept


def row_of(file):
    return db.session.get(FileReading, file.sha256, populate_existing=True)


DIES = "os.kill(os.getpid(), signal.SIGKILL)"


def test_a_file_that_kills_its_reader_is_tried_twice_and_then_marked(file, reader):
    reader(DIES)
    assert reading_rounds.read_next() and row_of(file).state == "waiting"
    assert reading_rounds.read_waiting() == 1
    assert (row_of(file).state, row_of(file).reason, row_of(file).tries) == ("failed", "died", 2)
    assert not reading_rounds.read_next()


def test_what_was_said_before_it_died_is_kept(file, reader):
    reader(f"say(pages=9); say(text='Straws\\f'); {DIES}")
    reading_rounds.read_next()
    found = row_of(file)
    assert (found.state, found.reason, found.pages, found.text) == ("read", "broken-off", 9, "Straws")


def test_a_reader_that_hangs_is_ended(file, reader, monkeypatch):
    monkeypatch.setattr(reading, "PATIENCE", 0.2)
    reader("time.sleep(60)")
    started = time.monotonic()
    assert reading_rounds.read_waiting() == 2 and time.monotonic() - started < 10
    assert row_of(file).reason == "died"


def test_a_reader_gets_none_of_our_keys_and_no_more_memory_than_its_share(file, reader, monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", "a secret")
    reader(
        "import importlib.util as util\n"
        f"spec = util.spec_from_file_location('child', {reading_child.__file__!r})\n"
        "child = util.module_from_spec(spec); spec.loader.exec_module(child); child.set_bounds()\n"
        "say(text=' '.join(os.environ))\n"
        "try: bytearray(2 << 30)\nexcept MemoryError: say(text='no more')"
    )
    reading_rounds.read_next()
    assert "SMTP" not in row_of(file).text and "no more" in row_of(file).text


def test_a_reader_that_was_taken_over_is_not_believed(file, reader):
    reader("say(picture=20); sys.stdout.write('<script>alert(1)</script>'); say(reason='<b>')")
    reading_rounds.read_next()
    assert (row_of(file).reason, row_of(file).pictures, row_of(file).text) == ("no-words", 0, "")
    assert not previews().has(file.sha256)


def test_a_worker_that_falls_over_counts_as_a_try_and_holds_the_file_ten_minutes(file):
    assert take_up() == (file.sha256, "pdf") and take_up() is None
    clock.freeze(cast.NOW + timedelta(minutes=11))
    assert take_up() == (file.sha256, "pdf")
    clock.freeze(cast.NOW + timedelta(minutes=22))
    assert take_up() is None and row_of(file).reason == "died"
    assert standing() == {"waiting": 0, "read": 0, "failed": 1}


def test_a_file_is_read_and_pictured_once_and_forgotten_with_its_last_row(file):
    mend_previews()  # what other tests left in the folder
    reading_rounds.read_waiting()
    again = keep(FileStorage(io.BytesIO(papers.pdf("Straws")), "copy.pdf"), cast.person_id("tobi"))
    assert ask_to_read([again.id]) == 0 and row_of(file).text == "Straws" and row_of(file).pictures == 1
    assert previews().has(file.sha256) and forget_readings() == 0 and mend_previews() == 0
    for one in db.session.execute(select(StoredFile)).scalars():
        db.session.delete(one)
    db.session.commit()
    assert forget_readings() == 1 and mend_previews() == 1 and not previews().has(file.sha256)


def test_lost_pictures_are_made_again_and_everything_can_be_read_anew(file):
    reading_rounds.read_waiting()
    previews().remove_all_but([])
    assert mend_previews() == 1 and row_of(file).state == "waiting" and row_of(file).text == "Straws"
    assert reading_rounds.read_waiting() == 1 and previews().has(file.sha256)
    assert read_anew() == 1 and reading_rounds.read_waiting() == 1


def test_a_file_whose_bytes_are_gone_is_said_to_be(file):
    Path(store().path(file.sha256)).unlink()
    reading_rounds.read_waiting()
    assert (row_of(file).state, row_of(file).reason) == ("failed", "gone")
    assert keep_found("0" * 64, Found()) == "forgotten"
