"""The figures of evaluations: made of what may be shown, rows are events, and silence is not "no"."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.activities.counted_rows import Span
from portal.activities.counting import figures, whole_key
from portal.activities.models import Participation
from portal.db import db
from portal.evaluation import counting
from portal.evaluation.operations_follow_up import ask_whether_tried
from portal.evaluation.queries import evaluation_of
from portal.surveys.operations import close_survey
from portal.surveys.operations_answers import invite
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.evaluation.evenings import DAY, ENDS, EVENING, crowd, evening, opened, say

NOON = (ENDS + 43 * DAY).replace(hour=12)
YEAR = datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 8, 1, tzinfo=UTC)


def counted():
    span = Span((cast.network_id(),), *YEAR)
    return figures((*counting.RULES, *counting.GAPS), span)


@pytest.fixture
def evening_of_eight(in_app):
    """Eight came and were asked, six answered: 5, 5, 4, 4, 3, 1."""
    with in_app():
        event = evening(came=crowd(8))
        survey = opened(event)
        clock.freeze(EVENING)
        there = select(Participation.person_id).where(Participation.activity_id == event.sessions[0].id)
        people = sorted(db.session.execute(there).scalars())
        invite(survey, people)
        for person_id, step in zip(people[:6], (5, 5, 4, 4, 3, 1), strict=True):
            say(event, person_id, step)
    return people


def test_while_it_is_open_only_who_answered_is_counted(evening_of_eight, in_app):
    with in_app():
        found = counted()
    assert (found["evaluations"], found[whole_key("evaluations")]) == (6, 8)
    assert (found["good-use"], found[whole_key("good-use")]) == (0, 0)
    assert found["evaluations-not-shown"] == 1


def test_when_it_has_closed_agreeing_answers_of_all_answers(evening_of_eight, in_app):
    with in_app():
        close_survey(evaluation_of(1), cast.person_id("ines"))
        found = counted()
        [row] = db.session.execute(counting.agreeing("good-use")(Span((cast.network_id(),), *YEAR)))
    assert (found["good-use"], found[whole_key("good-use")]) == (4, 6)
    assert (found["whom-to-ask"], found[whole_key("whom-to-ask")]) == (4, 6)
    assert (row.what, row.agree, row.answers) == ("Build a hand", 4, 6) and found["evaluations-not-shown"] == 0


def test_an_evaluation_of_four_counts_nowhere_but_as_answered(in_app):
    with in_app():
        event = evening(came=crowd(4))
        opened(event)
        clock.freeze(EVENING)
        for person_id in sorted(db.session.execute(select(Participation.person_id)).scalars()):
            say(event, person_id, 5)
        close_survey(evaluation_of(1), cast.person_id("ines"))
        found = counted()
    assert found["good-use"] == 0 and found["evaluations"] == 4 and found["evaluations-not-shown"] == 1


def test_named_ones_count_from_the_first_answer_on(in_app):
    with in_app():
        event = evening(came=("tobi",), way="named")
        opened(event)
        clock.freeze(EVENING)
        say(event, "tobi", 5)
        assert counted()["good-use"] == 1


def test_another_network_counts_nothing(evening_of_eight, in_app):
    with in_app():
        span = Span((cast.network_id("fell-and-furrow"),), *YEAR)
        assert set(figures((*counting.RULES, *counting.GAPS), span).values()) == {0}


def test_uses_classes_students_and_who_has_not_told(client, in_app):
    with in_app():
        event = evening(came=("tobi", "leon", "dafydd"))
        clock.freeze(NOON)
    with in_app():
        ask_whether_tried()
        links = {key: act_link("tried", cast.person_id(key), event.id) for key in ("tobi", "leon")}
    told = {"choice": "yes", "used_on": "2026-12-01", "classes": "2"}
    client.post(links["tobi"][links["tobi"].index("/a/") :], data=told | {"students": "47"})
    client.post(links["leon"][links["leon"].index("/a/") :], data=told)
    with in_app():
        found = counted()
    assert (found["event-uses"], found["event-classes"], found["event-students"]) == (2, 4, 47)
    assert found["event-uses-without-students"] == 1 and found["not-told"] == 1


def test_a_use_of_an_event_is_no_use_of_a_pack(client, in_app):
    from portal.resources import counting as resources

    with in_app():
        event = evening(came=("tobi",))
        link = act_link("tried", cast.person_id("tobi"), event.id, days=100)
        clock.freeze(NOON)
    client.post(
        link[link.index("/a/") :], data={"choice": "yes", "used_on": "2026-12-01", "classes": "1", "students": "9"}
    )
    with in_app():
        assert set(figures(resources.RULES, Span((cast.network_id(),), *YEAR)).values()) == {0}


def test_the_page_of_numbers_shows_a_part_of_its_whole(evening_of_eight, as_, in_app):
    with in_app():
        close_survey(evaluation_of(1), cast.person_id("ines"))
    page = as_("ines").get("/n/tarn-and-tide/numbers/").text
    assert "evaluations answered, of those asked for: 75 % of 8" in page
    assert "say that it was a good use of their time: 67 % of 6" in page
    sheet = as_("ines").get("/n/tarn-and-tide/numbers/?format=csv").text
    [line] = [line for line in sheet.splitlines() if line.startswith("say that it was a good use")]
    assert ",4,number," in line and line.endswith(",6")
    rows = as_("ines").get("/n/tarn-and-tide/numbers/rows/good-use").text
    assert "/n/tarn-and-tide/events/1/evaluation/results" in rows and "Guest" not in rows


def test_members_are_not_told_figures_that_point_to_a_person(in_app, as_):
    with in_app():
        event = evening(came=("tobi",), way="named")
        opened(event)
        clock.freeze(EVENING)
        say(event, "tobi", 5)
    assert "good use of their time: 100 % of 1" in as_("ines").get("/n/tarn-and-tide/numbers/").text
    page = as_("tobi").get("/n/tarn-and-tide/numbers/").text
    assert "good use of their time: 100" not in page and "under 5" in page
