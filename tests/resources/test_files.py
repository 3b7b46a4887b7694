"""Real files as pack contents: each is taken or refused with a sentence, and leaves inert."""

import io
import zipfile

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.db import db
from portal.files.models import StoredFile
from portal.files.operations import keep
from portal.resources.models import PackItem
from portal.resources.queries import items_of
from portal.web.errors import DomainError
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file

REFUSED = {"phase1.svg", "access_denied_saved_as.xlsx", "~$allStandards.xlsx"}


def bring(tobi, pack, files):
    return tobi.post(f"{PAGE}{pack}/items", data={"files": files}, content_type="multipart/form-data")


@pytest.fixture
def pack(in_app) -> int:
    with in_app():
        return make_pack(public=True)


@pytest.mark.shared
def test_every_real_file_is_taken_or_refused_with_a_sentence(in_app, shared_data):
    files = [
        path
        for path in sorted((shared_data / "resource-files").iterdir())
        if path.name not in ("SOURCE.md", "manifest.csv")
    ]
    assert len(files) == 29 or len(files) == 30
    refused = {}
    with in_app():
        for path in files:
            with path.open("rb") as stream:
                try:
                    keep(FileStorage(stream, filename=path.name), cast.person_id("tobi"))
                except DomainError as refusal:
                    refused[path.name] = refusal.sentence
    assert set(refused) == REFUSED
    assert all(len(sentence) > 30 for sentence in refused.values())


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refusal_is_read_beside_the_field(as_, pack, shared_data, name):
    content = (shared_data / "resource-files" / name).read_bytes()
    answer = bring(as_("tobi"), pack, [(io.BytesIO(content), name), text_file("good.txt")])
    assert answer.status_code == 422 and f"{name}:" in answer.text.replace("&#39;", "'")
    assert "good.txt" in answer.text


@pytest.mark.shared
def test_a_real_pack_in_one_zip_can_be_read_without_the_portal(as_, client, pack, shared_data):
    folder = shared_data / "resource-files"
    names = ["lesson 2.odp", "ketchup-problem.pdf", "binary_detective.gif", "parity-magic-trick.vtt"]
    bring(as_("tobi"), pack, [(io.BytesIO((folder / name).read_bytes()), name) for name in names])
    for browser, where in (
        (as_("dafydd"), f"{PAGE}{pack}/archive"),
        (client, f"/p/tarn-and-tide/packs/{pack}/archive"),
    ):
        with browser.get(where) as answer:
            archive = zipfile.ZipFile(io.BytesIO(answer.data))
        first = archive.read("index.html").decode()
        assert archive.testzip() is None and len(archive.namelist()) == 5
        assert "CC BY 4.0" in first and "Tobi Larkhill" in first and "https://example.org/bridge" in first
        pages = [name for name in archive.namelist() if name != "index.html"]
        assert all(f'href="{name.replace(" ", "%20")}"' in first for name in pages)


def item_ids(in_app, pack):
    with in_app():
        return {item.title: item.id for item in items_of(pack)}


def test_a_file_leaves_inert_under_its_own_name(in_app, as_, pack):
    tobi = as_("tobi")
    bring(tobi, pack, [text_file("sheet.md", "# Sheet\n\n<script>alert(1)</script>")])
    item = item_ids(in_app, pack)["sheet.md"]
    with tobi.get(f"{PAGE}{pack}/files/{item}") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with tobi.get(f"{PAGE}{pack}/files/{item}/shown") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
    page = tobi.get(f"{PAGE}{pack}/files/{item}/look").text
    assert "<script>alert" not in page and "Sheet</h" in page


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("green-triangle.jpg", "<img src="),
        ("ketchup-problem.pdf", "It is being read"),
        ("tree-diagrams.pptx", "It is being read"),
    ],
)
def test_a_look_shows_what_can_be_shown(in_app, as_, pack, shared_data, name, shown):
    tobi = as_("tobi")
    bring(tobi, pack, [(io.BytesIO((shared_data / "resource-files" / name).read_bytes()), name)])
    item = item_ids(in_app, pack)[name]
    assert shown in tobi.get(f"{PAGE}{pack}/files/{item}/look").text


def test_a_link_leads_where_it_points_and_is_not_looked_into(in_app, as_, pack):
    item = item_ids(in_app, pack)["A film of a bridge"]
    tobi = as_("tobi")
    assert tobi.get(f"{PAGE}{pack}/files/{item}").location == "https://example.org/bridge"
    assert tobi.get(f"{PAGE}{pack}/files/{item}/look").status_code == 404


def test_files_are_reached_only_through_their_own_pack(in_app, as_, client, pack):
    tobi = as_("tobi")
    with in_app():
        draft = make_pack(shared=False)
    bring(tobi, draft, [text_file("secret.txt")])
    item = item_ids(in_app, draft)["secret.txt"]
    assert tobi.get(f"{PAGE}{pack}/files/{item}").status_code == 404
    assert as_("ines").get(f"{PAGE}{draft}/files/{item}").status_code == 404
    assert client.get(f"/p/tarn-and-tide/packs/{pack}/files/{item}").status_code == 404
    assert client.get(f"/p/tarn-and-tide/packs/{draft}/archive").status_code == 404


def test_what_was_taken_out_is_no_longer_public(in_app, as_, client, pack):
    tobi = as_("tobi")
    bring(tobi, pack, [text_file("old.txt")])
    item = item_ids(in_app, pack)["old.txt"]
    tobi.post(f"{PAGE}{pack}/items/{item}/removal", data={"sure": "yes"})
    assert client.get(f"/p/tarn-and-tide/packs/{pack}/files/{item}").status_code == 404


def test_the_same_bytes_lie_in_the_store_once(app, as_, pack):
    tobi = as_("tobi")
    bring(tobi, pack, [text_file("one.txt"), text_file("two.txt")])
    with app.app_context():
        digests = db.session.execute(select(StoredFile.sha256)).scalars().all()
        assert len(digests) == 2 and len(set(digests)) == 1
        assert db.session.execute(select(PackItem.title).where(PackItem.file_id.is_not(None))).scalars().all() == [
            "one.txt",
            "two.txt",
        ]
