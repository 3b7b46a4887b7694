"""The directory of organisations, one organisation, its people and its timeline."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Activity, Participation
from portal.db import db, writing
from portal.organisations.models import Organisation
from tests import cast


def school_id(app, name="Low Garrick School"):
    with app.app_context():
        return db.session.execute(select(Organisation.id).where(Organisation.name == name)).scalar_one()


def test_everybody_who_signs_in_reads_the_directory(as_):
    for who in ("tobi", "kofi", "hana", "ravi"):
        page = as_(who).get("/organisations").text
        assert "Low Garrick School" in page and "Fenwater Secondary" in page


@pytest.mark.parametrize(
    "query", ["q=garrick", "q=Low+Garrick", "q=102", "phase=11-16&q=low", "kind=school&q=garrick&sort=size"]
)
def test_the_directory_is_searched(as_, query):
    page = as_("tobi").get(f"/organisations?{query}").text
    assert "Low Garrick School" in page and "Kestrel Lane" not in page


def test_the_directory_can_be_taken_along(as_):
    assert b"Low Garrick School" in as_("tobi").get("/organisations?format=csv").data
    assert as_("tobi").get("/organisations?format=xlsx").data.startswith(b"PK")


def test_people_are_shown_to_fellows_alone(app, as_):
    page = f"/organisations/{school_id(app)}"
    assert "Tobi Larkhill" in as_("leon").get(page).text
    assert "Tobi Larkhill" not in as_("kofi").get(page).text
    assert "Tobi Larkhill" in as_("ravi").get(page).text


def test_the_timeline_tells_of_networks_of_mine(app, as_):
    school = school_id(app)
    with app.app_context(), writing():
        network, tobi = cast.network_id(), cast.person_id("tobi")
        when = cast.NOW - timedelta(days=3)
        held = Activity(
            network_id=network, title="Paper bridges", starts_at=when, minutes=90, held_at=when, created_at=when
        )
        db.session.add(held)
        db.session.flush()
        seen = Participation(activity_id=held.id, person_id=tobi, organisation_id=school, minutes=90, recorded_at=when)
        db.session.add(seen)
        db.session.commit()
    assert "Paper bridges" in as_("leon").get(f"/organisations/{school}").text
    assert "Paper bridges" not in as_("kofi").get(f"/organisations/{school}").text


def test_a_coordinator_adds_changes_closes_and_opens(app, as_):
    ines = as_("ines")
    made = ines.post(
        "/organisations/new",
        data={"name": "Beck Lab", "kind": "employer", "locale": "", "code": "X1", "code_scheme": "LAB"},
    ).location
    assert "Beck Lab" in ines.get(made).text
    assert (
        ines.post(
            "/organisations/new",
            data={"name": "Other", "kind": "school", "locale": "", "code": "X1", "code_scheme": "LAB"},
        ).status_code
        == 422
    )
    version = {"name": "Beck Lab North", "kind": "employer", "locale": "", "row_version": 1}
    assert ines.post(f"{made}/edit", data=version).status_code == 303
    stale = ines.post(f"{made}/edit", data=version | {"name": "Third"})
    assert stale.status_code == 409 and "Beck Lab North" in stale.text
    assert ines.post(f"{made}/close").status_code == 303
    assert "Closed since" in ines.get(made).text
    assert ines.post(f"{made}/open").status_code == 303
    assert "noted that it is open" in ines.get(made).text


def test_a_member_may_not(app, as_):
    tobi, page = as_("tobi"), f"/organisations/{school_id(app)}"
    assert tobi.get("/organisations/new").status_code == 403
    assert tobi.post(f"{page}/close").status_code == 403
    assert tobi.get("/organisations/import").status_code == 403
    assert tobi.get("/organisations/duplicates").status_code == 403


def test_nonsense_is_refused_beside_its_field(as_):
    answer = as_("ines").post(
        "/organisations/new",
        data={"name": "", "kind": "school", "locale": "", "latitude": "north", "enrolment": "many"},
    )
    assert answer.status_code == 422
    for words in ("Give it a name", "54.32", "a number, like 159", "north"):
        assert words in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/organisations",
        "/organisations?q=garrick",
        "/organisations/{id}",
        "/organisations/duplicates",
        "/organisations/{id}/edit",
    ],
)
def test_pages_ask_a_bounded_number_of_questions(app, as_, queries, path):
    school, ines = school_id(app), as_("ines")
    with queries() as seen:
        assert ines.get(path.format(id=school)).status_code == 200
    assert len(seen) <= 12, seen
