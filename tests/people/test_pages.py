"""The list of people, one person as different readers see her, and what is known put right."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.people.models import Affiliation, Person
from tests import cast


def test_a_coordinator_lists_her_people_and_nobody_elses(as_):
    page = as_("ines").get("/people").text
    assert "Tobi Larkhill" in page and "Kofi Marrable" not in page


def test_an_administrator_lists_everybody(as_):
    page = as_("ravi").get("/people").text
    assert "Tobi Larkhill" in page and "Kofi Marrable" in page


def test_members_do_not_see_the_list(as_):
    assert as_("tobi").get("/people").status_code == 403


def test_the_list_is_searched_sorted_and_taken_along(app, as_):
    ines = as_("ines")
    assert "Leon Farrowby" not in ines.get("/people?q=larkhill").text
    assert "Leon Farrowby" in ines.get("/people?q=withen&sort=school&state=in").text
    sheet = ines.get("/people?format=csv")
    assert sheet.headers["Content-Disposition"].startswith("attachment") and b"Tobi Larkhill" in sheet.data
    with app.app_context():
        actions = db.session.execute(select(HistoryLine.action)).scalars().all()
    assert "people.exported" in actions


@pytest.mark.parametrize(
    ("reader", "sees_page", "sees_address"),
    [("tobi", True, True), ("ines", True, True), ("leon", True, False), ("kofi", False, False), ("ravi", True, True)],
)
def test_who_sees_what_of_a_person(app, as_, reader, sees_page, sees_address):
    with app.app_context():
        tobi = cast.person_id("tobi")
    answer = as_(reader).get(f"/people/{tobi}")
    assert (answer.status_code == 200) is sees_page
    assert ("tobi@tarn-and-tide.example" in answer.text) is sees_address


def test_what_is_not_listed_is_not_shown_to_fellows(app, as_):
    with app.app_context():
        tobi = cast.person_id("tobi")
    assert "Low Garrick School" in as_("leon").get(f"/people/{tobi}").text
    as_("tobi").post("/me/listed", data={"listed": ["email"]})
    page = as_("leon").get(f"/people/{tobi}").text
    assert "Low Garrick School" not in page and "tobi@tarn-and-tide.example" in page


def test_a_person_puts_herself_right_and_a_fellow_may_not(app, as_):
    with app.app_context():
        tobi = cast.person_id("tobi")
        version = db.session.get(Person, tobi).row_version
    typed = {
        "name": "Tobi  Larkhill-Moss",
        "called": "Tobi",
        "knows_about": "Straws",
        "locale": "",
        "time_zone": "",
        "row_version": version,
    }
    assert as_("leon").post(f"/people/{tobi}/edit", data=typed).status_code == 403
    assert as_("kofi").get(f"/people/{tobi}/edit").status_code == 404
    assert as_("tobi").post(f"/people/{tobi}/edit", data=typed).location == "/me"
    with app.app_context():
        person = db.session.get(Person, tobi)
        assert (person.name, person.sort_name, person.knows_about) == (
            "Tobi Larkhill-Moss",
            "Larkhill-Moss, Tobi",
            "Straws",
        )


def test_a_stale_edit_shows_both_versions(app, as_):
    with app.app_context():
        tobi = cast.person_id("tobi")
    typed = {"name": "Tobias", "locale": "", "time_zone": "", "row_version": 99}
    answer = as_("tobi").post(f"/people/{tobi}/edit", data=typed)
    assert answer.status_code == 409
    assert "Tobias" in answer.text and "Tobi Larkhill" in answer.text


def test_nonsense_is_kept_and_refused(app, as_):
    with app.app_context():
        tobi = cast.person_id("tobi")
    answer = as_("tobi").post(f"/people/{tobi}/edit", data={"name": "x" * 300, "row_version": 1})
    assert answer.status_code == 422 and "x" * 300 in answer.text


def test_moving_to_another_school_keeps_the_old_one(app, as_):
    with app.app_context():
        tobi = cast.person_id("tobi")
        old = db.session.execute(select(Affiliation).where(Affiliation.person_id == tobi)).scalar_one()
        old_id, school = old.id, old.organisation_id
    me = as_("tobi")
    page = me.get(f"/people/{tobi}/work?q=kestrel").text
    assert "Kestrel Lane Primary" in page
    me.post(f"/people/{tobi}/work/{old_id}/end", data={"ended_on": "2026-10-31"})
    me.post(f"/people/{tobi}/work", data={"organisation_id": school + 1, "role_id": "", "title": "Science lead"})
    with app.app_context():
        work = (
            db.session.execute(select(Affiliation).where(Affiliation.person_id == tobi).order_by(Affiliation.id))
            .scalars()
            .all()
        )
    assert [(one.organisation_id, one.ended_on is None) for one in work] == [(school, False), (school + 1, True)]
    assert work[1].is_main


@pytest.mark.parametrize(
    "path", ["/people", "/people/{tobi}", "/people/{tobi}/edit", "/people/{tobi}/work?q=school", "/people/duplicates"]
)
def test_pages_ask_a_bounded_number_of_questions(app, as_, queries, path):
    with app.app_context():
        tobi = cast.person_id("tobi")
    ines = as_("ines")
    with queries() as seen:
        assert ines.get(path.format(tobi=tobi)).status_code == 200
    assert len(seen) <= 12, seen
