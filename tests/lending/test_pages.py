"""The pages of a loan: who sees what, what they say, and how many questions each asks the database."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.lending.operations_agreement import write_agreement
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import END, PAGE, START, TODAY, ask, back, booked, loan, noon_of, out

WINDOW = {"starts_on": START.isoformat(), "ends_on": END.isoformat()}


@pytest.fixture
def kit(in_app) -> int:
    with in_app():
        return make_kit()


def the_loans(app) -> list[Loan]:
    with app.app_context():
        return list(db.session.execute(select(Loan).order_by(Loan.id)).scalars())


def test_days_are_answered_before_anybody_asks(in_app, as_, kit, queries):
    with in_app():
        booked(kit)
        ask(kit, "leon", END.replace(day=14), END.replace(day=16))
    dafydd = as_("dafydd")
    with queries() as seen:
        held = dafydd.get(f"{PAGE}new/{kit}?starts_on=2026-12-01&length=w1").text
    assert len(seen) <= 12
    assert "Low Garrick School has it until" in held and "It is free from Monday 7 December 2026" in held
    assert "Withen Cross First School, Mon 14 Dec to Wed 16 Dec" not in held and "Ask for it" not in held
    free = dafydd.get(f"{PAGE}new/{kit}?starts_on=2026-12-14&length=w1").text
    assert "It is free: Mon 14 Dec to Fri 18 Dec." in free and "Ask for it" in free
    assert "Withen Cross First School, Mon 14 Dec to Wed 16 Dec" in free
    assert "Tobi" not in held


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "It is free: Mon 16 Nov to Fri 27 Nov."),
        ("?starts_on=2026-11-23&ends_on=2026-11-22", "The last day is before the first."),
        ("?starts_on=2026-11-23&ends_on=2027-02-22", "It is lent for 21 days at most."),
        ("?starts_on=2026-11-11&length=w1", "ask at least 2 days ahead"),
        ("?starts_on=2026-11-09&length=w1", "The first day has gone by."),
        ("?starts_on=20261-11-11&length=w1", "From"),
        ("?starts_on=9999-12-31&ends_on=9999-12-31", "years away"),
        ("?starts_on=2026-11-23", "Say the last day, or for how long."),
        ("?starts_on=2026-11-23&length=w99", "Say the last day, or for how long."),
        ("?starts_on=2026-11-23&length=t999999999999999999999", "Say the last day, or for how long."),
    ],
)
def test_each_window_has_its_sentence(as_, kit, query, words):
    answer = as_("tobi").get(f"{PAGE}new/{kit}{query}")
    assert answer.status_code == 200 and words in answer.text


def test_a_whole_term_is_offered_where_the_box_is_lent_that_long(in_app, as_):
    with in_app():
        kit = make_kit(most_days=120)
    page = as_("tobi").get(f"{PAGE}new/{kit}").text
    assert "All of Spring term 2027" in page and "All of Summer term 2026" not in page
    option = page.split("All of Spring term 2027")[0].rpartition('value="')[2].partition('"')[0]
    assert (
        "Mon 4 Jan 2027 to Fri 26 Mar 2027"
        in as_("tobi").get(f"{PAGE}new/{kit}?starts_on=2026-12-20&length={option}").text
    )


def test_asking_is_one_form_and_the_agreement_is_ticked_once(app, in_app, as_, kit):
    with in_app():
        write_agreement(cast.person_id("ines"), cast.network_id(), 0, "Bring it back **whole**.")
    tobi = as_("tobi")
    page = tobi.get(f"{PAGE}new/{kit}").text
    assert "<strong>whole</strong>" in page and "I have read the agreement" in page
    refused = tobi.post(f"{PAGE}new/{kit}", data=WINDOW | {"purpose": "Circuits", "agreement_id": "1"})
    assert (
        refused.status_code == 422 and "Read the agreement and accept it" in refused.text and "Circuits" in refused.text
    )
    sent = WINDOW | {"purpose": "Circuits", "agreement_id": "1", "agreed": "y", "students": "54", "classes": "2"}
    answer = tobi.post(f"{PAGE}new/{kit}", data=sent)
    assert answer.status_code == 303
    shown = tobi.get(answer.location).text
    assert "Asked for" in shown and "2 classes, 54 pupils" in shown and "Circuits" in shown
    assert "I have read the agreement" not in tobi.get(f"{PAGE}new/{kit}").text
    [one] = the_loans(app)
    assert one.agreement_id == 1 and one.agreed_at is not None


def test_a_box_that_is_late_blocks_the_next_request_and_says_so(in_app, as_, kit):
    with in_app():
        out(kit)
        other = make_kit(title="Bridges")
    noon_of(END.replace(day=10))
    tobi = as_("tobi")
    assert "should be back by now" in tobi.get(f"{PAGE}new/{other}").text
    days = {"starts_on": "2026-12-14", "ends_on": "2026-12-16"}
    answer = tobi.post(f"{PAGE}new/{other}", data=days)
    assert answer.status_code == 422 and "should be back by now" in answer.text
    assert (
        "has it and is late. Nobody knows yet"
        in as_("dafydd").get(f"{PAGE}new/{kit}?starts_on=2026-12-14&length=w1").text
    )


def test_a_coordinator_says_yes_no_and_takes_it_back(app, in_app, as_, kit, queries):
    with in_app():
        loan_id, other = ask(kit), ask(kit, "dafydd")
    ines = as_("ines")
    assert "asks for “Box 9, Microcontrollers”" in ines.get("/n/tarn-and-tide/today/").text
    with queries() as seen:
        page = ines.get(f"{PAGE}{loan_id}").text
    assert len(seen) <= 12 and "Say yes" in page and "Others want some of these days too" in page
    answer = ines.post(f"{PAGE}{loan_id}/approval", data={"answer": "Open until four."})
    assert "is booked for Tobi Larkhill" in ines.get(answer.location).text
    late = as_("mairead").post(f"{PAGE}{other}/approval", data={"answer": "Yes!"})
    assert late.status_code == 422 and "Low Garrick School has it until" in late.text and "Yes!" in late.text
    assert ines.post(f"{PAGE}{other}/refusal", data={"answer": ""}).status_code == 422
    ines.post(f"{PAGE}{other}/refusal", data={"answer": "It is Tobi’s then."})
    assert [one.state for one in the_loans(app)] == ["approved", "declined"]
    assert "It is Tobi’s then." in as_("dafydd").get(f"{PAGE}{other}").text
    ines.post(f"{PAGE}{loan_id}/step-back")
    assert the_loans(app)[0].state == "requested"


def test_a_stranger_to_a_loan_does_not_learn_that_it_is_there(in_app, as_, kit):
    with in_app():
        loan_id = booked(kit)
    assert as_("dafydd").get(f"{PAGE}{loan_id}").status_code == 404
    assert as_("tobi").post(f"{PAGE}{loan_id}/packing").status_code == 403
    assert as_("tobi").get(f"{PAGE}new/{kit}").status_code == 200
    assert as_("petra").get(f"{PAGE}new/{kit}").status_code == 403


def test_its_keeper_hands_it_over_and_counts_it(app, in_app, as_):
    with in_app():
        kit = make_kit(keeper_id=cast.person_id("dafydd"))
        loan_id = booked(kit)
    noon_of(START)
    dafydd, noon = as_("dafydd"), {"on_day": START.isoformat()}
    page = dafydd.get(f"{PAGE}{loan_id}/hand-over").text
    assert "Everything is in, as listed" in page and "USB leads" in page
    not_ticked = dafydd.post(f"{PAGE}{loan_id}/hand-over", data=noon)
    assert not_ticked.status_code == 422 and "Not ticked yet: AA cells, USB leads, Microcontrollers" in not_ticked.text
    ids = [line.partition('"')[0] for line in page.split('name="in_')[1:]]
    some = noon | {f"in_{ids[1]}": "y", f"many_{ids[1]}": "10", "rest_stays": "y", "collected_by": "Her deputy"}
    assert dafydd.post(f"{PAGE}{loan_id}/hand-over", data=some).status_code == 303
    shown = dafydd.get(f"{PAGE}{loan_id}").text
    assert "Collected by Her deputy" in shown and "It came back: count it" in shown
    noon_of(END)
    dafydd = as_("dafydd")
    counting = {"on_day": END.isoformat(), f"missing_{ids[1]}": "11"}
    assert "Between 0 and 10." in dafydd.post(f"{PAGE}{loan_id}/check", data=counting).text
    answer = dafydd.post(
        f"{PAGE}{loan_id}/check", data=counting | {f"missing_{ids[1]}": "2", "note": "A lead is frayed."}
    )
    page = dafydd.get(answer.location).text
    assert "USB leads: 2 missing" in page and "A lead is frayed." in page and "Tell how it went" in page
    assert the_loans(app)[0].state == "checked"


def test_what_was_booked_by_telephone_is_agreed_to_at_the_door(app, in_app, as_, kit):
    with in_app():
        write_agreement(cast.person_id("ines"), cast.network_id(), 0, "Bring it back whole.")
        tobi = cast.person_id("tobi")
    ines = as_("ines")
    data = {"starts_on": TODAY.isoformat(), "ends_on": TODAY.replace(day=13).isoformat(), "person_id": str(tobi)}
    assert (
        "Yours to bend: The kit has to be packed" in ines.get(f"{PAGE}book/{kit}?starts_on=2026-11-10&length=w1").text
    )
    assert ines.post(f"{PAGE}book/{kit}", data=data | {"person_id": "999"}).status_code == 422
    assert ines.post(f"{PAGE}book/{kit}", data=data).status_code == 303
    door = f"{PAGE}{the_loans(app)[0].id}/hand-over"
    assert "Not accepted yet" in ines.get(door).text
    sent = {"everything": "y", "on_day": TODAY.isoformat(), "agreement_id": "1"}
    assert "Read the agreement and accept it" in ines.post(door, data=sent).text
    assert ines.post(door, data=sent | {"agreed": "y"}).status_code == 303


def test_mine_stand_in_the_room_on_today_and_on_the_kits_page(app, in_app, as_, kit, queries):
    with in_app():
        loan_id = out(kit)
    tobi = as_("tobi")
    with queries() as seen:
        mine = tobi.get(f"{PAGE}mine").text
    assert len(seen) <= 12 and "It is back" in mine and "I need it longer" in mine and "Tell how it went" in mine
    assert f"kit/loans/{loan_id}" in tobi.get("/n/tarn-and-tide/today/").text
    on_kit = tobi.get(f"/n/tarn-and-tide/kit/{kit}").text
    assert f"kit/loans/{loan_id}" in on_kit and "See whether it is free" in on_kit
    assert f"kit/loans/{loan_id}" not in as_("dafydd").get(f"/n/tarn-and-tide/kit/{kit}").text
    tobi.post(f"{PAGE}{loan_id}/longer", data={"until": "2026-12-08"})
    assert "asked to keep “Microcontrollers” until Tuesday 8 December 2026" in tobi.get(f"{PAGE}{loan_id}").text
    tobi.post(f"{PAGE}{loan_id}/return")
    assert "Nobody" not in tobi.get(f"{PAGE}{loan_id}").text and the_loans(app)[0].state == "returned"
    assert tobi.post(f"{PAGE}{loan_id}/return").status_code == 303


def test_how_it_went_is_told_in_three_answers_and_can_be_changed(app, in_app, as_, kit):
    with in_app():
        loan_id = back(kit)
    tobi = as_("tobi")
    assert 'value="54"' in tobi.get(f"{PAGE}{loan_id}/use").text
    bad = tobi.post(f"{PAGE}{loan_id}/use", data={"classes": "-1", "students": "many", "quote": "Grand."})
    assert bad.status_code == 422 and "Between 0 and 200." in bad.text and "Grand." in bad.text
    tobi.post(
        f"{PAGE}{loan_id}/use",
        data={"classes": "2", "students": "50", "again": "changed", "what_changed": "Fewer leads."},
    )
    page = tobi.get(f"{PAGE}{loan_id}").text
    assert "2 classes, 50 pupils" in page and "used again with changes" in page and "Fewer leads." in page
    tobi.post(f"{PAGE}{loan_id}/use", data={"classes": "0", "students": ""})
    assert "No class used it this time" in tobi.get(f"{PAGE}{loan_id}").text


def test_the_list_filters_sorts_and_goes_into_a_spreadsheet(in_app, as_, kit, queries):
    with in_app():
        out(kit)
        ask(make_kit(title="Bridges"), "dafydd", END.replace(day=14), END.replace(day=16))
    noon_of(END.replace(day=10))
    ines = as_("ines")
    with queries() as seen:
        page = ines.get(PAGE).text
    assert len(seen) <= 12 and "Late 1" in page and "Asked for 1" in page and "Out 1" in page
    late = ines.get(f"{PAGE}?state=late").text
    assert "Tobi Larkhill" in late and "Dafydd Okonjo-Reeve" not in late
    sheet = ines.get(f"{PAGE}?format=csv&sort=kit").text
    assert sheet.index("Bridges") < sheet.index("Microcontrollers") and "Late" in sheet
    assert "No loan stands there" in ines.get(f"{PAGE}?state=past").text
    assert "Tobi Larkhill" not in as_("dafydd").get(PAGE).text


def test_other_days_are_given_and_a_clash_is_said_beside_the_field(in_app, as_, kit):
    with in_app():
        loan_id = booked(kit)
        booked(kit, "dafydd", END.replace(day=14), END.replace(day=16))
    ines = as_("ines")
    clash = ines.post(f"{PAGE}{loan_id}/window", data=WINDOW | {"ends_on": "2026-12-14"})
    assert clash.status_code == 422 and "Brackenhythe Academy has it until" in clash.text
    assert ines.get(f"{PAGE}{loan_id}/window?ends_on=nonsense").status_code == 200
    ines.post(f"{PAGE}{loan_id}/window", data=WINDOW | {"ends_on": "2026-12-09"})
    with in_app():
        assert loan(loan_id).ends_on == END.replace(day=9)


def test_lost_found_closed_and_opened_again(app, in_app, as_, kit):
    with in_app():
        loan_id = out(kit)
    ines = as_("ines")
    lost = ines.post(f"{PAGE}{loan_id}/loss").location
    assert "Noted as lost" in ines.get(lost).text
    ines.post(f"{PAGE}{loan_id}/loss/undo")
    assert "is lost on its way" not in ines.post(f"{PAGE}{loan_id}/closing", data={"why": "Gone."}).text
    noon_of(END)
    ines = as_("ines")
    ines.post(f"{PAGE}{loan_id}/check", data={"on_day": END.isoformat()})
    assert ines.post(f"{PAGE}{loan_id}/closing", data={"why": ""}).status_code == 422
    ines.post(f"{PAGE}{loan_id}/closing", data={"why": "She has left."})
    assert "She has left." in ines.get(f"{PAGE}{loan_id}").text and the_loans(app)[0].state == "closed"
    ines.post(f"{PAGE}{loan_id}/step-back")
    assert the_loans(app)[0].state == "checked"


def test_a_new_wording_is_a_new_version_and_old_ones_stay(in_app, as_):
    ines, url = as_("ines"), f"{PAGE}agreement"
    assert "There is none" in as_("tobi").get(url).text
    ines.post(url, data={"text": "Bring it back **whole**.", "seen": "0"})
    stale = ines.post(url, data={"text": "Bring it back clean.", "seen": "0"})
    assert (
        stale.status_code == 409 and "Bring it back clean." in stale.text and "Bring it back **whole**." in stale.text
    )
    ines.post(url, data={"text": "Bring it back clean.", "seen": "1"})
    page = as_("tobi").get(url).text
    assert "Version 2" in page and "Version 1, " in page and "Write a new wording" not in page
    assert "<strong>whole</strong>" in as_("tobi").get(f"{url}/1").text
    assert as_("tobi").get(f"{url}/3").status_code == 404


def test_a_box_of_the_region_is_asked_for_from_anywhere_and_decided_at_home(app, in_app, as_):
    with in_app():
        kit = make_kit(lends_to="region")
        code = db.session.get_one(Kit, kit).code
    kofi, there = as_("kofi"), "/n/fell-and-furrow/kit/loans/"
    answer = kofi.post(f"{there}new/{kit}", data=WINDOW)
    assert answer.status_code == 303 and code
    loan_id = the_loans(app)[0].id
    assert kofi.get(f"{there}{loan_id}").status_code == 200
    assert as_("bryony").get(f"{there}{loan_id}").status_code == 404
    assert "Say yes" in as_("ines").get(f"{PAGE}{loan_id}").text
    assert as_("ines").post(f"{PAGE}{loan_id}/approval").status_code == 303
    with in_app():
        assert the_loans(app)[0].network_id == cast.network_id("fell-and-furrow")
