"""Keeping a pack for oneself: one button, a page of one's own, and nobody else ever sees it."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.merging import merge_records
from portal.people.exporting import everything_about
from portal.people.operations_leaving import erase_person
from portal.resources.further import further_filters
from portal.resources.models import Pack, PackBookmark
from portal.resources.operations_keeping import keep_pack, let_go
from portal.resources.operations_states import delete_pack, retire_pack
from tests import cast
from tests.resources.packs import PAGE, make_pack

MINE = f"{PAGE}mine"


@pytest.fixture
def pack(in_app) -> int:
    with in_app():
        return make_pack()


def test_one_button_keeps_it_and_lets_it_go(as_, pack):
    dafydd = as_("dafydd")
    assert "Keep it" in dafydd.get(f"{PAGE}{pack}").text
    assert dafydd.post(f"{PAGE}{pack}/keeping").location == f"{PAGE}{pack}"
    page = dafydd.get(f"{PAGE}{pack}").text
    assert "Let it go" in page and "kept for you" in page
    assert "Paper bridges" in dafydd.get(MINE).text
    assert dafydd.post(f"{PAGE}{pack}/keeping/undo?back={MINE}").location == MINE
    assert "You keep no pack yet" in dafydd.get(MINE).text


def test_it_goes_back_to_the_list_and_nowhere_else(as_, pack):
    dafydd = as_("dafydd")
    back = f"{PAGE}?q=bridges"
    assert dafydd.post(f"{PAGE}{pack}/keeping", query_string={"back": back}).location == back
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = dafydd.post(f"{PAGE}{pack}/keeping", query_string={"back": elsewhere})
        assert answer.location == f"{PAGE}{pack}"


def test_htmx_gets_the_button_alone(as_, pack):
    dafydd = as_("dafydd")
    dafydd.post(f"{PAGE}{pack}/keeping")
    headers = {"HX-Request": "true", "HX-Target": f"form#keep-{pack}"}
    answer = dafydd.get(f"{PAGE}{pack}", headers=headers)
    assert answer.text.strip().startswith("<form") and "Let it go" in answer.text and "<h1" not in answer.text


def test_nobody_else_sees_it(in_app, as_, pack):
    as_("dafydd").post(f"{PAGE}{pack}/keeping")
    for who in ("ines", "tobi"):
        browser = as_(who)
        assert "Dafydd" not in browser.get(f"{PAGE}{pack}").text
        assert "Paper bridges" not in browser.get(MINE).text.partition("<main")[2]
        assert "for herself" not in browser.get("/n/tarn-and-tide/history").text
    with in_app():
        assert db.session.get(Pack, pack).row_version == 2


def test_keeping_twice_is_keeping_once(in_app, pack):
    with in_app():
        for _press in range(2):
            keep_pack(cast.person_id("dafydd"), pack)
        assert len(db.session.execute(select(PackBookmark)).all()) == 1
        for _press in range(2):
            let_go(cast.person_id("dafydd"), pack)
        assert not db.session.execute(select(PackBookmark)).all()


def test_what_was_deleted_is_told_without_a_link_and_can_be_let_go(in_app, as_, pack):
    with in_app():
        other = make_pack(title="Old wheels")
        for one in (pack, other):
            keep_pack(cast.person_id("dafydd"), one)
        delete_pack(cast.person_id("tobi"), pack)
        retire_pack(cast.person_id("tobi"), other, None)
    dafydd = as_("dafydd")
    page = dafydd.get(MINE).text
    assert "A pack that can’t be opened any more" in page and "Paper bridges" not in page and "Retired" in page
    assert f'href="{PAGE}{pack}"' not in page
    assert "Paper bridges" not in dafydd.get(MINE, query_string={"format": "csv"}).text
    assert dafydd.post(f"{PAGE}{pack}/keeping/undo").status_code == 303
    assert as_("leon").post(f"{PAGE}{pack}/keeping/undo").status_code == 404


def test_what_she_made_stands_beside_it_with_her_drafts(in_app, as_, pack):
    with in_app():
        make_pack(shared=False, title="My draft")
    assert {"Paper bridges", "My draft"} <= {
        title for title in ("Paper bridges", "My draft") if title in as_("tobi").get(f"{MINE}?show=made").text
    }
    assert "No pack of yours yet" in as_("dafydd").get(f"{MINE}?show=made").text


def test_the_list_can_be_narrowed_to_it(in_app, pack):
    class Reader:
        person_id, network_id = 0, 0

    with in_app():
        reader = Reader()
        reader.person_id, reader.network_id = cast.person_id("dafydd"), cast.network_id()
        keep_pack(reader.person_id, pack)
        make_pack(title="Another")
        kept = next(one for one in further_filters() if one.key == "kept")
        assert db.session.execute(select(Pack.id).where(kept.condition(reader))).scalars().all() == [pack]


def test_it_is_in_her_own_data_and_goes_with_her(in_app, pack):
    with in_app():
        dafydd = cast.person_id("dafydd")
        keep_pack(dafydd, pack)
        assert [row["pack"] for row in everything_about(dafydd)["packs_kept"]] == ["Paper bridges"]
        assert everything_about(cast.person_id("tobi"))["packs_kept"] == []
        erase_person(dafydd)
        assert not db.session.execute(select(PackBookmark)).all()


def test_two_records_of_one_person_keep_a_pack_once(in_app, pack):
    with in_app():
        leon, hana = cast.person_id("leon"), cast.person_id("hana")
        keep_pack(leon, pack)
        keep_pack(hana, pack)
        merge_records("person", leon, hana, {}, None, frozenset({"membership"}))
        db.session.commit()
        assert db.session.execute(select(PackBookmark.person_id)).scalars().all() == [leon]


@pytest.mark.parametrize("show", ["kept", "made"])
def test_the_page_asks_little_of_the_database(in_app, as_, queries, pack, show):
    with in_app():
        for number in range(10):
            keep_pack(cast.person_id("tobi"), make_pack(title=f"Pack {number}"))
    tobi = as_("tobi")
    with queries() as seen:
        tobi.get(MINE, query_string={"show": show})
    assert len(seen) <= 12, seen
