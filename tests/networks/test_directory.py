"""The directory: each chooses what is listed, and nobody is found by what she keeps."""

import pytest
from sqlalchemy import select

from portal import history
from portal.db import db
from portal.networks.operations import add_imported_member
from portal.networks.operations_known import known_person
from portal.people.models import Person, PersonWord
from portal.vocabulary.models import Word
from tests import cast

HERE = "/n/tarn-and-tide/members"


@pytest.fixture
def leon(in_app):
    """Leon teaches physics and knows about telescopes; ``listing`` is what he chooses."""

    def list_(**listing):
        with in_app():
            person = db.session.get(Person, cast.person_id("leon"))
            person.knows_about, person.listing = "telescopes and soldering", listing
            word = db.session.execute(select(Word.id).where(Word.code == "physics")).scalar_one()
            db.session.add(PersonWord(person_id=person.id, word_id=word))
            db.session.commit()
            return word

    return list_


def test_what_is_listed_is_shown_and_found(as_, leon):
    subject = leon()
    tobi = as_("tobi")
    for ask in ("q=telescopes", "q=farrowby", f"subject={subject}", "place=withen&role=member", "q=withen+cross"):
        assert "Leon Farrowby" in tobi.get(f"{HERE}?{ask}").text, ask
    page = tobi.get(f"{HERE}?q=leon").text
    assert "telescopes" in page and "Withen Cross First School" in page and "leon@" not in page


def test_what_is_kept_is_neither_shown_nor_found(as_, leon):
    subject = leon(knows_about=False, school=False, subjects=False)
    tobi = as_("tobi")
    for ask in ("q=telescopes", f"subject={subject}", "place=withen", "q=withen+cross"):
        assert "Leon Farrowby" not in tobi.get(f"{HERE}?{ask}").text, ask
    page = tobi.get(f"{HERE}?q=leon").text
    assert "Leon Farrowby" in page and "telescopes" not in page and "Withen Cross" not in page


def test_a_coordinator_sees_it_all(as_, leon):
    subject = leon(knows_about=False, school=False, subjects=False)
    for ask in ("q=telescopes", f"subject={subject}", "place=withen"):
        assert "Leon Farrowby" in as_("ines").get(f"{HERE}?{ask}").text


def test_an_address_is_shown_only_if_its_owner_lists_it(as_, leon):
    leon(email=True)
    assert "leon@tarn-and-tide.example" in as_("tobi").get(HERE).text


def test_people_who_were_only_imported_are_seen_by_coordinators_alone(in_app, as_):
    with in_app():
        person = known_person("Never Asked", "never@x.example", "import", None)
        add_imported_member(cast.network_id(), person.id, None)
        imported = person.id
    assert "Never Asked" in as_("ines").get(f"{HERE}?came=no").text
    assert "Never Asked" not in as_("tobi").get(HERE).text
    assert as_("tobi").get(f"{HERE}/{imported}").status_code == 404


def test_the_list_leaves_the_portal_in_a_coordinators_hands_only(as_):
    assert as_("tobi").get(f"{HERE}?format=csv").status_code == 403
    answer = as_("ines").get(f"{HERE}?format=csv")
    assert answer.mimetype == "text/csv" and "Leon Farrowby" in answer.text and "Kofi" not in answer.text
    assert as_("ines").get(f"{HERE}?format=xlsx").data.startswith(b"PK")


def test_people_of_another_network_have_no_page_here(in_app, as_):
    with in_app():
        kofi = cast.person_id("kofi")
    assert as_("ines").get(f"{HERE}/{kofi}").status_code == 404


@pytest.mark.parametrize(
    "ask", ["page=0", "page=-1", "page=x", "sort=nothing", "subject=x", "role=king", "q=%00%25_'", "q=" + "x" * 5000]
)
def test_nonsense_in_the_address_is_only_an_empty_list_or_the_usual_one(as_, ask):
    assert as_("tobi").get(f"{HERE}?{ask}").status_code == 200


def test_a_full_directory_asks_few_questions(in_app, as_, queries):
    with in_app():
        for number in range(40):
            person = known_person(f"Person {number:02}", f"p{number}@x.example", "import", None)
            add_imported_member(cast.network_id(), person.id, None)
    ines = as_("ines")
    for path in (HERE, f"{HERE}?page=2&sort=newest", "/n/tarn-and-tide/"):
        with queries() as seen:
            assert ines.get(path).status_code == 200
        assert len(seen) <= 12, path


def test_the_history_names_outsiders_to_coordinators_alone(in_app, as_):
    with in_app():
        person = known_person("Never Asked", "never@x.example", "import", None)
        add_imported_member(cast.network_id(), person.id, cast.person_id("ines"))
    for page in ("/n/tarn-and-tide/history", "/n/tarn-and-tide/"):
        assert "Never Asked" in as_("ines").get(page).text
        assert "Never Asked" not in as_("tobi").get(page).text


def test_what_happens_in_a_room_is_not_told_in_the_networks_history(in_app, as_):
    with in_app():
        history.record(cast.person_id("leon"), "person.signed_in", "contact", 1, cast.network_id())
        db.session.commit()
    assert "Leon" not in as_("ines").get("/n/tarn-and-tide/history").text
