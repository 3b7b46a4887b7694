"""The kiosk by the door: some letters, a tap, the next person; and no way from there to anybody's pages."""

import re

import pytest
from sqlalchemy import select

from portal.history.queries import lines_about
from portal.people.models import Person
from tests.attendance.evenings import KEY, SigningIn, at


def found(page):
    """Whom the page offers, apart from what only its script sees."""
    return re.findall(r'kiosk/[^"]+/(?:here|leaving)/\d+">([^<]+)<', re.sub("(?s)<template.*?</template>", "", page))


@pytest.fixture
def evening(in_app):
    return SigningIn(in_app, "tobi", "leon", "ines", observers=["petra"], kiosk=True)


def test_some_letters_of_the_surname_and_a_tap(client, evening):
    assert found(client.get(evening.kiosk).text) == []
    page = client.get(f"{evening.kiosk}?q=la").text
    assert found(page) == ["Tobi Larkhill"] and "Low Garrick School" in page
    answer = client.post(f"{evening.kiosk}/here/{evening.who('tobi')}")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Tobi Larkhill" in page and "is in, 4:58 pm." in page and 'name="q" class="find-name" value=""' in page
    assert evening.rows() == {"Tobi": (-2, None, None, "participant", "kiosk")}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("l", []),
        ("lindq", ["Petra Lindqvist"]),
        ("leon f", ["Leon Farrowby"]),
        ("zz", []),
        ("%", []),
        ("qua", ["Ines Quarrie"]),
    ],
)
def test_each_word_begins_a_word_of_the_name(client, evening, typed, names):
    assert found(client.get(evening.kiosk, query_string={"q": typed}).text) == names


def test_neither_address_nor_anybody_elses_name_is_there(client, evening):
    page = client.get(f"{evening.kiosk}?q=la").text
    assert "@tarn" not in page and "Dafydd" not in page
    assert client.post(f"{evening.kiosk}/here/{evening.who('kofi')}").status_code == 404


def test_a_whole_queue_with_one_page(client, evening):
    key = KEY.search(client.get(evening.kiosk).text)[1]
    for who in ("tobi", "leon", "petra", "tobi"):
        client.post(f"{evening.kiosk}/here/{evening.who(who)}", data={"form_key": key})
    assert {name: row[3] for name, row in evening.rows().items()} == {
        "Tobi": "participant",
        "Leon": "participant",
        "Petra": "observer",
    }


def test_leaving_offers_only_who_is_in(client, evening):
    client.post(f"{evening.kiosk}/here/{evening.who('tobi')}")
    at(40)
    assert found(client.get(f"{evening.kiosk}?mode=leaving&q=le").text) == []
    assert found(client.get(f"{evening.kiosk}?mode=leaving&q=la").text) == ["Tobi Larkhill"]
    answer = client.post(f"{evening.kiosk}/leaving/{evening.who('tobi')}", follow_redirects=True)
    assert "left at 5:40 pm: 40 min count" in answer.text
    assert evening.rows()["Tobi"][:3] == (-2, 40, 40)
    assert client.post(f"{evening.kiosk}/leaving/{evening.who('leon')}").status_code == 422


def test_code_and_kiosk_end_in_one_row(app, client, evening):
    you = evening.tap(client, "tobi")
    at(3)
    page = app.test_client().post(f"{evening.kiosk}/here/{evening.who('tobi')}", follow_redirects=True).text
    assert "is in since 4:58 pm" in page and "That was not me" not in page
    at(30)
    client.post(f"{you}/leaving")
    assert evening.rows() == {"Tobi": (-2, 30, 30, "participant", "code")}


def test_the_wrong_name_is_taken_back(client, evening):
    answer = client.post(f"{evening.kiosk}/here/{evening.who('tobi')}")
    undo = re.search(r'action="([^"]+/not-me/[^"]+)"', client.get(answer.location).text)[1]
    assert client.post(undo).status_code == 303
    assert evening.rows() == {}


def test_who_is_not_on_the_list_walks_in(client, evening, in_app):
    data = {"name": "Priya Wexcombe", "school": "Low Garrick School", "capacity": "participant"}
    page = client.post(f"{evening.kiosk}/walk-in", data=data, follow_redirects=True).text
    assert "Priya Wexcombe" in page and "is in, 4:58 pm" in page
    assert evening.rows()["Priya"][4] == "kiosk"
    assert client.post(f"{evening.kiosk}/walk-in", data={"name": ""}).status_code == 422
    with in_app():
        from portal.db import db

        assert len(db.session.execute(select(Person).where(Person.name == "Priya Wexcombe")).all()) == 1


def test_a_window_with_an_account_is_no_kiosk(as_, evening):
    ines = as_("ines")
    page = ines.get(evening.kiosk).text
    assert "This window is still yours" in page and "Tobi" not in page
    assert ines.post(f"{evening.kiosk}/here/{evening.who('tobi')}").location == evening.kiosk
    assert evening.rows() == {}
    assert ines.post(f"{evening.kiosk}/alone").location == evening.kiosk
    assert "Some letters of your surname" in ines.get(evening.kiosk).text
    assert "/sign-in" in ines.get(f"{evening.url}/attendance").location


def test_the_kiosk_page_leads_nowhere_else(client, evening):
    links = re.findall(r'<a [^>]*href="([^"]+)"', client.get(evening.kiosk).text)
    assert {link for link in links if not link.startswith(("#", evening.kiosk))} == set()


def test_ending_it_opening_it_again_and_a_new_code_stop_the_link(as_, client, evening, in_app):
    ines = as_("ines")
    link = re.search(r'id="link" value="[^"]*(/kiosk/[^"]+)"', ines.get(f"{evening.url}/kiosk").text)[1]
    assert link == evening.kiosk and client.get(link).status_code == 200
    at(0)
    ines.post(f"{evening.url}/kiosk")
    assert client.get(link).status_code == 404
    link = re.search(r'id="link" value="[^"]*(/kiosk/[^"]+)"', ines.get(f"{evening.url}/kiosk").text)[1]
    ines.post(f"{evening.url}/kiosk/end")
    assert client.get(link).status_code == client.post(f"{link}/here/{evening.who('tobi')}").status_code == 404
    ines.post(f"{evening.url}/kiosk")
    link = re.search(r'id="link" value="[^"]*(/kiosk/[^"]+)"', ines.get(f"{evening.url}/kiosk").text)[1]
    ines.post(f"{evening.url}/code")
    assert client.get(link).status_code == 404
    assert client.get(evening.kiosk[:-3]).status_code == 404
    with in_app():
        said = [line.sentence for line in lines_about("activity", evening.id)]
    assert "Ines Quarrie ended the kiosk" in said and said.count("Ines Quarrie opened the kiosk") == 3


def test_it_keeps_the_hours_of_the_code(client, evening):
    at(-61)
    assert "Signing in begins at 4:00 pm" in client.get(evening.kiosk).text
    assert client.post(f"{evening.kiosk}/here/{evening.who('tobi')}").status_code == 422
    at(121)
    assert "Signing in and out is over" in client.get(evening.kiosk).text
    assert client.post(f"{evening.kiosk}/here/{evening.who('tobi')}").status_code == 422
    assert client.post(f"{evening.kiosk}/here/{evening.who('tobi')}", data={"waited": "3600"}).status_code == 303


def test_it_stays_within_its_queries(client, evening, queries):
    last = client.post(f"{evening.kiosk}/here/{evening.who('tobi')}").location
    for page in (f"{evening.kiosk}?q=la", last):
        with queries() as seen:
            client.get(page)
        assert len(seen) <= 8, seen
