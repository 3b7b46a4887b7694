"""Checklists: lines that are taken out or added while pairs tick, and that nobody but the two learns of a tick."""

from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.milestones.models import Milestone, PairMilestoneTick
from portal.milestones.operations import change_milestone
from portal.milestones.queries import values_of, version_of
from portal.programmes.models import Programme
from tests import cast
from tests.milestones.world import LIST, TODAY, address, ask, marks, pair_asked, pair_in


def listed(in_app):
    """(id of the pair, id of the milestone, ids of its three lines)."""
    with in_app():
        pair_id, milestone_id = pair_asked(name="First meeting", checklist=LIST)
        return pair_id, milestone_id, [one.id for one in db.session.get_one(Milestone, milestone_id).lines]


def now_asks(in_app, milestone_id, checklist):
    with in_app():
        one = db.session.get_one(Milestone, milestone_id)
        programme = db.session.get_one(Programme, one.programme_id)
        values = values_of(one) | {"checklist": checklist}
        change_milestone(one, programme, version_of(one), values, cast.person_id("ines"))


def ticked():
    return sorted(db.session.execute(select(PairMilestoneTick.line_id)).scalars())


def told():
    said = select(HistoryLine.action).where(HistoryLine.action.startswith("milestone."))
    return [one for one in db.session.execute(said.order_by(HistoryLine.id)).scalars() if one != "milestone.changed"][
        1:
    ]


def tick(who, pair_id, milestone_id, typed, seen=()):
    sent = {"ticked": list(typed), "seen": " ".join(map(str, seen))}
    return who.post(address(pair_id, milestone_id, "/lines"), data=sent)


def test_a_line_that_is_taken_out_and_put_in_again_is_still_ticked_whatever_was_ticked_meanwhile(as_, app, in_app):
    pair_id, milestone_id, (labs, who, day) = listed(in_app)
    tobi = as_("tobi")
    assert tick(tobi, pair_id, milestone_id, [labs]).status_code == 303
    now_asks(in_app, milestone_id, "Who is who\nA day for the first observation")
    page = tobi.get(address(pair_id, milestone_id)).text
    assert f'value="{labs}"' not in page and f'name="seen" value="{labs}"' not in page
    assert tick(tobi, pair_id, milestone_id, [who], [labs]).status_code == 303
    now_asks(in_app, milestone_id, LIST)
    with app.app_context():
        assert ticked() == sorted([labs, who]) and day not in ticked()


def test_where_all_that_is_left_is_ticked_the_two_are_told_and_nobody_else_learns_of_it(as_, app, in_app):
    """Were it done by itself, whoever takes a line out would learn which ones are ticked."""
    pair_id, milestone_id, (labs, who, _day) = listed(in_app)
    tobi = as_("tobi")
    tick(tobi, pair_id, milestone_id, [labs, who])
    now_asks(in_app, milestone_id, "The labs\nWho is who")
    with app.app_context():
        assert marks()[0][2] is None
    assert "All that is left on the list is ticked" in tobi.get(address(pair_id, milestone_id)).text
    coordinator = as_("ines").get(address(pair_id, milestone_id)).text
    assert "All that is left" not in coordinator and "We two" not in coordinator and "<b>The two" in coordinator
    assert tick(tobi, pair_id, milestone_id, [labs, who], [labs, who]).status_code == 303
    with app.app_context():
        assert marks()[0][2] == TODAY


def test_a_line_that_was_taken_out_while_she_ticked_is_left_out_and_the_rest_is_kept(as_, app, in_app):
    pair_id, milestone_id, (labs, who, _day) = listed(in_app)
    now_asks(in_app, milestone_id, "Who is who\nA day for the first observation")
    assert tick(as_("tobi"), pair_id, milestone_id, [labs, who]).status_code == 303
    with app.app_context():
        assert ticked() == [who] and marks()[0][2] is None


def test_a_list_that_was_taken_away_while_she_ticked_is_not_done_by_that(as_, app, in_app):
    pair_id, milestone_id, (labs, _who, _day) = listed(in_app)
    now_asks(in_app, milestone_id, "")
    answer = tick(as_("tobi"), pair_id, milestone_id, [labs])
    assert answer.status_code == 422 and "The list was taken away while you ticked" in answer.text
    with app.app_context():
        assert all(done_on is None for _milestone, _period, done_on in marks())


def test_what_was_said_to_be_done_without_the_list_stays_done_when_a_line_is_unticked(as_, app, in_app):
    pair_id, milestone_id, (labs, who, _day) = listed(in_app)
    tobi = as_("tobi")
    tobi.post(address(pair_id, milestone_id, "/done"), data={"done_on": "2026-11-05"})
    tick(tobi, pair_id, milestone_id, [labs, who])
    tick(tobi, pair_id, milestone_id, [labs], [labs, who])
    with app.app_context():
        assert marks()[0][2].isoformat() == "2026-11-05" and ticked() == [labs]


def test_the_history_tells_that_a_list_is_done_or_open_again_and_never_that_somebody_ticked(as_, app, in_app):
    pair_id, milestone_id, lines = listed(in_app)
    tobi = as_("tobi")
    tick(tobi, pair_id, milestone_id, lines[:1])
    tick(tobi, pair_id, milestone_id, lines[1:2], lines[:1])
    with app.app_context():
        assert told() == []
    tick(tobi, pair_id, milestone_id, lines, lines[1:2])
    tick(tobi, pair_id, milestone_id, lines[:1], lines)
    with app.app_context():
        assert told() == ["milestone.done", "milestone.open"]


def test_the_list_of_what_a_pair_is_asked_stays_within_its_queries(as_, in_app, queries):
    with in_app():
        made = ask(checklist=LIST)
        programme = db.session.get_one(Programme, made.programme_id)
        for number in range(15):
            ask(programme, f"List {number}", checklist=LIST)
        pair_id = pair_in(made)
    tobi, page = as_("tobi"), f"/n/tarn-and-tide/mentoring/pairs/{pair_id}/milestones"
    tobi.get(page)
    with queries() as asked:
        assert tobi.get(page).text.count("Open the list") == 16
    assert len(asked) <= 12, asked
