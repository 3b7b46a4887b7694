"""What mentor schools do: meetings in half a minute, counted once; at most five aims, each closed with a result."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.activities.counting import RULES as LEDGER
from portal.activities.counting import Span, figures
from portal.activities.models import Participation
from portal.db import db
from portal.history.queries import lines_about
from portal.mentor_schools.counting import RULES
from portal.mentor_schools.models import OrganisationAim, OrganisationMeeting, OrganisationPair
from portal.mentor_schools.operations import end_pair
from portal.mentor_schools.operations_aims import close_aim, set_aim
from portal.mentor_schools.pairs import Aim
from portal.web.errors import DomainError
from tests import cast
from tests.access.mentor_schools import met, proposed, running
from tests.access.support import school_id

BASE = "/n/tarn-and-tide/mentoring/schools"
NOVEMBER = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def pair_id(in_app):
    with in_app():
        return running().id


def people(app, *who):
    with app.app_context():
        return [str(cast.person_id(one)) for one in who]


def quick(there, **more):
    return {"when": "today", "length": "60", "mode": "in_person", "there": there} | more


def test_the_leads_are_ticked_and_one_press_writes_a_meeting_down(as_, app, pair_id):
    page = as_("tobi").get(f"{BASE}/{pair_id}/met").text
    assert page.count("checked") == 5  # today, 30 minutes, in person, and both leads
    answer = as_("tobi").post(f"{BASE}/{pair_id}/met", data=quick(people(app, "dafydd", "tobi")))
    assert answer.status_code == 303
    with app.app_context():
        parts = db.session.execute(
            select(Participation.person_id, Participation.capacity, Participation.organisation_id)
        ).all()
        assert set(parts) == {
            (cast.person_id("dafydd"), "mentor", school_id("Brackenhythe Academy")),
            (cast.person_id("tobi"), "mentee", school_id()),
        }
    assert "Tobi Larkhill" in as_("petra").get(f"{BASE}/{pair_id}").text


@pytest.mark.parametrize(
    ("who", "more", "said"),
    [
        ((), {}, "Say who was there"),
        (("tobi",), {"when": "earlier", "on": "2026-09-01"}, "It began only after that day."),
        (("tobi",), {"when": "earlier", "on": "2027-01-05"}, "This day has not come yet."),
        (("tobi",), {"length": "other", "minutes": "1800"}, "Type minutes from 1 to 600."),
    ],
)
def test_nonsense_is_refused_in_words(as_, app, pair_id, who, more, said):
    sent = quick(people(app, *who), outcome="Two robots run.") | more
    answer = as_("tobi").post(f"{BASE}/{pair_id}/met", data=sent)
    assert answer.status_code == 422 and said in answer.text and "Two robots run." in answer.text


def test_somebody_of_neither_side_was_not_there(as_, app, pair_id):
    assert as_("tobi").post(f"{BASE}/{pair_id}/met", data=quick(people(app, "leon"))).status_code == 422


def test_before_both_said_yes_nothing_is_written_down(in_app):
    with in_app(), pytest.raises(DomainError, match="Both sides have to say yes first"):
        met(proposed())


def test_a_meeting_after_the_end_is_refused_and_one_before_is_not(in_app):
    with in_app():
        pair = running()
        end_pair(pair, cast.person_id("tobi"), date(2026, 11, 5), "met", "", date(2026, 11, 10))
        met(pair, day=4)
        with pytest.raises(DomainError, match="It had ended by that day"):
            met(pair, day=6)


def test_a_correction_leaves_both_figures_and_a_stale_page_is_told(as_, app, in_app):
    with in_app():
        pair = running()
        meeting_id, pair_id = met(pair), pair.id
    path = f"{BASE}/{pair_id}/meetings/{meeting_id}"
    page = as_("dafydd").get(path).text
    assert "Two robots run." in page and 'value="2026-11-03"' in page
    with app.app_context():
        version = db.session.get_one(OrganisationMeeting, meeting_id).row_version
    sent = quick(
        people(app, "dafydd"), when="earlier", on="2026-11-03", length="other", minutes="75", row_version=str(version)
    )
    assert as_("dafydd").post(path, data=sent | {"outcome": "Three robots run."}).status_code == 303
    assert "from 60 to 75 minutes" in as_("dafydd").get(path).text
    with app.app_context():
        parts = db.session.execute(select(Participation.person_id, Participation.minutes)).all()
        assert parts == [(cast.person_id("dafydd"), 75)]
    stale = as_("tobi").post(path, data=sent | {"outcome": "None runs."})
    assert stale.status_code == 409 and "Three robots run." in stale.text and "None runs." in stale.text


def test_removed_it_counts_no_more_and_undo_brings_it_back(as_, app, in_app):
    with in_app():
        pair = running()
        path = f"{BASE}/{pair.id}/meetings/{met(pair)}"
    as_("tobi").post(f"{path}/removal")
    assert counted(app)["mentor-schools-meetings"] == 0 and as_("tobi").get(path).status_code == 404
    as_("tobi").post(f"{path}/restore")
    assert counted(app)["mentor-schools-meetings"] == 1


def counted(app, rules=RULES):
    with app.app_context():
        return figures(rules, Span((cast.network_id(),), *NOVEMBER))


def test_pairs_meetings_hours_and_results_are_four_figures(app, in_app):
    with in_app():
        first = running()
        met(first, minutes=60)
        met(first, day=4, minutes=45)
        proposed(mentee_organisation_id=school_id("Kestrel Lane Primary"), mentee_lead_id=None)
        end_pair(first, cast.person_id("tobi"), date(2026, 11, 9), "met", "It runs.", date(2026, 11, 10))
    assert counted(app) == {
        "mentor-schools": 1,
        "mentor-schools-meetings": 2,
        "mentor-schools-hours": 105,
        "mentor-schools-ended": 1,
    }
    assert set(counted(app, LEDGER).values()) == {0}


def test_five_aims_are_open_at_most(as_, app, pair_id, in_app):
    with in_app():
        from portal.mentor_schools.queries import pair_in

        pair = pair_in(cast.network_id(), pair_id)
        for number in range(4):
            set_aim(pair, cast.person_id("tobi"), Aim(f"Aim {number}"))
    fifth = {"text": "A club on Tuesdays", "seen_by": "Ten come back", "by_on": "2026-12-01"}
    assert as_("dafydd").post(f"{BASE}/{pair_id}/aims/new", data=fifth).status_code == 303
    answer = as_("dafydd").post(f"{BASE}/{pair_id}/aims/new", data=fifth)
    assert answer.status_code == 422 and "Five aims are open." in answer.text
    assert "Close one before you set another." in as_("tobi").get(f"{BASE}/{pair_id}").text


def test_an_aim_is_closed_with_a_result_and_opened_again(as_, app, pair_id):
    tobi = as_("tobi")
    tobi.post(f"{BASE}/{pair_id}/aims/new", data={"text": "A club on Tuesdays", "seen_by": "Ten come back"})
    with app.app_context():
        aim_id = db.session.execute(select(OrganisationAim.id)).scalar_one()
    path = f"{BASE}/{pair_id}/aims/{aim_id}"
    assert "Choose what came of it." in tobi.post(f"{path}/result", data={}).text
    page = tobi.post(f"{path}/result", data={"result": "partly"}, follow_redirects=True).text
    assert "Partly met" in page and f"{path}/opening" in page
    tobi.post(f"{path}/opening")
    sent = {"text": "A club on Mondays", "row_version": "3"}
    assert tobi.post(path, data=sent).status_code == 303
    stale = as_("dafydd").post(path, data=sent | {"text": "A club on Fridays"})
    assert stale.status_code == 409 and "A club on Mondays" in stale.text


def test_the_meetings_of_a_pair_go_along_as_a_sheet(as_, in_app):
    with in_app():
        pair = running()
        met(pair)
        path = f"{BASE}/{pair.id}"
    sheet = as_("petra").get(f"{path}?format=csv").text
    assert "Two robots run." in sheet and "Dafydd Okonjo-Reeve, Tobi Larkhill" in sheet


def test_another_result_of_a_closed_aim_leaves_a_line(in_app, pair_id):
    with in_app():
        pair, tobi = db.session.get(OrganisationPair, pair_id), cast.person_id("tobi")
        aim = set_aim(pair, tobi, Aim("A club"))
        for result in ("met", "met", "partly"):
            close_aim(pair, aim, tobi, result)
        told = [line.action for line in lines_about("organisation_pair", pair_id, limit=3)]
    assert told == ["schools.aim_changed", "schools.aim_closed", "schools.aim_set"]
