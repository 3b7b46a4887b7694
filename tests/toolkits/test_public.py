"""Public toolkits: only public packs are named there, the rest is counted; a zip with a folder a pack."""

import io
import zipfile

import pytest

from portal.people.exporting import everything_about
from portal.resources.operations_states import delete_pack
from tests import cast
from tests.resources.packs import PAGE as PACKS
from tests.resources.packs import make_pack, text_file
from tests.toolkits.test_toolkits import make_kit

LIST = "/p/tarn-and-tide/toolkits"


@pytest.fixture
def packs(in_app) -> list[int]:
    with in_app():
        return [
            make_pack(title="Beams", public=True),
            make_pack(title="Beams", public=True),
            make_pack(title="For members"),
        ]


@pytest.fixture
def toolkit(in_app, packs) -> int:
    with in_app():
        return make_kit(packs, public=True)


def test_a_stranger_reads_what_is_public_and_is_told_that_there_is_more(client, toolkit):
    page = client.get(f"{LIST}/{toolkit}").text
    assert "Beams" in page and "For members" not in page and "One more pack in it can’t be read here" in page
    assert "Dafydd" not in page and 'itemtype="https://schema.org/Collection"' in page
    assert page.count('itemprop="hasPart"') == 2


def test_what_is_not_public_is_not_there(in_app, client, as_, packs, toolkit):
    with in_app():
        hidden = make_kit(packs, title="For members of the network")
        draft = make_kit(packs, title="A draft of his", shared=False)
    for number in (hidden, draft, 99):
        assert client.get(f"{LIST}/{number}").status_code == client.get(f"{LIST}/{number}/archive").status_code == 404
    page = client.get(LIST).text
    assert "Forces in three weeks" in page and "For members" not in page and "A draft of his" not in page
    assert client.get(f"/p/fell-and-furrow/toolkits/{toolkit}").status_code == 404
    as_("dafydd").post(f"/n/tarn-and-tide/resources/toolkits/{toolkit}/publication", data={"audience": "members"})
    assert client.get(f"{LIST}/{toolkit}").status_code == 404


def test_the_zip_has_a_folder_a_pack_with_a_page_of_its_own(as_, client, packs, toolkit):
    tobi = as_("tobi")
    for pack in packs:
        files = {"files": [text_file("sheet.txt", f"Pack {pack}")]}
        tobi.post(f"{PACKS}{pack}/items", data=files, content_type="multipart/form-data")
    with client.get(f"{LIST}/{toolkit}/archive") as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
    # Two packs of one name stay two.
    assert archive.namelist() == [
        "index.html",
        *("01 Beams/index.html", "01 Beams/01 sheet.txt"),
        *("02 Beams/index.html", "02 Beams/01 sheet.txt"),
    ]
    first = archive.read("index.html").decode()
    assert (
        'href="01%20Beams/index.html"' in first and "For members" not in first and "One pack of this toolkit" in first
    )
    inner = archive.read("02 Beams/index.html").decode()
    assert 'href="../index.html"' in inner and f"/p/tarn-and-tide/packs/{packs[1]}" in inner
    with as_("petra").get(f"/n/tarn-and-tide/resources/toolkits/{toolkit}/archive") as answer:
        whole = zipfile.ZipFile(io.BytesIO(answer.data))
    assert "03 For members/01 sheet.txt" in whole.namelist()


def test_a_toolkit_whose_public_packs_are_gone_says_so(in_app, client, packs, toolkit):
    with in_app():
        for pack in packs[:2]:
            delete_pack(cast.person_id("tobi"), pack)
    assert "None of its packs is open to everyone just now." in client.get(f"{LIST}/{toolkit}").text
    assert client.get(f"{LIST}/{toolkit}/archive").status_code == 404


def test_lists_lead_to_it(in_app, client, queries, toolkit):
    for where in ("/p/tarn-and-tide/", "/p/tarn-and-tide/packs"):
        assert "/p/tarn-and-tide/toolkits" in client.get(where).text
    assert "Toolkits" not in client.get("/p/fell-and-furrow/").text
    assert "1 toolkit" in client.get(LIST, query_string={"q": "forces"}).text
    assert "says “cranes”" in client.get(LIST, query_string={"q": "cranes"}).text
    assert "Forces in three weeks" in client.get(LIST, query_string={"format": "csv"}).text
    for where in (LIST, f"{LIST}/{toolkit}"):
        with queries() as seen:
            client.get(where)
        assert len(seen) <= 12, where


def test_her_own_data_holds_her_toolkits_with_why_each_pack_is_there(in_app, toolkit):
    with in_app():
        rows = everything_about(cast.person_id("dafydd"))["toolkits"]
        assert [(row["title"], row["pack"]) for row in rows][:1] == [("Forces in three weeks", "Beams")] and len(
            rows
        ) == 3
        assert everything_about(cast.person_id("tobi"))["toolkits"] == []
