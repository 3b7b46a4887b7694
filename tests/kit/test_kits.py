"""A kit from the first line to its retirement: written down, listed, changed, narrowed, retired, deleted, brought back."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from portal.db import db
from portal.kit.models import Kit, KitPart
from portal.kit.operations_states import delete_kit, retire_kit
from portal.kit.queries import parts_of
from tests import cast
from tests.kit.kits import PAGE, make_kit
from tests.resources.packs import word_id

TYPED = {
    "title": "Bridges", "home": "Room 4", "contents": "Box 1\n12 × AA cells* @ 0.40\nBox 2\n2 × Rigs", "kind": "box",
    "way": "lent", "boxes": "1", "condition": "good", "lends_to": "network", "most_days": "21", "notice_days": "2",
    "turn_round_days": "2", "currency": "GBP", "owner_organisation_id": "0", "keeper_id": "0",
}  # fmt: skip


@pytest.fixture
def kit(in_app) -> int:
    with in_app():
        return make_kit(keeper_id=cast.person_id("dafydd"))


def one(app, kit_id) -> Kit:
    with app.app_context():
        return db.session.get(Kit, kit_id)


def test_three_answers_make_a_draft_that_coordinators_alone_see(app, in_app, as_):
    ines = as_("ines")
    answer = ines.post(PAGE, data=TYPED)
    assert answer.status_code == 303
    page = ines.get(answer.location)
    assert "A draft. Only coordinators see it." in page.text and "AA cells" in page.text and "Box 2 of 2" in page.text
    with in_app():
        kit_id = db.session.execute(select(Kit.id)).scalar_one()
        cells, rigs = parts_of(kit_id)
        assert (cells.quantity, cells.there, cells.is_consumable, cells.cost) == (12, 12, True, 40)
        assert (rigs.box, db.session.get_one(Kit, kit_id).boxes) == (2, 2)
    assert as_("tobi").get(f"{PAGE}{kit_id}").status_code == 404
    ines.post(f"{PAGE}{kit_id}/listing")
    assert as_("tobi").get(f"{PAGE}{kit_id}").status_code == 200
    ines.post(f"{PAGE}{kit_id}/listing/undo")
    assert as_("tobi").get(f"{PAGE}{kit_id}").status_code == 404


def test_contents_that_can_not_be_read_are_named_and_kept(as_):
    answer = as_("ines").post(PAGE, data=TYPED | {"contents": "12 × AA cells\n4 × lamps @ a lot"})
    assert answer.status_code == 422 and "lamps @ a lot" in answer.text and "12 × AA cells" in answer.text


def test_a_kit_for_certain_schools_names_them(as_):
    answer = as_("ines").post(PAGE, data=TYPED | {"lends_to": "schools"})
    assert answer.status_code == 422 and "Choose at least one school." in answer.text


def test_the_second_of_two_changes_sees_the_first(app, as_, kit):
    first = TYPED | {"seen": str(one(app, kit).row_version), "title": "Hers"}
    ines = as_("ines")
    assert ines.post(f"{PAGE}{kit}", data=first).status_code == 303
    refused = ines.post(f"{PAGE}{kit}", data=first | {"title": "Mine"})
    assert refused.status_code == 409 and "Hers" in refused.text and "Mine" in refused.text
    assert one(app, kit).title == "Hers"


def test_the_list_narrows_sorts_and_finds_by_a_part(as_, in_app, kit):
    with in_app():
        make_kit(title="Rockets", asset_code="Box 10", home="Withen", kind="instrument", parts=(),
                 subjects=(word_id("subject", "physics"),))  # fmt: skip
    tobi = as_("tobi")
    both = tobi.get(PAGE).text
    assert both.index("Microcontrollers") < both.index("Rockets") and "Free now" in both
    assert "Rockets" not in tobi.get(f"{PAGE}?q=usb+lead").text
    for narrowed in ("subject=physics", "kind=instrument", "home=Withen"):
        found = tobi.get(f"{PAGE}?{narrowed}").text
        assert "Rockets" in found and "Microcontrollers" not in found, narrowed
    assert "No box fits all of that" in tobi.get(f"{PAGE}?way=given").text


def test_the_pages_stay_within_their_queries(as_, queries, kit):
    for who, path in (("tobi", PAGE), ("ines", PAGE), ("tobi", f"{PAGE}{kit}"), ("ines", f"{PAGE}{kit}"),
                      ("ines", f"{PAGE}refill"), ("ines", f"{PAGE}{kit}/training")):  # fmt: skip
        browser = as_(who)
        browser.get(path)
        with queries() as seen:
            assert browser.get(path).status_code == 200
        # A kit's page also tells what other rooms know of it: its calendar, her own loans, what keeps her from asking.
        assert len(seen) <= (18 if path == f"{PAGE}{kit}" else 12), (who, path, len(seen))


def test_a_retired_kit_says_why_and_comes_back(as_, kit):
    ines = as_("ines")
    assert ines.post(f"{PAGE}{kit}/retirement", data={"why": ""}).status_code == 422
    ines.post(f"{PAGE}{kit}/retirement", data={"why": "Worn out"})
    assert "Worn out" in ines.get(f"{PAGE}{kit}").text and "Microcontrollers" not in as_("tobi").get(PAGE).text
    ines.post(f"{PAGE}{kit}/retirement/undo")
    assert "Microcontrollers" in as_("tobi").get(PAGE).text


def test_a_deleted_kit_is_gone_everywhere_and_can_be_brought_back(app, as_, kit):
    ines, code = as_("ines"), one(app, kit).code
    ines.post(f"{PAGE}{kit}/deletion", data={"sure": "y"})
    assert ines.get(f"{PAGE}{kit}").status_code == ines.get(f"/b/{code}").status_code == 404
    assert "It can be brought back until" in ines.get(f"{PAGE}{kit}/deletion").text
    ines.post(f"{PAGE}{kit}/deletion/undo")
    assert ines.get(f"{PAGE}{kit}").status_code == ines.get(f"/b/{code}").status_code == 200


def test_a_kit_of_the_region_is_read_by_other_networks_and_changed_by_none(as_, in_app):
    with in_app():
        shared = make_kit(lends_to="region", title="Telescope")
    kofi, page = as_("kofi"), "/n/fell-and-furrow/kit/"
    assert "lent to the whole region" in kofi.get(page).text
    assert "Telescope" in kofi.get(f"{page}{shared}").text
    bryony = as_("bryony")
    assert bryony.get(f"{page}{shared}/edit").status_code == bryony.get(f"{page}{shared}/contents").status_code == 403
    assert "Telescope" in kofi.get("/search?q=telescope").text


def test_parts_are_added_changed_moved_taken_out_and_put_back(app, as_, kit):
    keeper, page = as_("dafydd"), f"{PAGE}{kit}/contents"
    keeper.post(page, data={"contents": "4 × Clips\n1 × Manual [A4]"})
    with app.app_context():
        clips = db.session.execute(select(KitPart).where(KitPart.title == "Clips")).scalar_one().id
    changed = {"title": "Clips", "quantity": "6", "there": "7", "box": "1"}
    assert keeper.post(f"{page}/{clips}", data=changed).status_code == 422
    assert keeper.post(f"{page}/{clips}", data=changed | {"there": "5", "cost": "0.15"}).status_code == 303
    keeper.post(f"{page}/{clips}/place", data={"way": "up"})
    with app.app_context():
        titles = [part.title for part in parts_of(kit)]
    assert titles == ["AA cells", "Clips", "USB leads", "Manual", "Microcontrollers"]
    keeper.post(f"{page}/{clips}/removal", data={"sure": "y"})
    assert "Clips" not in keeper.get(f"{page}?format=csv").text
    keeper.post(f"{page}/{clips}/removal/undo")
    assert "Clips" in keeper.get(f"{page}?format=csv").text


def test_a_photo_is_a_picture_that_goes_and_comes_back(app, as_, kit):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    ines, page = as_("ines"), f"{PAGE}{kit}/photo"
    wrong = ines.post(page, data={"photo": (io.BytesIO(b"words"), "box.txt"), "words": "A box"})
    assert wrong.status_code == 422 and "Choose a picture" in wrong.text
    ines.post(page, data={"photo": (io.BytesIO(picture.getvalue()), "box.png"), "words": "Leads on the left"})
    assert 'alt="Leads on the left"' in as_("tobi").get(f"{PAGE}{kit}").text
    for path in (page, f"/b/{one(app, kit).code}/photo"):
        with ines.get(path) as answer:
            assert answer.mimetype == "image/png"
    ines.post(f"{page}/removal", data={"sure": "y"})
    assert ines.get(page).status_code == 404
    ines.post(f"{page}/undo")
    with ines.get(page) as answer:
        assert answer.status_code == 200


def test_out_of_service_is_said_everywhere_until_it_ends(as_, kit):
    ines, page = as_("ines"), f"{PAGE}{kit}/service"
    ines.post(page, data={"starts_on": "2026-11-10", "ends_on": "2026-11-01"})
    assert "Free now" in as_("tobi").get(PAGE).text
    ines.post(page, data={"starts_on": "2026-11-10", "why": "two leads are mended"})
    assert "Out of service: two leads are mended" in as_("tobi").get(PAGE).text
    assert "No box fits" in as_("tobi").get(f"{PAGE}?free=yes").text
    assert "Out of service until further notice." in as_("tobi").get(f"{PAGE}{kit}").text
    ines.post(f"{page}/1/end", data={"ends_on": "2026-11-12"})
    assert "until Thursday 12 November 2026" in as_("tobi").get(f"{PAGE}{kit}").text
    ines.post(f"{page}/1/cancellation")
    assert "Free now" in as_("tobi").get(PAGE).text
    ines.post(f"{page}/1/cancellation/undo")
    assert "Out of service" in as_("tobi").get(PAGE).text


def test_the_training_is_an_event_or_a_coordinators_word(as_, in_app, kit):
    from portal.kit.queries import is_trained
    from tests.events import planned

    with in_app():
        event_id, tobi = planned.event().id, cast.person_id("tobi")
    ines, page = as_("ines"), f"{PAGE}{kit}"
    assert "Build a hand" in ines.get(f"{page}/training").text
    ines.post(f"{page}/training/{event_id}")
    assert "Training first" in as_("tobi").get(page).text
    ines.post(f"{page}/trained", data={"person": str(tobi), "why": "She built it"})
    with in_app():
        assert is_trained(kit, tobi) and not is_trained(kit, cast.person_id("leon"))
    ines.post(f"{page}/trained/{tobi}/removal", data={"sure": "y"})
    ines.post(f"{page}/training/{event_id}/removal")
    assert "Nobody has to be trained" in ines.get(f"{page}/training").text


def test_whoever_deletes_herself_keeps_no_box(app, in_app, kit):
    from portal.people.operations_leaving import erase_person

    with in_app():
        erase_person(cast.person_id("dafydd"))
    assert one(app, kit).keeper_id is None


def test_a_draft_can_not_be_retired_and_states_are_once(in_app):
    from portal.web.errors import DomainError

    with in_app():
        draft = make_kit(listed=False)
        with pytest.raises(DomainError):
            retire_kit(cast.person_id("ines"), draft, "Why")
        assert delete_kit(cast.person_id("ines"), draft) and delete_kit(cast.person_id("ines"), draft)
