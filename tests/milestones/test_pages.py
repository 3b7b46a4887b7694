"""A programme's milestones on their pages: writing them, what pairs have done, and who reads what."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.milestones.models import ONCE, Milestone, PairMilestoneTick
from portal.milestones.operations import take_usual
from portal.milestones.queries import milestones_of, version_of
from portal.programmes.models import Programme
from portal.programmes.operations import add_programme, name_reader
from portal.programmes.starting import rules
from tests import cast
from tests.milestones.world import BASE, LIST, TODAY, address, ask, marks, pair_asked, pair_in

TYPED = {"name": "First observation", "due": "after_start", "within_days": "60", "known_by": "hand", "who": "both"}


@pytest.fixture
def programme(in_app):
    with in_app():
        return add_programme(cast.network_id(), rules("Induction"), cast.person_id("ines")).id


def asked_of(app, programme_id):
    with app.app_context():
        return [(one.name, one.position, one.retired_at is None) for one in milestones_of(programme_id)]


def test_the_usual_ones_are_taken_once_and_can_be_changed_moved_and_taken_out(as_, app, programme):
    ines, index = as_("ines"), f"{BASE}/programmes/{programme}/milestones"
    assert "Take the usual ones" in ines.get(index).text
    for _twice in range(2):
        assert ines.post(f"{index}/usual").status_code == 303
    names = [name for name, _position, _live in asked_of(app, programme)]
    assert names[:2] == ["Agreement", "First meeting"] and len(names) == 7
    with app.app_context():
        first = milestones_of(programme)[0]
        assert (first.known_by, first.within_days) == ("agreement", 10)
    assert ines.post(f"{BASE}/milestones/{first.id}/down").status_code == 303
    assert [one[0] for one in asked_of(app, programme)][:2] == ["First meeting", "Agreement"]
    told = ines.post(f"{BASE}/milestones/{first.id}/retire", follow_redirects=True).text
    assert "is asked for no more" in told and "Asked for no more" in told
    assert ines.post(f"{BASE}/milestones/{first.id}/restore").status_code == 303
    assert all(live for _name, _position, live in asked_of(app, programme))


def test_a_member_reads_what_is_asked_and_changes_nothing(as_, app, in_app, programme):
    with in_app():
        take_usual(db.session.get_one(Programme, programme), cast.person_id("ines"))
    page = as_("petra").get(f"{BASE}/programmes/{programme}/milestones").text
    assert "Within 10 days of the start" in page and "A day for the first observation" in page
    assert "Take out" not in page and "How the pairs stand" not in page
    assert as_("petra").post(f"{BASE}/programmes/{programme}/milestones/new", data=TYPED).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Type what it is"),
        ({"within_days": "0"}, "from 1 to 366"),
        ({"within_days": "soon"}, "from 1 to 366"),
        ({"due": "each_year", "by_day": "31", "by_month": "4"}, "no such day"),
        ({"due": "each_year", "by_day": "", "by_month": "4"}, "from 1 to 31"),
        ({"due": ""}, "Choose when it is due"),
        ({"known_by": "talk", "checklist": LIST}, "A checklist is for what one of the two says"),
        ({"checklist": "x" * 201}, "One line is too long"),
        ({"checklist": "\n".join(str(one) for one in range(31))}, "Keep it to 30 lines"),
    ],
)
def test_what_was_typed_wrongly_is_said_beside_it_and_stays(as_, app, programme, wrong, sentence):
    answer = as_("ines").post(
        f"{BASE}/programmes/{programme}/milestones/new", data=TYPED | {"hint": "In her own lab."} | wrong
    )
    assert answer.status_code == 422 and sentence in answer.text and "In her own lab." in answer.text
    assert asked_of(app, programme) == []


def test_a_name_stands_once(as_, programme):
    new = f"{BASE}/programmes/{programme}/milestones/new"
    assert as_("ines").post(new, data=TYPED).status_code == 303
    assert "is there already" in as_("ines").post(new, data=TYPED | {"name": "first Observation"}).text


def test_who_saves_second_sees_both_and_a_line_that_stays_keeps_its_ticks(as_, app, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(name="First meeting", checklist=LIST)
        seen = version_of(db.session.get_one(Milestone, milestone_id))
        line = db.session.get_one(Milestone, milestone_id).lines[0].id
    tobi, ines, edit = as_("tobi"), as_("ines"), f"{BASE}/milestones/{milestone_id}/edit"
    assert tobi.post(address(pair_id, milestone_id, "/lines"), data={"ticked": [line], "seen": ""}).status_code == 303
    changed = TYPED | {"name": "First meeting", "checklist": "Keys\n The labs ", "version": seen}
    assert ines.post(edit, data=changed).status_code == 303
    stale = ines.post(edit, data=changed | {"checklist": "Mine"})
    assert stale.status_code == 409 and "Keys" in stale.text and "Mine" in stale.text
    with app.app_context():
        live = db.session.get_one(Milestone, milestone_id).live_lines
        assert [one.words for one in live] == ["Keys", "The labs"] and live[1].id == line
        assert db.session.execute(select(PairMilestoneTick.line_id)).scalars().all() == [line]


def test_the_coordinator_reads_how_pairs_stand_and_takes_it_along(as_, app, in_app, queries):
    with in_app():
        made = ask()
        for mentee in ("tobi", "leon"):
            pair_in(made, mentee)
        ask(db.session.get_one(Programme, made.programme_id), "First talk", within_days=10, known_by="talk")
    path = f"{BASE}/programmes/{made.programme_id}/milestones"
    ines = as_("ines")
    with queries() as asked:
        page = ines.get(path)
    assert len(asked) <= 12, asked
    assert "How the pairs stand" in page.text and "Was due 60 days ago" in page.text and "0 of 2" in page.text
    rows = list(csv.DictReader(io.StringIO(as_("ines").get(f"{path}?format=csv").text)))
    assert len(rows) == 4 and {row["Milestone"] for row in rows} == {"First observation", "First talk"}


def test_whoever_reads_the_totals_gets_numbers_from_five_pairs_on(as_, in_app):
    with in_app():
        made = ask()
        programme = db.session.get_one(Programme, made.programme_id)
        name_reader(programme, cast.person_id("petra"), cast.person_id("ines"))
        for mentee in ("tobi", "leon"):
            pair_in(made, mentee)
    page = as_("petra").get(f"{BASE}/programmes/{made.programme_id}/milestones").text
    assert "Asked of fewer than five pairs" in page and "Done in" not in page and "Tobi" not in page


def test_one_of_the_two_says_that_it_is_done_and_takes_it_back(as_, app, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked()
    tobi = as_("tobi")
    page = tobi.get(f"{BASE}/pairs/{pair_id}").text
    assert "What your programme asks for" in page and "Was due 10 days ago" in page
    for day, sentence in (("2026-11-11", "still to come"), ("", "Say on which day")):
        wrong = tobi.post(address(pair_id, milestone_id, "/done"), data={"done_on": day})
        assert wrong.status_code == 422 and sentence in wrong.text
    done = {"done_on": "2026-11-05"}
    told = tobi.post(address(pair_id, milestone_id, "/done"), data=done, follow_redirects=True).text
    assert "is done." in told and "Undo" in told
    assert "Done on Thu 5 Nov" in as_("ines").get(f"{BASE}/pairs/{pair_id}/milestones").text
    with app.app_context():
        assert marks() == [(milestone_id, ONCE, date(2026, 11, 5))]
    assert as_("ines").post(address(pair_id, milestone_id, "/open")).status_code == 303
    with app.app_context():
        assert marks() == [(milestone_id, ONCE, None)]
        said = select(HistoryLine.action).where(HistoryLine.action.startswith("milestone."))
        assert db.session.execute(said).scalars().all()[-2:] == ["milestone.done", "milestone.open"]
    assert as_("petra").post(address(pair_id, milestone_id, "/done"), data=done).status_code == 403


def test_two_who_tick_at_once_both_count_and_the_last_line_finishes_it(as_, app, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(name="First meeting", checklist=LIST)
        first, second, third = (line.id for line in db.session.get_one(Milestone, milestone_id).lines)
    post = address(pair_id, milestone_id, "/lines")
    assert as_("tobi").post(post, data={"ticked": [first], "seen": ""}).status_code == 303
    assert as_("dafydd").post(post, data={"ticked": [second], "seen": ""}).status_code == 303
    with app.app_context():
        assert marks()[0][2] is None
    told = as_("tobi").post(post, data={"ticked": [first, second, third], "seen": f"{first} {second}"})
    assert told.status_code == 303
    with app.app_context():
        assert marks()[0][2] == TODAY
    assert as_("tobi").post(post, data={"ticked": [first], "seen": f"{first} {second} {third}"}).status_code == 303
    with app.app_context():
        assert marks()[0][2] is None
        assert db.session.execute(select(PairMilestoneTick.line_id)).scalars().all() == [first]


def test_a_coordinator_reads_the_list_and_never_what_is_ticked(as_, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(name="First meeting", checklist=LIST)
        line = db.session.get_one(Milestone, milestone_id).lines[0].id
    as_("tobi").post(address(pair_id, milestone_id, "/lines"), data={"ticked": [line], "seen": ""})
    page = as_("ines").get(address(pair_id, milestone_id)).text
    assert "The labs" in page and 'type="checkbox"' not in page and "checked" not in page
    assert "checked" in as_("dafydd").get(address(pair_id, milestone_id)).text


def test_another_month_and_what_is_asked_no_more_have_no_page(as_, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(due="each_month", within_days=None)
    tobi = as_("tobi")
    assert tobi.get(address(pair_id, milestone_id, period=date(2026, 10, 1))).status_code == 200
    assert tobi.get(address(pair_id, milestone_id, period=date(2026, 9, 1))).status_code == 404
    assert tobi.get(f"{BASE}/pairs/{pair_id}/milestones/{milestone_id}/today").status_code == 404
    as_("ines").post(f"{BASE}/milestones/{milestone_id}/retire")
    assert tobi.get(address(pair_id, milestone_id, period=date(2026, 10, 1))).status_code == 404


def test_the_page_of_a_pair_stays_within_its_queries(as_, in_app, queries):
    with in_app():
        pair_id, _milestone_id = pair_asked(known_by="observation")
    tobi = as_("tobi")
    tobi.get(f"{BASE}/pairs/{pair_id}")
    with queries() as asked:
        tobi.get(f"{BASE}/pairs/{pair_id}")
    assert len(asked) <= 15, asked


def test_one_press_on_the_list_says_it_is_done_today(as_, app, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked()
    page = as_("dafydd").get(f"{BASE}/pairs/{pair_id}/milestones").text
    assert 'name="done_on" value="2026-11-10"' in page
    as_("dafydd").post(address(pair_id, milestone_id, "/done"), data={"done_on": "2026-11-10"})
    with app.app_context():
        assert marks() == [(milestone_id, ONCE, TODAY)]
