"""A look at a file of a pack: what is shown of it, what it says, who may, and in which file words were found."""

import io
import re

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal import fulltext
from portal.db import db
from portal.files.models import FileReading
from portal.files.operations import keep
from portal.files.reading_rounds import read_waiting
from portal.resources.fields import Contents
from portal.resources.operations_items import add_items, remove_item
from portal.resources.operations_reading import ask_for_unread
from portal.resources.queries import items_of
from portal.resources.queries_inside import found_inside
from portal.web.errors import DomainError
from tests import cast
from tests.files import papers
from tests.resources.packs import PAGE, make_pack

PUBLIC = "/p/tarn-and-tide/packs/"
# From inside each real file: words that neither its name nor its pack says. None: it holds no words, but can be seen.
PHRASES = {
    "2018-HoC-Video6.mp4": None,
    "HCI - Heuristics lesson - Bingo board.pdf": "consistency standards conventions",
    "Image representation - Exploring pixels worksheets.pdf": "grid represents computer screen",
    "Intro Python 1.05 TEALS.pptx": "advanced students random events",
    "Pythag_anim.gif": None,
    "binary_detective.gif": None,
    "fetch_bellows_link_collision.stl": None,
    "fetch_gripper_link.stl": None,
    "fetch_l_wheel_link_collision.stl": None,
    "final_project_plan_organizer.docx": "bear class represents polar bears",
    "flags-of-the-world-resource.pdf": "suriname sweden switzerland",
    "green-triangle.jpg": None,
    "hand_F1.stl": None,
    "ketchup-problem.pdf": "chief executives hiring",
    "kids-parity-trick.jpg": None,
    "lesson 2.odp": "reusable blocks",
    "nut.ply": None,
    "parity-magic-trick.vtt": "rub out the numbers",
    "pink_carnation.webp": None,
    "replit_student_signup.PNG": None,
    "teals_python_2.04_lab.docx": "largest number list",
    "teals_python_2.06_lab.pdf": "corresponding board position",
    "teals_python_u1_rubric.docx": "impact the program’s functionality",
    "teals_python_u3_rubric.docx": "usually uses returned value correctly",
    "teals_python_u3_rubric.pdf": "health decreases randomly",
    "teals_python_u4_project.docx": "tie game spots open",
    "tree-diagrams.pptx": "chicken ravioli soup",
}
REFUSED = {"phase1.svg", "access_denied_saved_as.xlsx", "~$allStandards.xlsx"}


def bring(pack_id, files, reads=True):
    """Put files into a pack of Tobi's, inside ``in_app``, and read them; returns item ids by name."""
    tobi = cast.person_id("tobi")
    kept = [keep(FileStorage(io.BytesIO(content), name), tobi).id for name, content in files.items()]
    add_items(tobi, pack_id, Contents(file_ids=tuple(kept)))
    if reads:
        read_waiting()
    return {item.name: item.id for item in items_of(pack_id) if item.name}


@pytest.fixture
def pack(in_app):
    with in_app():
        return make_pack(public=True)


@pytest.mark.shared
def test_every_real_file_is_seen_and_found_by_its_own_words_or_refused_with_a_sentence(in_app, as_, pack, shared_data):
    folder = shared_data / "resource-files"
    names = {path.name for path in folder.iterdir()} - {"SOURCE.md", "manifest.csv"}
    assert names == set(PHRASES) | REFUSED
    with in_app():
        for name in REFUSED:
            with pytest.raises(DomainError, match=r"\w+ \w+ \w+"):
                keep(FileStorage(io.BytesIO((folder / name).read_bytes()), name), cast.person_id("tobi"))
        items = bring(pack, {name: (folder / name).read_bytes() for name in sorted(PHRASES)})
        read_waiting(300)
        for name, phrase in PHRASES.items():
            if phrase:
                assert pack in set(db.session.execute(fulltext.matching("pack_inside", phrase)).scalars()), name
                found = found_inside([pack], phrase)[pack]
                assert found.title == name and "<mark>" in found.excerpt, name
        db.session.rollback()
        assert fulltext.faults() == []
        unseen = select(FileReading.kind).where(FileReading.state != "read")
        assert not db.session.execute(unseen).scalars().all()
    tobi = as_("tobi")
    for name, item in items.items():
        text = tobi.get(f"{PAGE}{pack}/files/{item}/look").text
        assert re.search(r"<img [^>]*/files/\d+/(pages/1|shown)|<video |What it says", text), name


def test_a_pdf_waits_is_read_and_shows_its_pages_with_their_words(in_app, as_, client, pack):
    with in_app():
        items = bring(pack, {"plan.pdf": papers.pdf("Straws", "Tape"), "notes.txt": b"Ends"}, reads=False)
    plan, notes = items["plan.pdf"], items["notes.txt"]
    waiting = client.get(f"{PUBLIC}{pack}/files/{plan}/look").text
    assert "It is being read" in waiting and "Look again" in waiting and "every 4s" in waiting
    with in_app():
        read_waiting()
    for browser, where in ((as_("petra"), PAGE), (client, PUBLIC)):
        text = browser.get(f"{where}{pack}/files/{plan}/look").text
        assert text.count("/pages/") == 2 and "every 4s" not in text and "PDF, 2 pages" in text
        assert 'alt="Page 2 of plan.pdf' in text and "Tape" in text and f"/files/{notes}/look" in text
        with browser.get(f"{where}{pack}/files/{plan}/pages/2") as picture:
            assert picture.content_type == "image/webp" and "sandbox" in picture.headers["Content-Security-Policy"]
        assert browser.get(f"{where}{pack}/files/{plan}/pages/3").status_code == 404
    assert f"/files/{plan}/pages/0" in as_("petra").get(f"{PAGE}{pack}").text
    assert f"/files/{plan}/pages/0" in client.get(f"{PUBLIC}{pack}").text


def test_a_film_plays_from_any_place_with_the_subtitles_that_lie_beside_it(in_app, as_, pack):
    film = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0\0\0\x08moov"
    with in_app():
        items = bring(pack, {"tower.mp4": film, "Tower.cy.vtt": b"WEBVTT\n", "other.vtt": b"WEBVTT\n\n"})
    tobi = as_("tobi")
    text = tobi.get(f"{PAGE}{pack}/files/{items['tower.mp4']}/look").text
    assert re.findall(r'<track kind="captions" src="[^"]*/(\d+)/shown" srclang="(\w+)"', text) == [
        (str(items["Tower.cy.vtt"]), "cy")
    ]
    shown = f"{PAGE}{pack}/files/{items['tower.mp4']}/shown"
    with tobi.get(shown, headers={"Range": "bytes=4-7"}) as part:
        assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"ftyp", "bytes 4-7/32")


def test_why_nothing_can_be_shown_is_said(in_app, as_, pack):
    with in_app():
        items = bring(
            pack,
            {"scan.pdf": papers.pdf(""), "bad.pdf": b"%PDF-1.7\nnothing\n%%EOF", "page.html": papers.PAGE.encode()},
        )
    tobi = as_("tobi")
    assert "it may be a scan" in tobi.get(f"{PAGE}{pack}/files/{items['scan.pdf']}/look").text
    assert "found by its name alone" in tobi.get(f"{PAGE}{pack}/files/{items['bad.pdf']}/look").text
    page = tobi.get(f"{PAGE}{pack}/files/{items['page.html']}/look").text
    assert "Glue it along the beam." in page and "kept without its scripts" in page and papers.RUNS not in page


def test_a_look_asks_few_questions_and_goes_to_nobody_else(in_app, as_, client, queries, pack):
    with in_app():
        draft = make_pack(shared=False)
        items = bring(draft, {"secret.pdf": papers.pdf("Secret")})
        old = bring(pack, {"old.pdf": papers.pdf("Old")})["old.pdf"]
        remove_item(cast.person_id("tobi"), pack, old)
    item = items["secret.pdf"]
    for where in ("look", "pages/0", "shown"):
        assert as_("ines").get(f"{PAGE}{draft}/files/{item}/{where}").status_code == 404
        assert as_("tobi").get(f"{PAGE}{pack}/files/{item}/{where}").status_code == 404
        assert client.get(f"{PUBLIC}{draft}/files/{item}/{where}").status_code == 404
        # Taken out: members still see it through the version that had it, nobody else does.
        assert client.get(f"{PUBLIC}{pack}/files/{old}/{where}").status_code == 404
    tobi = as_("tobi")
    tobi.get(f"{PAGE}{draft}/files/{item}/look")
    with queries() as seen:
        assert "Secret" in tobi.get(f"{PAGE}{draft}/files/{item}/look").text
    assert len(seen) <= 12


def test_the_file_with_most_of_the_words_is_named_with_its_place(in_app):
    with in_app():
        pack = make_pack()
        files = {
            "a.txt": b"Bingo.",
            "b.txt": ("Far away. " * 40 + "Électricité: a heuristic bingo.").encode(),
            "c.txt": b"x",
        }
        items = bring(pack, files)
        found = found_inside([pack], "electricite bingos")[pack]
        assert (found.item_id, found.title) == (items["b.txt"], "b.txt")
        assert found.excerpt.startswith("… ") and "<mark>bingo</mark>" in found.excerpt
        assert found_inside([pack], "parachute") == found_inside([pack], "") == found_inside([], "bingo") == {}
        remove_item(cast.person_id("tobi"), pack, items["b.txt"])
        assert found_inside([pack], "bingo")[pack].title == "a.txt"


def test_files_from_before_there_was_reading_are_asked_for_once(in_app):
    with in_app():
        pack = make_pack()
        bring(pack, {"a.txt": b"Bingo.", "film.mp3": b"ID3\x03\0\0\0\0\0\0" + b"\0" * 20}, reads=False)
        for reading in db.session.execute(select(FileReading)).scalars():
            db.session.delete(reading)
        db.session.commit()
        assert (ask_for_unread(), ask_for_unread()) == (2, 0)
        states = dict(db.session.execute(select(FileReading.kind, FileReading.state)).all())
        assert states == {"text": "waiting", "mp3": "read"}


def test_files_that_mean_harm_lie_still(in_app, as_, pack):
    """A browser opens them all elsewhere; here only how each of them leaves, and what a page says of it."""
    with in_app():
        items = bring(pack, papers.hostile())
    tobi = as_("tobi")
    for name, item in items.items():
        for where in ("", "/shown"):
            with tobi.get(f"{PAGE}{pack}/files/{item}{where}") as answer:
                inline = answer.headers["Content-Disposition"].startswith("inline")
                assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'", name
                assert answer.headers["X-Content-Type-Options"] == "nosniff", name
                assert not inline or answer.content_type in ("image/png", "image/gif", "application/pdf"), name
                assert "html" not in answer.content_type and "svg" not in answer.content_type, name
        text = tobi.get(f"{PAGE}{pack}/files/{item}/look").text
        assert (
            f"<script>{papers.RUNS}" not in text and "<img src=x" not in text and '<a href="javascript:' not in text
        ), name
