"""Openings: listed by coordinators, asked for by members with a line, answered with a kind mail, gone after their day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.db import db, operation
from portal.history.merging import merge_records
from portal.mail.models import OutboxMail
from portal.openings.models import Opening, OpeningInterest
from portal.openings.operations import close_opening
from portal.openings.operations_interest import answer_interest, say_interest, withdraw_interest
from portal.people.exporting import everything_about
from portal.people.operations_leaving import erase_person
from portal.today.waiting import waiting_in
from portal.web import clock
from tests import cast
from tests.access.openings import TODAY, listed
from tests.digest.reading import content, everything, monday, titles

BASE = "/n/tarn-and-tide/mentoring/openings"


@pytest.fixture
def opening_id(in_app):
    with in_app():
        return listed().id


def mails(app):
    with app.app_context():
        rows = db.session.execute(select(OutboxMail.to_name, OutboxMail.subject, OutboxMail.text))
        return [tuple(row) for row in rows.all()]


def the_interest(app):
    with app.app_context():
        return db.session.execute(select(OpeningInterest)).scalar_one()


def typed(**more):
    return {"kind": "mentor", "title": "Mentors wanted", "answer_by": "2026-11-30"} | more


def test_a_line_and_a_day_are_enough(as_, app):
    answer = as_("ines").post(f"{BASE}/new", data=typed(text="An hour a **week**."), follow_redirects=True)
    assert "Listed." in answer.text and "<strong>week</strong>" in answer.text
    assert "Mentors wanted" in as_("tobi").get(f"{BASE}/").text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"answer_by": "2026-11-01"}, "This day is over."),
        ({"answer_by": ""}, "Say by when you want to know."),
        ({"title": ""}, "Say in a line what is wanted."),
        ({"starts_on": "2026-11-20"}, "It would start before the last day to answer."),
        ({"places": "0"}, "Type a number from 1 to 500."),
    ],
)
def test_nonsense_is_refused_in_words(as_, more, said):
    answer = as_("ines").post(f"{BASE}/new", data=typed(text="An hour a week.") | more)
    assert answer.status_code == 422 and said in answer.text and "An hour a week." in answer.text


def test_i_would_like_this_reaches_the_coordinators_and_nobody_else(as_, app, opening_id):
    line = "I was a new one myself."
    answer = as_("tobi").post(f"{BASE}/{opening_id}/interest", data={"says": line}, follow_redirects=True)
    assert "The coordinators know." in answer.text and line in answer.text
    assert {(name, line in text) for name, _subject, text in mails(app)} == {
        ("Ines Quarrie", True),
        ("Mairead Osei-Vance", True),
    }
    assert line in as_("ines").get(f"{BASE}/{opening_id}").text
    dafydd = as_("dafydd").get(f"{BASE}/{opening_id}").text
    assert line not in dafydd and "Tobi" not in dafydd
    assert as_("dafydd").get(f"{BASE}/{opening_id}?format=csv").status_code == 403
    assert line in as_("ines").get(f"{BASE}/{opening_id}?format=csv").text


def test_said_twice_it_is_one_and_withdrawn_the_line_is_gone(as_, app, opening_id):
    tobi = as_("tobi")
    for says in ("First", "Second"):
        tobi.post(f"{BASE}/{opening_id}/interest", data={"says": says})
    assert the_interest(app).says == "Second" and len(mails(app)) == 2
    tobi.post(f"{BASE}/{opening_id}/interest/withdrawal")
    assert the_interest(app).withdrawn_at and the_interest(app).says == ""
    assert "I would like this" in tobi.get(f"{BASE}/{opening_id}").text
    assert "Second" not in as_("ines").get(f"{BASE}/{opening_id}").text


@pytest.mark.parametrize(("answer", "subject"), [("taken", "Yes: “"), ("not_now", "Not now: “")])
def test_she_reads_the_answer_once_in_a_kind_mail(as_, app, in_app, opening_id, answer, subject):
    with in_app():
        interest = say_interest(db.session.get_one(Opening, opening_id), cast.person_id("tobi"), "", TODAY)
    for _time in range(2):
        as_("ines").post(f"{BASE}/{opening_id}/interest/{interest.id}/answer", data={"answer": answer})
    hers = [one for one in mails(app) if one[0] == "Tobi Larkhill"]
    assert len(hers) == 1 and hers[0][1].startswith(subject) and "Ines Quarrie" in hers[0][2]
    page = as_("tobi").get(f"{BASE}/{opening_id}").text
    assert ("It is yours" if answer == "taken" else "says nothing about you") in page
    assert as_("ines").post(f"{BASE}/{opening_id}/interest/999/answer", data={"answer": answer}).status_code == 404


def test_a_closed_one_and_one_whose_day_is_over_take_no_more(as_, app, in_app, opening_id):
    answer = as_("ines").post(f"{BASE}/{opening_id}/closing", follow_redirects=True)
    assert "Closed. It is listed no more." in answer.text and f"{BASE}/{opening_id}/opening" in answer.text
    refused = as_("tobi").post(f"{BASE}/{opening_id}/interest", data={"says": "Me"})
    assert refused.status_code == 422 and "no longer open" in refused.text
    as_("ines").post(f"{BASE}/{opening_id}/opening")
    assert "Mentors wanted" in as_("tobi").get(f"{BASE}/").text
    clock.freeze(cast.NOW + timedelta(days=21))
    assert "Mentors wanted" not in as_("tobi").get(f"{BASE}/").text
    assert "Mentors wanted" in as_("tobi").get(f"{BASE}/?show=past").text
    assert as_("tobi").post(f"{BASE}/{opening_id}/interest", data={"says": "Me"}).status_code == 422
    as_("ines").post(f"{BASE}/{opening_id}/closing")
    page = as_("ines").post(f"{BASE}/{opening_id}/opening", follow_redirects=True).text
    assert "Its last day is over." in page


def test_removed_it_is_gone_and_undo_brings_it_back(as_, opening_id):
    page = as_("ines").post(f"{BASE}/{opening_id}/removal", follow_redirects=True).text
    assert f"{BASE}/{opening_id}/restore" in page and as_("tobi").get(f"{BASE}/{opening_id}").status_code == 404
    as_("ines").post(f"{BASE}/{opening_id}/restore")
    assert as_("tobi").get(f"{BASE}/{opening_id}").status_code == 200


def test_two_coordinators_at_once(as_, opening_id):
    sent = typed(title="Mentors for physics", row_version="1")
    assert as_("ines").post(f"{BASE}/{opening_id}/edit", data=sent).status_code == 303
    stale = as_("mairead").post(f"{BASE}/{opening_id}/edit", data=sent | {"title": "Mentors for chemistry"})
    assert stale.status_code == 409 and "Mentors for physics" in stale.text and "Mentors for chemistry" in stale.text


def test_an_unanswered_one_waits_on_the_coordinators_today(as_, in_app, opening_id):
    with in_app():
        opening = db.session.get_one(Opening, opening_id)
        interest_id = say_interest(opening, cast.person_id("tobi"), "", TODAY).id
        (waits,) = waiting_in(cast.network_id(), TODAY, ("mentoring",))
        assert (waits.kind, waits.title, waits.detail) == ("opening", "Tobi Larkhill", "Mentors wanted from autumn")
        assert not waiting_in(cast.network_id(), TODAY, ())
    assert "Tobi Larkhill would like" in as_("ines").get("/n/tarn-and-tide/today/").text
    with in_app():
        interest = db.session.get_one(OpeningInterest, interest_id)
        answer_interest(db.session.get_one(Opening, opening_id), interest, cast.person_id("ines"), "taken")
        assert not waiting_in(cast.network_id(), TODAY, ("mentoring",))


def test_the_next_digest_tells_of_it_once(in_app, opening_id):
    with in_app():
        assert titles("tobi", "openings") == ["Mentors wanted from autumn"]
        assert content("tobi").subject == "1 opening"
        assert "Answer by Mon 30 Nov" in everything("tobi")
        # Not to her who listed it, and not to whoever only reads along.
        assert not titles("ines", "openings") and not titles("petra", "openings")
        monday()
        assert not titles("tobi", "openings")


def test_what_is_closed_is_in_no_digest(in_app, opening_id):
    with in_app():
        close_opening(db.session.get_one(Opening, opening_id), cast.person_id("ines"))
        assert content("tobi") is None


def test_forgetting_her_forgets_her_line_and_her_export_holds_it_before(app, in_app, opening_id):
    with in_app():
        tobi = cast.person_id("tobi")
        say_interest(db.session.get_one(Opening, opening_id), tobi, "I was a new one.", TODAY)
        assert everything_about(tobi)["opening_interest"][0]["says"] == "I was a new one."
        erase_person(tobi)
    assert the_interest(app).says == "" and the_interest(app).withdrawn_at


def test_two_records_of_one_person_keep_what_she_still_asks_for(app, in_app, opening_id):
    with in_app():
        opening = db.session.get_one(Opening, opening_id)
        kept, gone = cast.person_id("tobi"), cast.person_id("leon")
        withdraw_interest(opening, say_interest(opening, kept, "Once", TODAY))
        say_interest(opening, gone, "Still", TODAY)
        operation(merge_records)("person", kept, gone, {}, None)
    assert (the_interest(app).person_id, the_interest(app).says) == (kept, "Still")


@pytest.mark.parametrize(("asked", "shown"), [("", 1), ("kind=coach", 0), ("show=mine", 0), ("show=past", 1)])
def test_the_list_is_narrowed(as_, in_app, opening_id, asked, shown):
    with in_app():
        old = listed(title="A seat", kind="workgroup")
        close_opening(old, cast.person_id("ines"))
    sheet = as_("petra").get(f"{BASE}/?{asked}&format=csv").text.splitlines()
    assert len(sheet) == shown + 1


def test_the_pages_ask_little_of_the_database(as_, in_app, queries, opening_id):
    with in_app():
        for who in ("tobi", "leon", "dafydd"):
            say_interest(db.session.get_one(Opening, opening_id), cast.person_id(who), "Me", TODAY)
        listed(answer_by=date(2026, 12, 20))
    ines = as_("ines")
    for path, most in ((f"{BASE}/", 8), (f"{BASE}/{opening_id}", 12)):
        with queries() as seen:
            assert ines.get(path).status_code == 200
        assert len(seen) <= most, (path, len(seen), seen)


def test_who_asked_for_one_that_was_closed_still_waits_for_the_answer_she_was_told_of(as_, in_app, opening_id):
    with in_app():
        say_interest(db.session.get_one(Opening, opening_id), cast.person_id("tobi"), "", TODAY)
    closed = as_("ines").post(f"{BASE}/{opening_id}/closing", follow_redirects=True).text
    assert "One still waits for your answer." in closed
    with in_app():
        (waits,) = waiting_in(cast.network_id(), TODAY, ("mentoring",))
        assert waits.title == "Tobi Larkhill"


def test_whoever_said_yes_is_told_when_the_place_is_free_again(app, in_app, opening_id):
    with in_app():
        opening, tobi = db.session.get_one(Opening, opening_id), cast.person_id("tobi")
        interest = say_interest(opening, tobi, "", TODAY)
        answer_interest(opening, interest, cast.person_id("mairead"), "taken")
        before = len(mails(app))
        for _time in range(2):
            withdraw_interest(opening, interest)
    told = mails(app)[before:]
    assert [name for name, _subject, _text in told] == ["Mairead Osei-Vance"]
    assert told[0][1].startswith("A place is free again") and "Tobi Larkhill" in told[0][2]


def test_a_start_before_the_last_day_is_refused_though_that_day_was_not_changed(as_, app, opening_id):
    with app.app_context():
        version = db.session.get_one(Opening, opening_id).row_version
    sent = typed(starts_on="2026-11-20", row_version=str(version))
    refused = as_("ines").post(f"{BASE}/{opening_id}/edit", data=sent)
    assert refused.status_code == 422 and "It would start before the last day to answer." in refused.text


def test_all_who_still_wait_for_a_closed_one_are_answered_at_once_after_a_second_look(as_, app, in_app, opening_id):
    rest = f"{BASE}/{opening_id}/interest/rest"
    with in_app():
        opening, ines = db.session.get_one(Opening, opening_id), cast.person_id("ines")
        said = {who: say_interest(opening, cast.person_id(who), "", TODAY) for who in ("tobi", "leon", "dafydd")}
        answer_interest(opening, said["dafydd"], ines, "taken")
    assert rest not in as_("ines").get(f"{BASE}/{opening_id}").text
    with in_app():
        close_opening(db.session.get_one(Opening, opening_id), ines)
    assert rest in as_("ines").get(f"{BASE}/{opening_id}").text
    asked = as_("ines").get(rest).text
    assert "Tobi Larkhill" in asked and "Leon Farrowby" in asked and "Dafydd" not in asked
    before = len(mails(app))
    for _time in range(2):
        as_("ines").post(rest)
    assert sorted(name for name, _subject, _text in mails(app)[before:]) == ["Leon Farrowby", "Tobi Larkhill"]
    with in_app():
        answers = dict(db.session.execute(select(OpeningInterest.person_id, OpeningInterest.answer)).all())
        assert answers[cast.person_id("dafydd")] == "taken" and list(answers.values()).count("not_now") == 2
    assert as_("tobi").get(rest).status_code == 403
