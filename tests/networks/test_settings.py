"""Charter, settings, words, rooms, terms: coordinators change them, and two who edit at once lose no text."""

from datetime import date

import pytest

from portal.db import db
from portal.networks.models import Network, SchoolTerm
from portal.networks.operations_settings import save_term
from portal.networks.queries import terms_of
from portal.web.errors import DomainError
from tests import cast

HERE = "/n/tarn-and-tide"
AUTUMN_2027 = {"name": "Autumn term 2027", "starts_on": "2027-09-01", "ends_on": "2027-12-17", "break_on": "2027-10-25"}


def network():
    return db.session.get(Network, cast.network_id())


def version(in_app):
    with in_app():
        return network().row_version


def settings(**more):
    base = {"name": "Tarn and Tide STEM Network", "time_zone": "Europe/London", "locale": "en_GB", "plate": "TT"}
    return {**base, **more}


def test_the_charter_is_written_and_read_by_everybody(in_app, as_):
    answer = as_("ines").post(f"{HERE}/charter/edit", data={"cares_about": "Light.", "row_version": version(in_app)})
    assert answer.status_code == 303
    assert "Light." in as_("petra").get(f"{HERE}/charter").text
    assert "Ines Quarrie changed the charter" in as_("tobi").get(f"{HERE}/history").text


def test_the_second_of_two_editors_sees_both_texts_and_loses_none(in_app, as_):
    opened = version(in_app)
    as_("ines").post(f"{HERE}/charter/edit", data={"cares_about": "Light, says Ines.", "row_version": opened})
    mairead = as_("mairead")
    answer = mairead.post(f"{HERE}/charter/edit", data={"cares_about": "Sound, says Mairead.", "row_version": opened})
    assert answer.status_code == 409
    assert "Light, says Ines." in answer.text and "Sound, says Mairead." in answer.text
    assert f'value="{version(in_app)}"' in answer.text
    with in_app():
        assert network().cares_about == "Light, says Ines."
    again = {"cares_about": "Light and sound.", "row_version": version(in_app)}
    assert mairead.post(f"{HERE}/charter/edit", data=again).status_code == 303


@pytest.mark.parametrize("page", ["charter/edit", "settings", "settings/words"])
def test_a_form_without_its_version_is_refused(as_, page):
    assert as_("ines").post(f"{HERE}/{page}", data=settings()).status_code == 422


def test_settings_change_for_everyone(in_app, as_):
    changed = settings(name="Tarn, Tide and Fell", plate="tf", row_version=version(in_app))
    assert as_("ines").post(f"{HERE}/settings", data=changed).status_code == 303
    assert "Tarn, Tide and Fell" in as_("tobi").get(f"{HERE}/").text
    with in_app():
        assert not network().is_open_to_ask


@pytest.mark.parametrize("wrong", [{"name": ""}, {"time_zone": "Moon/Base"}, {"plate": "TOOLONG"}, {"locale": "xx"}])
def test_nonsense_settings_are_refused_and_nothing_is_saved(in_app, as_, wrong):
    data = settings(strapline="Kept words", row_version=version(in_app)) | wrong
    answer = as_("ines").post(f"{HERE}/settings", data=data)
    assert answer.status_code == 422 and "Kept words" in answer.text
    with in_app():
        assert network().plate == "TT"


def test_the_networks_own_words_are_used(in_app, as_):
    data = {"school": "setting", "schools": "settings of ours", "row_version": version(in_app)}
    as_("ines").post(f"{HERE}/settings/words", data=data)
    assert "Settings of ours" in as_("tobi").get(f"{HERE}/").text


def test_a_closed_room_disappears_for_everyone_and_comes_back(in_app, as_):
    ines = as_("ines")
    answer = ines.post(f"{HERE}/settings/rooms/mentoring", data={"is_open": "no"}, follow_redirects=True)
    assert "nothing is deleted" in answer.text
    with in_app():
        assert "mentoring" not in network().rooms
    ines.post(f"{HERE}/settings/rooms/mentoring", data={"is_open": "yes"})
    with in_app():
        assert network().rooms == ["events", "conversations", "resources", "kit", "mentoring", "numbers"]


@pytest.mark.parametrize(
    ("room", "is_open"), [("cellar", "yes"), ("today_here", "no"), ("events", "maybe"), ("events", "")]
)
def test_rooms_that_do_not_exist_or_cannot_close_are_refused(as_, room, is_open):
    assert as_("ines").post(f"{HERE}/settings/rooms/{room}", data={"is_open": is_open}).status_code == 422


def test_a_term_is_added_changed_and_removed(in_app, as_):
    ines = as_("ines")
    assert ines.post(f"{HERE}/settings/terms", data=AUTUMN_2027).status_code == 303
    with in_app():
        term = terms_of(cast.network_id())[0].id
    ines.post(f"{HERE}/settings/terms/{term}", data={**AUTUMN_2027, "ends_on": "2027-12-22"})
    with in_app():
        assert db.session.get(SchoolTerm, term).ends_on == date(2027, 12, 22)
    assert ines.post(f"{HERE}/settings/terms/{term}/remove").status_code == 422
    assert ines.post(f"{HERE}/settings/terms/{term}/remove", data={"sure": "y"}).status_code == 303
    with in_app():
        assert db.session.get(SchoolTerm, term) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((date(2027, 9, 1), date(2027, 9, 1), None), "after the first"),
        ((date(2027, 9, 1), date(2029, 9, 1), None), "at most a year"),
        ((date(2027, 9, 1), date(2027, 12, 1), date(2028, 2, 1)), "inside the term"),
        ((date(2026, 10, 1), date(2026, 11, 1), None), "overlap with Autumn term 2026"),
    ],
)
def test_odd_dates_are_refused_in_words(in_app, days, words):
    with in_app(), pytest.raises(DomainError, match=words):
        save_term(cast.network_id(), None, "Odd", days, cast.person_id("ines"))


def test_another_networks_term_cannot_be_changed(in_app, as_):
    with in_app():
        term = terms_of(cast.network_id())[0].id
    assert as_("bryony").post(f"/n/fell-and-furrow/settings/terms/{term}", data=AUTUMN_2027).status_code == 404


def test_one_coordinator_is_told_that_two_are_better(as_):
    page = as_("bryony").get("/n/fell-and-furrow/").text
    assert "second coordinator" in page
    assert "second coordinator" not in as_("ines").get(f"{HERE}/").text


def test_a_region_shows_the_networks_under_it(in_app, as_):
    with in_app():
        db.session.get(Network, cast.network_id("fell-and-furrow")).parent_id = cast.network_id()
        db.session.commit()
    assert "Fell and Furrow Maths Circle" in as_("tobi").get(f"{HERE}/").text
    assert "Tarn and Tide STEM Network" in as_("kofi").get("/n/fell-and-furrow/").text


@pytest.mark.parametrize(
    "page", ["", "charter", "history", "settings", "settings/rooms", "settings/terms", "settings/hosts"]
)
def test_the_pages_ask_few_questions(as_, queries, page):
    ines = as_("ines")
    with queries() as seen:
        assert ines.get(f"{HERE}/{page}").status_code == 200
    assert len(seen) <= 12
