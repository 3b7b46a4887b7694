"""Programmes as coordinators keep them: rules typed once, a start like another place, nothing lost when two write."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from portal.db import db
from portal.history.models import HistoryLine
from portal.networks.models import Membership, NetworkOrganisation
from portal.organisations.models import Organisation
from portal.programmes.models import FrameLine, Programme, ProgrammeReader, TeachingFrame
from portal.programmes.operations import name_reader
from portal.programmes.operations_frames import start_frames
from portal.programmes.queries_frames import lines_of
from portal.programmes.starting import rules, starts
from portal.programmes.words import in_short, rules_in_words
from tests import cast

BASE = "/n/tarn-and-tide/mentoring/programmes"


def typed(**more):
    return {
        "name": "Induction", "kind": "induction", "organisation_id": "0", "year_begins_day": "1", "year_begins_month": "9",
        "silent_after_days": "30", "counts_group": "y", "counts_support": "y", "unit": "hour", "units": "hours",
        "minutes_a_unit": "60", "round_to": "1", "frame_id": "0",
    } | more  # fmt: skip


def the_one(app):
    with app.app_context():
        return db.session.execute(select(Programme)).scalar_one()


def test_hours_are_typed_in_hours_and_what_is_empty_asks_for_nothing(as_, app):
    ines = as_("ines")
    answer = ines.post(f"{BASE}/new", data=typed(minutes_a_year="75", minutes_a_week="1,5", closes_on_day="15"))
    assert answer.status_code == 303
    made = the_one(app)
    assert (made.minutes_a_year, made.minutes_a_week, made.closes_on_day) == (4500, 90, 15)
    assert made.every_days is None and made.only_confirmed is False and made.counts_group
    page = ines.get(f"{BASE}/{made.id}").text
    assert "It asks for 75 hours a year." in page and "Months close on day 15" in page
    assert 'value="75"' in ines.get(f"{BASE}/{made.id}/edit").text


@pytest.mark.parametrize("start", starts(), ids=lambda start: start.key)
def test_each_start_fills_a_form_that_can_be_saved_as_it_is(in_app, start):
    from portal.programmes.forms import ProgrammeForm

    with in_app():
        start_frames()
        frame = start.values.get("frame")
        found = db.session.execute(select(TeachingFrame.id).where(TeachingFrame.code == (frame or "intasc"))).scalar()
        assert found
        given = {key: value for key, value in start.values.items() if key != "frame"}
        form = ProgrammeForm(given=given).offer([], [])
        assert form.validate(), form.errors
        assert {key: form.values()[key] for key in given} == given


def test_a_start_is_offered_with_the_form_filled_and_saved_by_nobody(as_, app):
    page = as_("ines").get(f"{BASE}/new?like=washington").text
    assert "clock hours" in page and "Check it with the office" in page
    with app.app_context():
        assert not db.session.execute(select(Programme.id)).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Type what people call it"),
        ({"minutes_a_year": "many"}, "is not a number"),
        ({"minutes_a_year": "90", "most_minutes_a_year": "75"}, "The most is under the least"),
        ({"silent_after_days": ""}, "Type a number from 1 to 366"),
        ({"closes_on_day": "32"}, "Type a number from 1 to 31"),
        ({"year_begins_day": "31", "year_begins_month": "4"}, "That month has no such day"),
        ({"first_every_days": "4"}, "Say both"),
        ({"kind": "magic"}, "Choose one from the list"),
    ],
)
def test_nonsense_is_refused_and_what_was_typed_is_kept(as_, app, wrong, sentence):
    answer = as_("ines").post(f"{BASE}/new", data=typed(about="Ask the office first") | wrong)
    assert answer.status_code == 422 and "Ask the office first" in answer.text
    assert sentence in answer.text
    with app.app_context():
        assert not db.session.execute(select(Programme.id)).all()


def test_the_second_of_two_writers_sees_both_versions(as_, app):
    ines = as_("ines")
    ines.post(f"{BASE}/new", data=typed())
    made = the_one(app)
    version = ines.get(f"{BASE}/{made.id}/edit").text.split('name="version" type="hidden" value="')[1][:16]
    ines.post(f"{BASE}/{made.id}/edit", data=typed(version=version, signed_by="Principal"))
    second = ines.post(f"{BASE}/{made.id}/edit", data=typed(version=version, signed_by="Programme lead"))
    assert second.status_code == 409 and "Principal" in second.text and "Programme lead" in second.text
    assert the_one(app).signed_by == "Principal"


def test_a_name_is_given_once_and_a_closed_programme_comes_back(as_, app):
    ines = as_("ines")
    ines.post(f"{BASE}/new", data=typed())
    assert "is there already" in ines.post(f"{BASE}/new", data=typed(name="induction")).text
    made = the_one(app)
    assert "Undo" in ines.post(f"{BASE}/{made.id}/retire", follow_redirects=True).text
    assert the_one(app).retired_at is not None
    assert "was closed. Open it again" in ines.post(f"{BASE}/new", data=typed()).text
    ines.post(f"{BASE}/{made.id}/restore")
    assert the_one(app).retired_at is None
    with app.app_context():
        told = db.session.execute(select(HistoryLine.action).where(HistoryLine.subject_kind == "programme")).scalars()
        assert set(told) == {"programme.added", "programme.retired", "programme.restored"}


def test_readers_are_members_of_the_network_and_are_seen_by_whoever_is_read(as_, app):
    ines = as_("ines")
    ines.post(f"{BASE}/new", data=typed())
    made = the_one(app)
    with app.app_context():
        petra, kofi = cast.person_id("petra"), cast.person_id("kofi")
    assert ines.post(f"{BASE}/{made.id}/readers", data={"person_id": kofi}).status_code == 422
    assert ines.post(f"{BASE}/{made.id}/readers", data={"person_id": petra}).status_code == 303
    assert "Petra Lindqvist" in as_("tobi").get(f"{BASE}/{made.id}").text
    assert "Read its totals" in as_("petra").get(f"{BASE}/{made.id}").text
    assert "Read its totals" not in as_("tobi").get(f"{BASE}/{made.id}").text
    with app.app_context():
        reader = db.session.execute(select(ProgrammeReader)).scalar_one()
    ines.post(f"{BASE}/{made.id}/readers/{reader.id}/end")
    assert "Petra Lindqvist" not in as_("tobi").get(f"{BASE}/{made.id}").text
    ines.post(f"{BASE}/{made.id}/readers/{reader.id}/resume")
    assert "Petra Lindqvist" in as_("tobi").get(f"{BASE}/{made.id}").text


def test_only_coordinators_keep_rules_and_the_page_of_rules_asks_few_questions(as_, app, queries):
    as_("ines").post(f"{BASE}/new", data=typed())
    made = the_one(app)
    tobi = as_("tobi")
    assert tobi.get(f"{BASE}/new").status_code == 403 and "Change its rules" not in tobi.get(f"{BASE}/{made.id}").text
    assert as_("kofi").get(f"{BASE}/{made.id}").status_code == 404
    ines = as_("ines")
    for path in ("/", "/new", f"/{made.id}", f"/{made.id}/edit"):
        with queries() as seen:
            assert ines.get(BASE + path).status_code == 200
        assert len(seen) <= 12, "\n".join(seen)


def test_frames_are_given_once_and_those_that_are_there_are_left_alone(in_app):
    with in_app():
        assert start_frames() == 2
        assert start_frames() == 0
        codes = {code: id for id, code in db.session.execute(select(TeachingFrame.id, TeachingFrame.code))}
        assert len(lines_of([codes["danielson"]])[codes["danielson"]]) == 4
        assert len(lines_of([codes["intasc"]])[codes["intasc"]]) == 3


def test_an_administrator_adds_a_line_and_retires_another(as_, app):
    ravi = as_("ravi")
    with app.app_context():
        frame = db.session.execute(select(TeachingFrame.id)).scalar_one()
        line = db.session.execute(select(FrameLine.id).where(FrameLine.code == "1")).scalar_one()
    assert ravi.post(f"/admin/frames/{frame}", data={"code": "1", "label": "Twice"}).status_code == 422
    assert (
        ravi.post(
            f"/admin/frames/{frame}", data={"code": "11", "label": "Digital learning", "hint": "Screens too"}
        ).status_code
        == 303
    )
    assert "Undo" in ravi.post(f"/admin/frames/{frame}/lines/{line}/retire", follow_redirects=True).text
    with app.app_context():
        assert [one.code for one in lines_of([frame])[frame]] == ["2", "3", "11"]
    ravi.post(f"/admin/frames/{frame}/lines/{line}/restore")
    with app.app_context():
        assert len(lines_of([frame])[frame]) == 4


def test_a_line_gets_other_words_and_whatever_was_ticked_reads_them(as_, in_app):
    ravi, (frame, line) = as_("ravi"), the_first_line(in_app)
    path = f"/admin/frames/{frame}/lines/{line}"
    page = ravi.get(path).text
    assert "statements of past years too" in page and "It stays line 1" in page
    assert ravi.post(path, data={"label": " "}).status_code == 422
    typed = {"label": "How learners develop", "hint": "What each is ready for next", "seen": mark_in(page)}
    assert "reads the new words" in ravi.post(path, data=typed, follow_redirects=True).text
    # The second of two sees both versions, and replaces knowingly.
    clash = ravi.post(path, data=typed | {"label": "Growing up"})
    assert clash.status_code == 409 and "How learners develop" in clash.text and "Growing up" in clash.text
    assert ravi.post(path, data=typed | {"hint": "Other", "seen": mark_in(clash.text)}).status_code == 303
    assert ravi.post(path, data=typed | {"hint": "Other"}).status_code == 303
    with in_app():
        there = db.session.get_one(FrameLine, line)
        assert (there.code, there.label, there.hint) == ("1", "How learners develop", "Other")
        found = select(HistoryLine.action).where(HistoryLine.subject_kind == "frame").order_by(HistoryLine.id)
        assert db.session.scalars(found).all() == ["frame-line.renamed", "frame-line.changed"]
    shown = ravi.get(f"/admin/frames/{frame}").text
    assert "renamed the line “Learner development” to “How learners develop”" in shown and "Other" in shown


def test_lines_change_places_in_their_frame(as_, in_app):
    ravi, (frame, line) = as_("ravi"), the_first_line(in_app)
    for step in ("down", "up", "up", "down"):
        assert ravi.post(f"/admin/frames/{frame}/lines/{line}/{step}").status_code == 303
    with in_app():
        assert [one.code for one in lines_of([frame])[frame]] == ["2", "1", "3"]
        moved = select(HistoryLine.id).where(HistoryLine.action == "frame-line.moved")
        assert len(db.session.scalars(moved).all()) == 3
    assert ravi.get(f"/admin/frames/{frame + 1}/lines/{line}").status_code == 404


def the_first_line(in_app):
    with in_app():
        frame = db.session.execute(select(TeachingFrame.id)).scalar_one()
        return frame, db.session.execute(select(FrameLine.id).where(FrameLine.code == "1")).scalar_one()


def mark_in(page):
    return page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]


def test_a_programme_keeps_whose_it_is_when_that_organisation_closes_or_leaves(as_, app, in_app):
    """A form that did not offer it any more would make it the network's own, and nobody would have said so."""
    with in_app():
        whose = db.session.scalars(select(NetworkOrganisation.organisation_id)).first()
    ines = as_("ines")
    ines.post(f"{BASE}/new", data=typed(organisation_id=str(whose)))
    made = the_one(app)
    with in_app():
        db.session.get(Organisation, whose).closed_on = date(2026, 11, 1)
        db.session.execute(delete(NetworkOrganisation).where(NetworkOrganisation.organisation_id == whose))
        db.session.commit()
    page = ines.get(f"{BASE}/{made.id}/edit").text
    assert f'selected value="{whose}"' in page or f'value="{whose}" selected' in page
    version = page.split('name="version" type="hidden" value="')[1][:16]
    saved = ines.post(f"{BASE}/{made.id}/edit", data=typed(version=version, organisation_id=str(whose), about="More"))
    assert saved.status_code == 303 and the_one(app).organisation_id == whose
    # A new one can't be given to it.
    assert ines.post(f"{BASE}/new", data=typed(name="Other", organisation_id=str(whose))).status_code == 422


def test_twenty_minutes_a_week_stay_twenty_however_often_they_are_saved(as_, app):
    ines = as_("ines")
    ines.post(f"{BASE}/new", data=typed(minutes_a_week="0.3334"))
    made = the_one(app)
    for about in ("Once", "Twice"):
        page = ines.get(f"{BASE}/{made.id}/edit").text
        weekly = page.split('name="minutes_a_week"')[1].split('value="')[1].split('"')[0]
        version = page.split('name="version" type="hidden" value="')[1][:16]
        data = typed(minutes_a_week=weekly, version=version, about=about)
        assert ines.post(f"{BASE}/{made.id}/edit", data=data).status_code == 303
    assert the_one(app).minutes_a_week == 20


def test_every_rule_stands_in_a_sentence_and_one_is_told_as_one(in_app):
    with in_app():
        rule = rules(
            "Weekly", minutes_a_week=60, most_minutes_a_year=90 * 60, within_days=1, months_long=1, silent_after_days=1
        )
        said = " ".join(rules_in_words(Programme(**rule)))
    for sentence in (
        "It asks for 1 h a week on average.", "At most 90 hours a year.", "within 1 day.", "It lasts 1 month.",
        "After 1 day without a talk",
    ):  # fmt: skip
        assert sentence in said, (sentence, said)


def test_every_member_reads_what_each_programme_asks_and_not_how_many_pairs_are_in_it(as_, app):
    ines = as_("ines")
    for name in ("Induction", "Placement year"):
        ines.post(f"{BASE}/new", data=typed(name=name, minutes_a_year="75"))
    ines.post(f"{BASE}/new", data=typed(name="Clock hours", most_units_a_year="30"))
    with app.app_context():
        closed = db.session.scalars(select(Programme.id).where(Programme.name == "Placement year")).one()
    ines.post(f"{BASE}/{closed}/retire")
    page = as_("tobi").get(f"{BASE}/").text
    assert (
        "Induction" in page
        and "75 hours a year" in page
        and "Induction. At most 30 hours a year." in page
        and "Placement year" not in page
    )
    assert "Add a programme" not in page and ">pairs<" not in page and "Own counts" not in page
    assert "Placement year" in ines.get(f"{BASE}/").text


def test_who_has_left_the_network_stands_nowhere_as_a_reader(as_, app, in_app):
    ines = as_("ines")
    ines.post(f"{BASE}/new", data=typed())
    made = the_one(app)
    with in_app():
        name_reader(made, cast.person_id("leon"), cast.person_id("ines"))
    assert "Leon Farrowby" in as_("tobi").get(f"{BASE}/{made.id}").text
    with in_app():
        hers = db.session.scalars(select(Membership).where(Membership.person_id == cast.person_id("leon"))).one()
        hers.ended_at = cast.NOW
        db.session.commit()
    assert "Leon Farrowby" not in as_("tobi").get(f"{BASE}/{made.id}").text


def test_a_programme_that_only_caps_what_is_claimed_says_so_in_its_line(in_app):
    with in_app():
        washington = next(one for one in starts() if one.key == "washington")
        values = {key: value for key, value in washington.values.items() if key != "frame"}
        assert in_short(Programme(**rules(**values))) == "at most 10 clock hours for each mentee and 30 a year"
        assert in_short(Programme(**rules("Nothing"))) == ""
