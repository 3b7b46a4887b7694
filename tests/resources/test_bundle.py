"""One zip: a page inside that explains it without the portal, names that every system takes, earlier versions as they were."""

import io
import re
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from sqlalchemy import select, update

from portal.activities.uses import UseTold
from portal.db import db
from portal.files.models import StoredFile
from portal.files.store import store
from portal.resources.bundle_folder import short
from portal.resources.fields import Contents
from portal.resources.models import Pack, PackItem
from portal.resources.operations import adapt_pack, change_pack, start_version
from portal.resources.operations_states import share_pack
from portal.resources.operations_uses import record_use
from portal.resources.queries import pack_by_id
from portal.resources.queries_fields import fields_of
from portal.resources.telling import tell
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file

ABOUT = "Fold it, ![a picture](/n/tarn-and-tide/files/abc) then [see this](/n/tarn-and-tide/events/1).\n\n<script>alert(1)</script>"


@pytest.fixture
def pack(in_app, as_) -> int:
    with in_app():
        made = make_pack(public=True, title="Beams: “strong” & <b>light</b>", about=ABOUT)
    files = [text_file("sheet.txt", "One"), text_file("SHEET.txt", "Two"), text_file("für alle 🙂.md", "# Three")]
    as_("tobi").post(f"{PAGE}{made}/items", data={"files": files}, content_type="multipart/form-data")
    return made


def taken(browser, where):
    with browser.get(where) as answer:
        assert answer.status_code == 200 and answer.mimetype == "application/zip"
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.found += [value for name, value in attrs if name in ("href", "src")]


def test_the_page_inside_says_all_and_leads_to_each_file(client, pack):
    archive = taken(client, f"/p/tarn-and-tide/packs/{pack}/archive")
    page = archive.read("index.html").decode()
    for told in (
        "Paper, tape",
        "Mind the falling sugar.",
        "1 lesson, 50 min",
        "Tobi Larkhill",
        "CC BY 4.0",
        "Tarn and Tide STEM Network",
    ):
        assert told in page
    assert "taken along on Tuesday 10 November 2026" in page and "To give credit" in page
    assert 'rel="license noopener noreferrer" href="https://creativecommons.org/licenses/by/4.0/"' in page
    links = Links(page)
    inside = {unquote(one) for one in links.found if "://" not in one}
    assert inside == {name for name in archive.namelist() if name != "index.html"}


def test_it_loads_nothing_runs_nothing_and_shows_no_markup_of_others(client, pack):
    page = taken(client, f"/p/tarn-and-tide/packs/{pack}/archive").read("index.html").decode()
    links = Links(page)
    assert not {"script", "img", "link", "iframe"} & set(links.tags)
    assert "<b>light" not in page and "&lt;b&gt;light" in page
    assert re.search(r'href="https?://[^"]+/n/tarn-and-tide/events/1"', page)
    assert "prefers-color-scheme: dark" in page and "@media print" in page


def test_names_are_told_apart_where_small_and_capital_letters_are_the_same(client, pack):
    names = taken(client, f"/p/tarn-and-tide/packs/{pack}/archive").namelist()
    assert len({name.casefold() for name in names}) == len(names) == 4
    assert any(name.endswith("für alle 🙂.md") for name in names)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a" * 200 + ".pdf", 90), ("no ending " * 20, 90), ("plan.pdf", 8), ("x." + "y" * 150, 90)],
)
def test_long_names_are_cut_and_keep_their_ending(name, kept):
    cut = short(name, 90)
    assert len(cut) <= kept and (not name.endswith(".pdf") or cut.endswith(".pdf"))


def test_names_that_windows_refuses_are_changed_and_the_page_knows(in_app, client, pack):
    with in_app():
        db.session.execute(update(StoredFile).where(StoredFile.name == "sheet.txt").values(name="con: a?b.txt "))
        db.session.commit()
    archive = taken(client, f"/p/tarn-and-tide/packs/{pack}/archive")
    assert "01 con_ a_b.txt" in archive.namelist()
    assert 'href="01%20con_%20a_b.txt"' in archive.read("index.html").decode()


def test_a_file_that_is_lost_is_told_and_the_rest_is_taken(app, client, pack):
    with app.app_context():
        digest = db.session.execute(select(StoredFile.sha256).where(StoredFile.name == "sheet.txt")).scalar_one()
        path = store().path(digest)
        content = path.read_bytes()
        path.unlink()
    try:
        archive = taken(client, f"/p/tarn-and-tide/packs/{pack}/archive")
    finally:
        path.write_bytes(content)
    assert len(archive.namelist()) == 3 and "missing: ask" in archive.read("index.html").decode()


def test_an_earlier_version_is_told_as_it_was(in_app, as_, pack):
    with in_app():
        tobi = cast.person_id("tobi")
        start_version(tobi, pack, "Scissors only")
        record = pack_by_id(pack)
        now = fields_of(record)
        now.title, now.materials = "Girders", "Steel"
        change_pack(tobi, pack, record.row_version, now, Contents())
    browser = as_("petra")
    old = taken(browser, f"{PAGE}{pack}/archive?version=1").read("index.html").decode()
    new = taken(browser, f"{PAGE}{pack}/archive").read("index.html").decode()
    assert "Paper, tape" in old and "Girders" not in old and "Steel" not in old
    assert "Girders" in new and "Steel" in new and "3, Tuesday 10 November 2026: Scissors only" in new


def test_credit_goes_to_whom_it_was_made_from(in_app, as_, pack):
    with in_app():
        copy = adapt_pack(cast.person_id("dafydd"), pack)
        share_pack(cast.person_id("dafydd"), copy)
    page = taken(as_("petra"), f"{PAGE}{copy}/archive").read("index.html").decode()
    assert page.count("Adapted from “Beams: “strong”") == 1 and "Thanks to" in page


def test_few_pupils_are_not_told_outside(in_app, pack):
    with in_app():
        day = cast.NOW.date()
        record_use(cast.person_id("dafydd"), cast.network_id(), pack, UseTold(day, 1, 9), day)
        assert tell([db.session.get(Pack, pack)])[pack].tried == "Tried in 1 class"
        record_use(cast.person_id("dafydd"), cast.network_id(), pack, UseTold(day, 2, 30), day)
        assert tell([db.session.get(Pack, pack)])[pack].tried == "Tried in 3 classes, 39 pupils"


def test_telling_of_many_asks_no_more_than_telling_of_one(in_app, queries):
    with in_app():
        packs = [db.session.get(Pack, make_pack(title=f"Pack {number}")) for number in range(20)]
        with queries() as seen:
            assert len(tell(packs)) == 20
        assert len(seen) <= 9


def test_a_pack_without_files_still_explains_itself(in_app, as_):
    with in_app():
        pack = make_pack(title="Links alone")
        assert db.session.execute(select(PackItem.file_id).where(PackItem.pack_id == pack)).scalars().all() == [None]
    assert taken(as_("petra"), f"{PAGE}{pack}/archive").namelist() == ["index.html"]
