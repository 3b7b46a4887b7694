"""The life of a pack: looked over, shared, retired, brought back, deleted, undeleted, versioned, adapted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.resources.fields import Contents
from portal.resources.models import Pack, PackVersion
from portal.resources.operations import adapt_pack
from portal.resources.operations_items import add_items, remove_item
from portal.resources.queries import items_of
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file

ALL = {"consent": "y", "works": "y", "safe": "y", "clear": "y", "audience": "members"}


@pytest.fixture
def draft(in_app) -> int:
    with in_app():
        return make_pack(shared=False)


@pytest.fixture
def pack(in_app) -> int:
    with in_app():
        return make_pack()


def state(app, pack_id):
    with app.app_context():
        return db.session.get(Pack, pack_id).state


def test_sharing_needs_the_four_looks(app, as_, draft):
    tobi = as_("tobi")
    answer = tobi.post(f"{PAGE}{draft}/publication", data=ALL | {"consent": ""})
    assert answer.status_code == 422 and "Look through it for names and faces first." in answer.text
    assert state(app, draft) == "draft"
    assert tobi.post(f"{PAGE}{draft}/publication", data=ALL).status_code == 303
    assert state(app, draft) == "shared"
    assert "Paper bridges" in as_("ines").get(PAGE).text


def test_a_pack_that_lacks_something_is_not_shared(app, in_app, as_):
    with in_app():
        bare = make_pack(shared=False, safety_note="", materials="")
    answer = as_("tobi").post(f"{PAGE}{bare}/publication", data=ALL)
    assert answer.status_code == 422 and "what is needed, the safety note" in answer.text


def test_nobody_shares_the_draft_of_another(as_, draft):
    assert as_("ines").post(f"{PAGE}{draft}/publication", data=ALL).status_code == 404


def test_a_retired_pack_leaves_the_list_and_points_on(app, in_app, as_, pack):
    with in_app():
        successor = make_pack(title="Better bridges")
    ines = as_("ines")
    assert ines.post(f"{PAGE}{pack}/retirement", data={"successor": successor}).status_code == 303
    assert ">Paper bridges</a>" not in as_("dafydd").get(PAGE).text
    assert ">Paper bridges</a>" in as_("dafydd").get(PAGE + "?state=retired").text
    page = as_("dafydd").get(f"{PAGE}{pack}").text
    assert "Retired" in page and f'href="{PAGE}{successor}"' in page
    ines.post(f"{PAGE}{pack}/retirement/undo")
    assert state(app, pack) == "shared"


def test_a_draft_can_not_be_retired(as_, draft):
    answer = as_("tobi").post(f"{PAGE}{draft}/retirement", data={"successor": 0})
    assert answer.status_code == 422 and "Only a shared pack can be retired" in answer.text


def test_a_successor_from_elsewhere_is_refused(in_app, as_, pack):
    with in_app():
        foreign = make_pack("kofi", network="fell-and-furrow")
    assert as_("tobi").post(f"{PAGE}{pack}/retirement", data={"successor": foreign}).status_code == 422


def test_a_deleted_pack_comes_back_within_a_week(as_, pack):
    tobi = as_("tobi")
    after = tobi.get(tobi.post(f"{PAGE}{pack}/deletion", data={"sure": "yes"}).location).text
    assert f'action="{PAGE}{pack}/deletion/undo"' in after
    assert tobi.get(f"{PAGE}{pack}").status_code == 404 and "Paper bridges</a>" not in after
    assert as_("dafydd").get(f"{PAGE}{pack}/deletion").status_code == 403
    assert "Bring it back" in tobi.get(f"{PAGE}{pack}/deletion").text
    tobi.post(f"{PAGE}{pack}/deletion/undo")
    assert tobi.get(f"{PAGE}{pack}").status_code == 200


def test_after_a_week_it_is_gone(as_, pack):
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/deletion", data={"sure": "yes"})
    clock.freeze(cast.NOW + timedelta(days=7, minutes=1))
    tobi = as_("tobi")
    assert tobi.post(f"{PAGE}{pack}/deletion/undo").status_code == 404


def test_a_new_version_keeps_the_old_fields_and_files(app, in_app, as_, pack):
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/items", data={"files": [text_file("old.txt")]}, content_type="multipart/form-data")
    with in_app():
        old_item = items_of(pack)[-1].id
    assert tobi.post(f"{PAGE}{pack}/versions", data={"note": "Scissors only"}).status_code == 303
    tobi.post(f"{PAGE}{pack}/items/{old_item}/removal", data={"sure": "yes"})
    tobi.post(f"{PAGE}{pack}/items", data={"files": [text_file("new.txt")]}, content_type="multipart/form-data")
    with in_app():
        assert [item.title for item in items_of(pack)] == ["A film of a bridge", "new.txt"]
        assert [item.title for item in items_of(pack, 2)] == ["A film of a bridge", "old.txt"]
    page = as_("dafydd").get(f"{PAGE}{pack}/versions/2").text
    assert "old.txt" in page and "new.txt" not in page and "Mind the falling sugar." in page
    with as_("dafydd").get(f"{PAGE}{pack}/files/{old_item}") as answer:
        assert answer.text == "Step one."
    assert "Scissors only" in tobi.get(f"{PAGE}{pack}").text
    assert tobi.get(f"{PAGE}{pack}/versions").status_code == 200


def test_a_note_in_the_form_makes_a_version_too(app, in_app, as_, pack):
    from tests.resources.packs import typed

    with in_app():
        form = typed(seen=db.session.get(Pack, pack).row_version, change_note="Eggs now", title="Eggs")
    as_("tobi").post(f"{PAGE}{pack}", data=form)
    with app.app_context():
        old = db.session.execute(select(PackVersion)).scalar_one()
        assert (old.number, old.fields["title"], db.session.get(Pack, pack).version) == (1, "Paper bridges", 2)


def test_changing_a_pack_of_another_makes_a_linked_draft(app, in_app, as_, pack):
    answer = as_("dafydd").post(f"{PAGE}{pack}/adaptations")
    assert answer.status_code == 303
    with in_app():
        copy = db.session.execute(select(Pack).where(Pack.adapted_from_id == pack)).scalar_one()
        assert (copy.state, copy.owner_id, copy.right_to_share) == ("draft", cast.person_id("dafydd"), "adapted")
        assert [item.title for item in items_of(copy.id)] == ["A film of a bridge"]
        assert (copy.source, copy.source_author, copy.source_licence) == (
            "Paper bridges",
            "Tobi Larkhill",
            "cc-by-4.0",
        )
        copy_id = copy.id
    assert "Adapted from" in as_("dafydd").get(f"{PAGE}{copy_id}").text
    assert "Made from it" in as_("dafydd").get(f"{PAGE}{pack}").text
    assert "Made from it" not in as_("tobi").get(f"{PAGE}{pack}").text


def test_a_licence_without_derivatives_forbids_it(in_app):
    with in_app():
        closed = make_pack(licence="cc-by-nd-4.0")
        with pytest.raises(DomainError, match="does not allow changed copies"):
            adapt_pack(cast.person_id("ines"), closed)


def test_items_are_ordered_renamed_and_put_back(in_app, as_, pack):
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/items", data={"links": "https://example.org/b Second\nhttps://example.org/c"})
    with in_app():
        first, second, third = (item.id for item in items_of(pack))
    tobi.post(f"{PAGE}{pack}/items/{third}/place", data={"to": "up"})
    tobi.post(f"{PAGE}{pack}/items/{first}/place", data={"to": "up"})
    tobi.post(f"{PAGE}{pack}/items/{third}/name", data={"title": "Third"})
    removed = tobi.get(tobi.post(f"{PAGE}{pack}/items/{second}/removal", data={"sure": "yes"}).location).text
    assert f'action="{PAGE}{pack}/items/{second}/removal/undo"' in removed
    with in_app():
        assert [item.title for item in items_of(pack)] == ["A film of a bridge", "Third"]
    tobi.post(f"{PAGE}{pack}/items/{second}/removal/undo")
    with in_app():
        assert [item.title for item in items_of(pack)] == ["A film of a bridge", "Third", "Second"]
    assert tobi.post(f"{PAGE}{pack}/items/{second}/name", data={"title": " "}).status_code == 422
    assert tobi.post(f"{PAGE}{pack}/items", data={"links": ""}).status_code == 422


def test_items_of_another_pack_are_not_reached(in_app, as_, pack):
    with in_app():
        other = make_pack("ines")
        foreign = items_of(other)[0].id
    assert as_("tobi").post(f"{PAGE}{pack}/items/{foreign}/removal", data={"sure": "yes"}).status_code == 404


def test_a_pack_holds_a_bounded_number_of_items(in_app, pack):
    many = Contents(links=tuple((f"https://example.org/{number}", "") for number in range(61)))
    with in_app(), pytest.raises(DomainError, match="at most 60"):
        add_items(cast.person_id("tobi"), pack, many)


def test_removing_twice_changes_nothing(in_app, pack):
    with in_app():
        item = items_of(pack)[0].id
        assert remove_item(cast.person_id("tobi"), pack, item) and remove_item(cast.person_id("tobi"), pack, item)
        assert items_of(pack) == []
