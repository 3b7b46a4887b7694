"""A toolkit: who makes it, who sees and changes it, its packs in an order, and what becomes of a pack meanwhile."""

import pytest

from portal.db import db
from portal.resources.operations_states import delete_pack, retire_pack
from portal.toolkits.fields import ToolkitFields
from portal.toolkits.models import Toolkit
from portal.toolkits.operations import make_toolkit
from portal.toolkits.operations_packs import MOST_PACKS, move_pack, put_back, put_pack, take_out
from portal.toolkits.operations_states import delete_toolkit, share_toolkit, undelete_toolkit
from portal.toolkits.queries import contents_of
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.resources.packs import PAGE as PACKS
from tests.resources.packs import make_pack

PAGE = "/n/tarn-and-tide/resources/toolkits/"


def make_kit(packs=(), owner="dafydd", shared=True, public=False, title="Forces in three weeks") -> int:
    """A toolkit of one of the cast; inside ``in_app``."""
    toolkit = make_toolkit(cast.person_id(owner), cast.network_id(), ToolkitFields(title, "For Year 8."))
    for pack in packs:
        put_pack(cast.person_id(owner), toolkit, pack)
    if shared:
        share_toolkit(cast.person_id(owner), toolkit, public)
    return toolkit


@pytest.fixture
def packs(in_app) -> list[int]:
    with in_app():
        return [make_pack(title=title, public=title == "Beams") for title in ("Beams", "Cranes", "Gears")]


@pytest.fixture
def toolkit(in_app, packs) -> int:
    with in_app():
        return make_kit(packs[:2])


def titles(in_app, toolkit):
    with in_app():
        return [one.title for one in contents_of(toolkit)]


def test_a_member_makes_one_and_nobody_else_sees_the_draft(as_):
    dafydd = as_("dafydd")
    answer = dafydd.post(PAGE, data={"title": "Forces", "strapline": "Three weeks", "about": "**First** the beams."})
    where = answer.location.removesuffix("/packs/new")
    page = dafydd.get(where).text
    assert "A draft. Nobody but you sees it." in page and "<strong>First</strong>" in page
    assert as_("ines").get(where).status_code == 404
    assert "Forces" in dafydd.get(PAGE, query_string={"state": "draft"}).text
    assert "Forces" not in as_("ines").get(PAGE, query_string={"state": "draft"}).text


def test_a_name_is_all_it_wants(as_):
    answer = as_("dafydd").post(PAGE, data={"title": "", "about": "Kept as typed."})
    assert answer.status_code == 422 and "Give it a name." in answer.text and "Kept as typed." in answer.text
    assert as_("petra").get(f"{PAGE}new").status_code == 403


def test_a_pack_goes_in_from_its_own_page_with_the_reason(as_, packs, toolkit):
    dafydd = as_("dafydd")
    assert "Put it into a toolkit" in dafydd.get(f"{PACKS}{packs[2]}").text
    answer = dafydd.post(f"{PAGE}with/{packs[2]}", data={"toolkit": toolkit, "why": "For those who finish early"})
    page = dafydd.get(answer.location).text.partition("What is in it")[2]
    assert page.index("Cranes") < page.index("Gears") < page.index("For those who finish early")
    assert "Forces in three weeks" in as_("tobi").get(f"{PACKS}{packs[2]}").text


def test_or_into_a_new_one_in_the_same_step(in_app, as_, packs):
    tobi = as_("tobi")
    refused = tobi.post(f"{PAGE}with/{packs[0]}", data={"toolkit": 0, "title": "", "why": "First"})
    assert refused.status_code == 422 and "Give the new toolkit a name." in refused.text and "First" in refused.text
    answer = tobi.post(f"{PAGE}with/{packs[0]}", data={"toolkit": 0, "title": "Mine", "why": "First"})
    page = tobi.get(answer.location).text
    assert "Mine" in page and "Beams" in page and "A draft." in page


def test_nobody_fills_the_toolkit_of_another(as_, packs, toolkit):
    assert as_("tobi").post(f"{PAGE}with/{packs[2]}", data={"toolkit": toolkit}).status_code == 422
    assert as_("tobi").post(f"{PAGE}{toolkit}/packs", data={"pack": packs[2]}).status_code == 403
    assert as_("ines").post(f"{PAGE}{toolkit}/packs", data={"pack": packs[2]}).status_code == 303


def test_packs_to_choose_are_found_by_words_and_leave_the_list_once_in(as_, packs, toolkit):
    dafydd = as_("dafydd")
    page = dafydd.get(f"{PAGE}{toolkit}/packs/new").text
    assert "Gears" in page and "Cranes" not in page.partition("<main")[2]
    assert "No other pack fits" in dafydd.get(f"{PAGE}{toolkit}/packs/new", query_string={"q": "xylophone"}).text
    dafydd.post(f"{PAGE}{toolkit}/packs", data={"pack": packs[2]})
    assert "Every shared pack lies in it" in dafydd.get(f"{PAGE}{toolkit}/packs/new").text


@pytest.mark.parametrize("what", ["nothing", "²", "99999999999999999999", "12345"])
def test_what_is_no_pack_goes_nowhere(in_app, as_, toolkit, what):
    assert as_("dafydd").post(f"{PAGE}{toolkit}/packs", data={"pack": what}).status_code in (200, 422)
    assert titles(in_app, toolkit) == ["Beams", "Cranes"]


def test_only_what_members_can_open_goes_in_and_only_once(in_app, packs, toolkit):
    with in_app():
        dafydd, draft = cast.person_id("dafydd"), make_pack(shared=False, title="A draft")
        theirs = make_pack(owner="bryony", network="fell-and-furrow")
        retire_pack(cast.person_id("tobi"), packs[2], None)
        for pack, sentence in (
            (draft, "Only shared"),
            (theirs, "Only shared"),
            (packs[2], "Only shared"),
            (packs[0], "already"),
        ):
            with pytest.raises(DomainError, match=sentence):
                put_pack(dafydd, toolkit, pack)


def test_it_holds_a_good_number_and_no_more(in_app, toolkit):
    with in_app():
        for number in range(MOST_PACKS - 2):
            put_pack(cast.person_id("dafydd"), toolkit, make_pack(title=f"Pack {number}"))
        with pytest.raises(DomainError, match="at most"):
            put_pack(cast.person_id("dafydd"), toolkit, make_pack(title="One too many"))


def test_the_order_is_changed_a_place_at_a_time(in_app, as_, packs, toolkit):
    with in_app():
        last = contents_of(toolkit)[-1].item_id
    dafydd = as_("dafydd")
    dafydd.post(f"{PAGE}{toolkit}/packs/{last}/place", data={"to": "up"})
    assert titles(in_app, toolkit) == ["Cranes", "Beams"]
    dafydd.post(f"{PAGE}{toolkit}/packs/{last}/place", data={"to": "up"})
    assert titles(in_app, toolkit) == ["Cranes", "Beams"]


def test_taking_out_is_undone_unless_it_was_put_in_anew(in_app, as_, packs, toolkit):
    with in_app():
        first = contents_of(toolkit)[0].item_id
    dafydd = as_("dafydd")
    dafydd.post(f"{PAGE}{toolkit}/packs/{first}/removal", data={})
    assert titles(in_app, toolkit) == ["Beams", "Cranes"]
    dafydd.post(f"{PAGE}{toolkit}/packs/{first}/removal", data={"sure": "yes"})
    assert titles(in_app, toolkit) == ["Cranes"]
    assert "Undo" in dafydd.get(f"{PAGE}{toolkit}/packs").text
    dafydd.post(f"{PAGE}{toolkit}/packs/{first}/removal/undo", data={})
    assert titles(in_app, toolkit) == ["Beams", "Cranes"]
    with in_app():
        me = cast.person_id("dafydd")
        take_out(me, toolkit, first)
        put_pack(me, toolkit, packs[0])
        with pytest.raises(DomainError, match="already"):
            put_back(me, toolkit, first)
        with pytest.raises(DomainError, match="meanwhile"):
            move_pack(me, toolkit, first, up=True)


def test_places_are_reached_only_through_their_own_toolkit(in_app, as_, packs, toolkit):
    with in_app():
        other = make_kit(packs, owner="dafydd", title="Another")
        place = contents_of(other)[0].item_id
    assert as_("dafydd").get(f"{PAGE}{toolkit}/packs/{place}/why").status_code == 404


def test_a_pack_that_was_deleted_or_retired_is_told_and_never_a_dead_link(in_app, as_, packs, toolkit):
    with in_app():
        delete_pack(cast.person_id("tobi"), packs[0])
        retire_pack(cast.person_id("tobi"), packs[1], packs[2])
    page = as_("ines").get(f"{PAGE}{toolkit}").text.partition('class="history"')[0]
    assert "A pack that was deleted" in page and "Beams" not in page and f"/resources/{packs[0]}" not in page
    assert "Retired" in page and "In its place:" in page and f"/resources/{packs[2]}" in page
    with in_app():
        delete_pack(cast.person_id("tobi"), packs[1])
    empty = as_("ines").get(f"{PAGE}{toolkit}")
    assert "one zip" not in empty.text
    assert as_("ines").get(f"{PAGE}{toolkit}/archive").status_code == 404


def test_an_empty_one_is_not_shared(in_app):
    with in_app(), pytest.raises(DomainError, match="needs a pack"):
        make_kit([])


def test_two_who_change_one_are_both_heard(as_, toolkit):
    dafydd, ines = as_("dafydd"), as_("ines")
    typed = {"title": "Forces", "strapline": "Mine", "about": "", "seen": 1}
    with dafydd.application.app_context():
        typed["seen"] = db.session.get(Toolkit, toolkit).row_version
    assert ines.post(f"{PAGE}{toolkit}", data=typed | {"strapline": "Hers"}).status_code == 303
    clash = dafydd.post(f"{PAGE}{toolkit}", data=typed)
    assert clash.status_code == 409 and "Hers" in clash.text and "Mine" in clash.text
    assert 'name="seen"' in clash.text


def test_retiring_and_deleting_can_be_taken_back(in_app, as_, toolkit):
    ines = as_("ines")
    ines.post(f"{PAGE}{toolkit}/retirement", data={"sure": "yes"})
    assert "Retired" in ines.get(f"{PAGE}{toolkit}").text and "Forces" not in ines.get(PAGE).text
    assert "Forces" in ines.get(PAGE, query_string={"state": "retired"}).text
    ines.post(f"{PAGE}{toolkit}/retirement/undo", data={})
    ines.post(f"{PAGE}{toolkit}/deletion", data={"sure": "yes"})
    assert ines.get(f"{PAGE}{toolkit}").status_code == 404
    assert "It can be brought back until" in ines.get(f"{PAGE}{toolkit}/deletion").text
    ines.post(f"{PAGE}{toolkit}/deletion/undo", data={})
    assert ines.get(f"{PAGE}{toolkit}").status_code == 200
    with in_app():
        delete_toolkit(cast.person_id("ines"), toolkit)
        clock.freeze(cast.NOW.replace(day=20))
        with pytest.raises(DomainError, match="a week"):
            undelete_toolkit(cast.person_id("ines"), toolkit)


def test_the_list_is_searched_sorted_paged_and_taken_as_a_sheet(in_app, as_, packs, toolkit):
    with in_app():
        for number in range(26):
            make_kit(packs[:1], title=f"Toolkit {number:02}")
    tobi = as_("tobi")
    assert "27 toolkits" in tobi.get(PAGE).text and "The next page" in tobi.get(PAGE).text
    assert "1 toolkit" in tobi.get(PAGE, query_string={"q": "three FORCES"}).text
    assert "says “50%_”" in tobi.get(PAGE, query_string={"q": "50%_"}).text
    assert "Toolkit 25" in tobi.get(PAGE, query_string={"format": "csv"}).text
    by_title = tobi.get(PAGE, query_string={"sort": "title"}).text
    assert by_title.index("Forces in") < by_title.index("Toolkit 00") < by_title.index("Toolkit 05")


@pytest.mark.parametrize("where", ["", "{0}", "{0}/packs", "{0}/packs/new", "{0}/versions", "with/{1}"])
def test_a_page_asks_little_of_the_database(as_, queries, packs, toolkit, where):
    dafydd = as_("dafydd")
    dafydd.get(PAGE)
    with queries() as seen:
        assert dafydd.get(PAGE + where.format(toolkit, packs[2])).status_code == 200
    assert len(seen) <= 12, seen
