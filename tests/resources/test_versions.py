"""Every change of a shared pack's files keeps the old ones, and says what changed."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.files.operations import keep
from portal.resources.fields import Contents
from portal.resources.models import Pack, PackVersion
from portal.resources.operations_items import add_items, remove_item, replace_item, return_item
from portal.resources.operations_states import retire_pack, share_pack
from portal.resources.queries import items_of
from portal.resources.queries_changes import changes_between
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file


def kept(text, name="guide.txt"):
    return keep(FileStorage(BytesIO(text.encode()), name), cast.person_id("tobi")).id


def later(hours=2):
    clock.freeze(clock.now() + timedelta(hours=hours))


@pytest.fixture
def pack(in_app) -> int:
    """Shared, with a link and a guide."""
    with in_app():
        pack_id = make_pack(shared=False)
        add_items(cast.person_id("tobi"), pack_id, Contents((kept("Cut with a knife."),)))
        share_pack(cast.person_id("tobi"), pack_id, True)
        return pack_id


def titles(pack_id, version=None):
    return [item.title for item in items_of(pack_id, version)]


def test_a_draft_has_no_versions_however_often_its_files_change(in_app):
    with in_app():
        draft = make_pack(shared=False)
        add_items(cast.person_id("tobi"), draft, Contents((kept("One"),)))
        remove_item(cast.person_id("tobi"), draft, items_of(draft)[0].id)
        assert db.session.get_one(Pack, draft).version == 1


def test_the_first_change_of_files_closes_the_version_that_others_know(in_app, pack):
    tobi = cast.person_id
    with in_app():
        guide = items_of(pack)[1].id
        remove_item(tobi("tobi"), pack, guide)
        add_items(tobi("tobi"), pack, Contents((kept("Scissors", "scissors.txt"),)))
        found = db.session.get_one(Pack, pack)
        assert (found.version, found.change_note) == (2, "Without “guide.txt”; More files or links")
        assert titles(pack, 1) == ["A film of a bridge", "guide.txt"]
        assert titles(pack) == ["A film of a bridge", "scissors.txt"]


def test_somebody_else_or_another_hour_is_another_version(in_app, pack):
    with in_app():
        add_items(cast.person_id("tobi"), pack, Contents((kept("Two", "two.txt"),)))
        add_items(cast.person_id("ines"), pack, Contents((kept("Three", "three.txt"),)))
        later()
        add_items(cast.person_id("ines"), pack, Contents((kept("Four", "four.txt"),)), "Four at last")
        numbers = db.session.execute(select(PackVersion.number).order_by(PackVersion.number)).scalars().all()
        assert numbers == [1, 2, 3] and db.session.get_one(Pack, pack).change_note == "Four at last"
        assert [len(titles(pack, number)) for number in (1, 2, 3, 4)] == [2, 3, 4, 5]


def test_what_was_taken_out_and_put_back_is_where_it_was(in_app, pack):
    with in_app():
        guide = items_of(pack)[1].id
        remove_item(cast.person_id("tobi"), pack, guide)
        return_item(cast.person_id("tobi"), pack, guide)
        assert titles(pack, 1) == titles(pack) == ["A film of a bridge", "guide.txt"]


def test_replaced_in_place_it_keeps_its_address_and_the_old_one_stays(in_app, as_, pack):
    with in_app():
        guide = items_of(pack)[1].id
        replace_item(cast.person_id("tobi"), pack, guide, Contents((kept("Cut with scissors."),)), "Scissors only")
        old = items_of(pack, 1)[1].id
        assert titles(pack, 1) == titles(pack, 2) == ["A film of a bridge", "guide.txt"] and old != guide
    dafydd = as_("dafydd")
    with dafydd.get(f"{PAGE}{pack}/files/{guide}") as now, dafydd.get(f"{PAGE}{pack}/files/{old}") as before:
        assert (now.text, before.text) == ("Cut with scissors.", "Cut with a knife.")
    assert "Scissors only" in dafydd.get(f"{PAGE}{pack}").text
    with dafydd.get(f"{PAGE}{pack}/archive?version=1") as first:
        assert b"Cut with a knife." in first.data or len(first.data) > 300


@pytest.mark.parametrize("links", [(), (("https://a.example", ""), ("https://b.example", ""))])
def test_only_one_thing_takes_the_place_of_one(in_app, pack, links):
    with in_app(), pytest.raises(DomainError, match="one file"):
        replace_item(cast.person_id("tobi"), pack, items_of(pack)[1].id, Contents(links=links))


def test_the_form_replaces_with_a_note_and_refuses_nothing(as_, in_app, pack):
    with in_app():
        guide = items_of(pack)[1].id
    tobi = as_("tobi")
    assert "Version 1 keeps the old one." in tobi.get(f"{PAGE}{pack}/items/{guide}/file").text
    assert tobi.post(f"{PAGE}{pack}/items/{guide}/file").status_code == 422
    data = {"files": [text_file("new.txt", "Glue.")], "note": "Glue now"}
    answer = tobi.post(f"{PAGE}{pack}/items/{guide}/file", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303 and "is a new one now" in tobi.get(answer.location).text


def read(file_id, text):
    file = db.session.get_one(StoredFile, file_id)
    found = db.session.get(FileReading, file.sha256)
    if found is None:
        found = FileReading(sha256=file.sha256, kind="text", reason="", asked_at=clock.now())
        db.session.add(found)
    found.state, found.text = "read", text


def test_what_changed_is_told_for_fields_files_and_words_inside(in_app, as_, pack):
    with in_app():
        first, second = items_of(pack)[1].file_id, kept("Cut with scissors.")
        read(first, "Cut with a knife.")
        read(second, "Cut with scissors.")
        replace_item(cast.person_id("tobi"), pack, items_of(pack)[1].id, Contents((second,)))
        remove_item(cast.person_id("tobi"), pack, items_of(pack)[0].id)
        add_items(cast.person_id("tobi"), pack, Contents((kept("Extra", "extra.txt"),)))
        db.session.get_one(Pack, pack).strapline = "Three beam shapes, two bags of sugar."
        db.session.commit()
        found = changes_between(db.session.get_one(Pack, pack), 1, 2)
        assert [str(label) for label, _parts in found.fields] == ["In one sentence"]
        assert [one.title for one in found.added] == ["extra.txt"]
        assert [one.title for one in found.removed] == ["A film of a bridge"]
        (_old, new, parts) = found.replaced[0]
        assert new.title == "guide.txt" and ("gone", "a knife.") in [tuple(part) for part in parts]
    page = as_("dafydd").get(f"{PAGE}{pack}/changes?from=1&to=2").text
    assert "<del>one bag</del><ins>two bags</ins>" in page and "<ins>scissors.</ins>" in page
    assert as_("dafydd").get(f"{PAGE}{pack}/changes?from=1&to=9").status_code == 404


def test_the_page_of_changes_asks_little_of_the_database(as_, in_app, pack, queries):
    with in_app():
        replace_item(cast.person_id("tobi"), pack, items_of(pack)[1].id, Contents((kept("Scissors"),)))
    tobi = as_("tobi")
    tobi.get(f"{PAGE}{pack}/changes")
    with queries() as seen:
        assert tobi.get(f"{PAGE}{pack}/changes").status_code == 200
    assert len(seen) <= 12


def test_links_to_a_retired_pack_lead_on(in_app, as_, client, pack):
    with in_app():
        heir = make_pack(title="Bridges again", public=True)
        retire_pack(cast.person_id("tobi"), pack, heir)
    page = as_("dafydd").get(f"{PAGE}{pack}").text
    assert f'href="{PAGE}{heir}"' in page and "Bridges again" in page
    answer = client.get(f"/p/tarn-and-tide/packs/{pack}")
    assert (answer.status_code, answer.location) == (303, f"/p/tarn-and-tide/packs/{heir}")


def test_a_retired_pack_without_an_open_heir_is_gone_from_the_public_page(in_app, client, pack):
    with in_app():
        retire_pack(cast.person_id("tobi"), pack, make_pack(title="Members only"))
    assert client.get(f"/p/tarn-and-tide/packs/{pack}").status_code == 404
