"""Two coordinators at one visit: it counts once, each of the two has its minutes, and either can say that she was not there."""

import pytest
from sqlalchemy import select

from portal.activities.models import Participation
from portal.db import db
from portal.networks.operations_membership import change_role
from portal.people.exporting import everything_about
from portal.support.models import SupportVisit
from portal.support.operations import change_visit
from portal.support.queries import Wanted, visited_lately, visits_of, writers_of
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.access.support import school_id, visited
from tests.support.test_visits import BASE, counted, quick


@pytest.fixture
def both(in_app):
    """A visit of ines to which mairead came along."""
    with in_app():
        return visited(along=frozenset({cast.person_id("mairead")}))


def there(app, visit_id):
    with app.app_context():
        query = select(Participation.person_id, Participation.capacity, Participation.minutes)
        return {tuple(row) for row in db.session.execute(query.where(Participation.activity_id == visit_id))}


def the_two(app, minutes=45):
    with app.app_context():
        return {(cast.person_id(who), "facilitator", minutes) for who in ("ines", "mairead")}


def test_the_form_offers_the_other_coordinators_and_one_tick_writes_it_down_for_both(as_, app):
    with app.app_context():
        garrick, mairead, tobi = school_id(), cast.person_id("mairead"), cast.person_id("tobi")
    page = as_("ines").get(f"{BASE}/new").text
    assert "Who came along" in page and "Mairead" in page.split("Who came along")[1]
    assert "Tobi Larkhill" not in page.split("Who came along")[1].split("</fieldset>")[0]
    answer = as_("ines").post(f"{BASE}/new", data=quick(garrick, along=[str(mairead)]), follow_redirects=True)
    assert "One visit. Each of them has its minutes." in answer.text and "first time this school year" in answer.text
    # Who reads it stands at the top as on every page.
    assert ">IQ<" in answer.text
    with app.app_context():
        (visit,) = db.session.execute(select(SupportVisit)).scalars()
    assert there(app, visit.id) == the_two(app, 30)
    refused = as_("ines").post(f"{BASE}/new", data=quick(garrick, along=[str(tobi)]))
    assert refused.status_code == 422


def test_it_is_one_visit_in_every_figure_and_each_finds_it_among_hers(app, both):
    assert counted(app) == {
        "support-visits": 1, "support-technical": 0, "support-organisations": 1, "support-hours": 45, "support-overdue": 0,
    }  # fmt: skip
    with app.app_context():
        network, today = cast.network_id(), clock.today()
        for who in ("ines", "mairead"):
            (found,) = db.session.execute(visits_of(network, Wanted(by=cast.person_id(who)), today)).all()
            assert "Ines Quarrie" in found.by and "Mairead" in found.by
            assert visited_lately(network, cast.person_id(who)) == [school_id()]
            (told,) = everything_about(cast.person_id(who))["support_visits"]
            assert (told["as"], told["minutes"], "note" in told) == ("coordinator", 45, who == "ines")
        assert len(writers_of(network)) == 2 and not visited_lately(network, cast.person_id("tobi"))


@pytest.mark.parametrize("who", ["ines", "mairead"])
def test_either_says_that_she_was_not_there_and_takes_it_back(as_, app, both, who):
    other = "mairead" if who == "ines" else "ines"
    answer = as_(who).post(f"{BASE}/{both}/not-there", follow_redirects=True)
    assert "You no longer stand there. The visit stays." in answer.text and "I was there too" in answer.text
    with app.app_context():
        assert there(app, both) == {(cast.person_id(other), "facilitator", 45)}
    assert counted(app)["support-visits"] == 1 and counted(app)["support-hours"] == 45
    page = as_(other).get(f"{BASE}/{both}").text
    assert "I was not there" not in page and ("Written down by" in page) is (who == "ines")
    alone = as_(other).post(f"{BASE}/{both}/not-there", follow_redirects=True)
    assert "If nobody was, remove the visit." in alone.text
    as_(who).post(f"{BASE}/{both}/there")
    assert there(app, both) == the_two(app)


def test_corrected_minutes_are_both_of_theirs_and_a_tick_taken_away_is_minutes_taken_away(as_, app, both):
    with app.app_context():
        garrick, mairead = school_id(), str(cast.person_id("mairead"))
        version = db.session.get_one(SupportVisit, both).row_version
    page = as_("ines").get(f"{BASE}/{both}/edit").text.split("Who came along")[1].split("</fieldset>")[0]
    assert "checked" in page and "Ines" not in page
    sent = quick(garrick, when="earlier", on="2026-11-03", length="60", row_version=str(version), along=[mairead])
    # Another coordinator corrects it: that does not make it hers.
    assert as_("mairead").post(f"{BASE}/{both}/edit", data=sent).status_code == 303
    assert there(app, both) == the_two(app, 60)
    without = {**sent, "along": [], "row_version": str(version + 1)}
    assert as_("ines").post(f"{BASE}/{both}/edit", data=without).status_code == 303
    with app.app_context():
        assert there(app, both) == {(cast.person_id("ines"), "facilitator", 60)}
    stale = as_("mairead").post(f"{BASE}/{both}/edit", data={**sent, "row_version": str(version + 1)})
    assert stale.status_code == 409 and "Mairead" in stale.text


def test_somebody_has_to_have_been_there(as_, app, both):
    """Where the one who wrote it down was not there, whoever came along is all that is left."""
    as_("ines").post(f"{BASE}/{both}/not-there")
    with app.app_context():
        garrick, version = school_id(), db.session.get_one(SupportVisit, both).row_version
    sent = quick(garrick, when="earlier", on="2026-11-03", row_version=str(version), along=[])
    answer = as_("ines").post(f"{BASE}/{both}/edit", data=sent)
    assert answer.status_code == 422 and "Say who was there." in answer.text


def test_who_coordinates_no_longer_keeps_what_she_did_and_is_not_added_anew(in_app, both):
    with in_app():
        change_role(cast.network_id(), cast.person_id("mairead"), "member", cast.person_id("ines"))
        visit, ines, mairead = db.session.get_one(SupportVisit, both), cast.person_id("ines"), cast.person_id("mairead")
        from portal.activities.meetings import Met
        from portal.support.visits import Visit

        typed = Visit(Met(visit.starts_at, 50), visit.organisation_id, along=frozenset({mairead}))
        change_visit(visit, visit.row_version, ines, typed, "Europe/London")
        assert len(list(db.session.execute(select(Participation).where(Participation.minutes == 50)))) == 2
        with pytest.raises(DomainError, match="among the coordinators"):
            visited(along=frozenset({mairead}))
