"""Closing a version keeps the packs as they were; what changed is told; old versions stay at their address."""

import io
import zipfile

import pytest

from portal.resources.fields import Contents
from portal.resources.operations import change_pack
from portal.resources.operations import start_version as new_pack_version
from portal.resources.operations_items import remove_item
from portal.resources.operations_states import delete_pack
from portal.resources.queries import items_of, pack_by_id
from portal.resources.queries_fields import fields_of
from portal.toolkits.changes import changes
from portal.toolkits.operations import start_version
from portal.toolkits.operations_packs import put_pack, take_out
from portal.toolkits.queries import contents_of
from portal.web.errors import DomainError
from tests import cast
from tests.resources.packs import PAGE as PACKS
from tests.resources.packs import make_pack, text_file
from tests.toolkits.test_toolkits import PAGE, make_kit

PIN = {"pack": 1, "version": 1, "note": "", "title": "Beams", "items": [1]}


def kept(*pins, title="Forces", strapline="", about=""):
    return {"title": title, "strapline": strapline, "about": about, "packs": list(pins)}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (kept(PIN), kept(PIN), []),
        (kept(PIN), kept(), ["“Beams” was taken out"]),
        (kept(), kept(PIN), ["“Beams” came in"]),
        (kept(PIN), kept(PIN | {"version": 3}), ["“Beams”: version 3 instead of 1"]),
        (kept(PIN), kept(PIN | {"items": [1, 2]}), ["“Beams”: other files"]),
        (kept(PIN), kept(PIN | {"note": "First"}), ["“Beams”: another note"]),
        (kept(PIN, PIN | {"pack": 2}), kept(PIN | {"pack": 2}, PIN), ["The order changed"]),
        (kept(), kept(title="Force"), ["It was called “Forces” before"]),
        (kept(), kept(about="More"), ["What it says was changed"]),
    ],
)
def test_what_changed_is_told(in_app, before, after, told):
    with in_app():
        assert changes(before, after) == told


@pytest.fixture
def world(in_app, as_):
    """Version 1 holds Beams and Cranes; then Beams moves on, Cranes goes, Gears comes, and version 2 is in use."""
    with in_app():
        beams, cranes, gears = (make_pack(title=title) for title in ("Beams", "Cranes", "Gears"))
    as_("tobi").post(
        f"{PACKS}{beams}/items",
        data={"files": [text_file("guide.txt", "The old guide")]},
        content_type="multipart/form-data",
    )
    with in_app():
        dafydd, tobi = cast.person_id("dafydd"), cast.person_id("tobi")
        toolkit = make_kit([beams, cranes])
        start_version(dafydd, toolkit, "Gears instead of cranes")
        take_out(dafydd, toolkit, contents_of(toolkit)[1].item_id)
        put_pack(dafydd, toolkit, gears)
        new_pack_version(tobi, beams, "Scissors only")
        pack = pack_by_id(beams)
        said = fields_of(pack)
        said.title = "Beams and girders"
        change_pack(tobi, beams, pack.row_version, said, Contents())
    return toolkit, beams, cranes, gears


def test_the_page_of_versions_says_what_each_changed(as_, world):
    page = as_("tobi").get(f"{PAGE}{world[0]}/versions").text
    assert "“Cranes” was taken out" in page and "“Gears” came in" in page
    assert "“Beams and girders”: version 3 instead of 2" in page


def test_an_old_version_stays_at_its_address_with_the_packs_as_they_were(as_, world):
    toolkit, beams, _cranes, _gears = world
    page = as_("petra").get(f"{PAGE}{toolkit}/versions/1").text
    assert f"/resources/{beams}/versions/2" in page and "girders" not in page and "Version 3 is in use now" in page
    assert "Cranes" in page and "still the one in use" in page and "Gears" not in page
    assert as_("petra").get(f"{PAGE}{toolkit}/versions/2").status_code == 404


def test_its_zip_holds_what_lay_in_it_then(in_app, as_, world):
    toolkit, beams, _cranes, _gears = world
    tobi = as_("tobi")
    with in_app():
        guide = next(one.id for one in items_of(beams) if one.file_id)
        remove_item(cast.person_id("tobi"), beams, guide)
    old = archive_of(tobi, f"{PAGE}{toolkit}/archive?version=1")
    assert "01 Beams/01 guide.txt" in old.namelist() and "02 Cranes/index.html" in old.namelist()
    assert "Scissors only" not in old.read("01 Beams/index.html").decode()
    now = archive_of(tobi, f"{PAGE}{toolkit}/archive")
    assert {"01 Beams and girders/index.html", "02 Gears/index.html"} <= set(now.namelist())
    assert not [name for name in now.namelist() if name.endswith(".txt")]


def test_a_pack_that_is_gone_is_gone_from_old_versions_too_and_told(in_app, as_, world):
    toolkit, _beams, cranes, _gears = world
    with in_app():
        delete_pack(cast.person_id("tobi"), cranes)
    page = as_("tobi").get(f"{PAGE}{toolkit}/versions/1").text
    assert "A pack that was deleted" in page and "Cranes" not in page
    first = archive_of(as_("tobi"), f"{PAGE}{toolkit}/archive?version=1").read("index.html").decode()
    assert "One pack of this toolkit can’t be taken along" in first


def test_an_empty_version_is_not_closed(in_app):
    with in_app():
        toolkit = make_kit([], shared=False)
        with pytest.raises(DomainError, match="Put a pack into it first"):
            start_version(cast.person_id("dafydd"), toolkit, "Nothing")


def archive_of(browser, where):
    with browser.get(where) as answer:
        assert answer.status_code == 200
        return zipfile.ZipFile(io.BytesIO(answer.data))
