"""The credit of an event: put in, approved by a dated letter, and hidden until then."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from sqlalchemy import select

from portal.db import db
from portal.events.blueprints import public_network
from portal.events.credit_proposal import proposal
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.events.operations_copying import copy_event
from portal.events.operations_reminders import remind
from portal.events.queries_credit import credits_of
from portal.letters.about import thing_of
from portal.letters.models import Letter
from portal.mail.models import OutboxMail
from portal.web import clock
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events"
PUBLIC = "/p/tarn-and-tide/events"
THE_DAY = date(2026, 11, 19)
# Five of them are the kinds of waiting; the week, the term and the members' silence are the rest.
TODAY_STATEMENTS = 14
BEFORE = date(2026, 10, 28)
TYPED = {
    "most_minutes": "1:30",
    "category": "STEM",
    "provider": "Tarn District",
    "provider_number": "TD-7",
    "committee": "In-service committee",
    "presenters": "Ines Quarrie, leads the engineering network",
    "needs_statement": "Few classes build anything.",
    "objectives": "Build a finger.\nExplain tension.",
    "stem_elements": ["science", "engineering"],
    "justification": "Tension and design.",
    "least_share": "80 %",
    "round_to": "15",
    "needs_evaluation": "y",
    "fee": "$5",
}


def made(in_app, code="wa-clock-hour", event=None, **more):
    """An event with that kind of credit: the addresses of its page, of its credit, and of the block."""
    with in_app():
        one = planned.event(**(event or {}))
        block = planned.credit(one, code, **more)
        return f"{ROOM}/{one.id}", f"{ROOM}/{one.id}/credit", f"{ROOM}/{one.id}/credit/{block.id}"


def the_block(in_app):
    with in_app():
        block = db.session.execute(select(EventCredit)).scalar_one()
        db.session.expunge_all()
    return block


def version_in(html):
    return html.partition('name="version"')[2].partition('value="')[2].partition('"')[0]


def noted(browser, address, **typed):
    page = browser.get(f"{address}/standing").text
    data = {"version": version_in(page), "state": "approved", "on": "28 October 2026"} | typed
    return browser.post(f"{address}/standing", data=data)


def test_a_kind_is_put_in_with_all_that_was_typed(as_, in_app):
    with in_app():
        one, kind = planned.event().id, planned.kind_of_credit().id
    answer = as_("ines").post(f"{ROOM}/{one}/credit/new/{kind}", data=TYPED)
    assert answer.status_code == 303
    block = the_block(in_app)
    assert (block.most_minutes, block.least_share, block.round_to, block.category) == (90, 80, 15, "STEM")
    assert block.stem_elements == ["science", "engineering"] and block.needs_evaluation and block.state == "none"
    html = as_("ines").get(f"{ROOM}/{one}/credit").text
    for words in ("1½ STEM clock hours", "Tarn District, TD-7", "Not applied for", "Engineering", "put in Clock hour"):
        assert words in html


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("most_minutes", "a while", "is not a length of time"),
        ("most_minutes", "0", "Type how long"),
        ("most_minutes", "99999", "Type how long"),
        ("least_share", "101", "Type a share from 0 to 100"),
        ("least_share", "most", "Type a share from 0 to 100"),
        ("least_share", "", "Type a share from 0 to 100"),
        ("category", "Art", "Choose one from the list"),
        ("round_to", "17", "Choose one from the list"),
        ("provider", "x" * 201, "At most 200 characters"),
        ("objectives", "x" * 5001, "At most 5,000 characters"),
        ("stem_elements", "astrology", ""),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_is_kept(as_, in_app, field, typed, said):
    with in_app():
        one, kind = planned.event().id, planned.kind_of_credit().id
    answer = as_("ines").post(f"{ROOM}/{one}/credit/new/{kind}", data=TYPED | {field: typed})
    assert answer.status_code == 422 and said in answer.text and f'href="#{field}"' in answer.text
    assert "In-service committee" in answer.text
    with in_app():
        assert db.session.execute(select(EventCredit)).first() is None


def test_pressing_twice_puts_it_in_once(as_, in_app):
    with in_app():
        one, kind = planned.event().id, planned.kind_of_credit().id
    data = TYPED | {"form_key": "a" * 32}
    ines = as_("ines")
    assert [ines.post(f"{ROOM}/{one}/credit/new/{kind}", data=data).status_code for _press in range(2)] == [303, 303]
    assert the_block(in_app)


def test_one_kind_in_one_category_once_and_in_another_too(as_, in_app):
    with in_app():
        one, kind = planned.event().id, planned.kind_of_credit().id
    ines, address = as_("ines"), f"{ROOM}/{one}/credit/new/{kind}"
    assert ines.post(address, data=TYPED).status_code == 303
    again = ines.post(address, data=TYPED)
    assert again.status_code == 422 and "carries that already" in again.text
    assert ines.post(address, data=TYPED | {"category": "Equity"}).status_code == 303


def test_the_next_event_begins_with_what_the_network_typed_last(as_, in_app):
    made(in_app, provider="Tarn District", committee="The board", least_share=85, justification="Tension.",
         stem_elements=["science"], in_service_number="TT-1", approved_on=BEFORE)  # fmt: skip
    with in_app():
        one, kind = planned.event("The next").id, planned.kind_of_credit().id
    html = as_("ines").get(f"{ROOM}/{one}/credit/new/{kind}").text
    assert 'value="Tarn District"' in html and 'value="The board"' in html and 'value="85"' in html
    # Judged event by event, and given event by event.
    assert "Tension." not in html and "TT-1" not in html and "checked" not in html


def test_the_kinds_that_a_network_used_last_come_first(as_, in_app):
    _event, address, _block = made(in_app, "il-pd-hour")
    rows = as_("ines").get(address).text.partition("Add a kind of credit")[2]
    assert rows.index("Professional development hour") < rows.index("Clock hour")


def test_a_retired_kind_is_not_offered_and_stays_where_it_is(as_, in_app):
    _event, address, block = made(in_app)
    with in_app():
        kind = planned.kind_of_credit()
        kind.in_use, number = False, kind.id
        db.session.commit()
    ines = as_("ines")
    assert f"/credit/new/{number}" not in ines.get(address).text and "1½ clock hours" in ines.get(address).text
    assert ines.get(f"{address}/new/{number}").status_code == 404
    assert ines.get(block).status_code == 200


@pytest.mark.parametrize("who", ["tobi", "petra"])
def test_members_find_no_door_to_it(as_, in_app, who):
    event, address, block = made(in_app)
    assert as_(who).get(address).status_code == 403
    assert as_(who).get(f"{block}/proposal.pdf").status_code == 403
    assert "/credit" not in as_(who).get(event).text
    assert as_("kofi").get(address).status_code == 404


def test_a_block_of_another_event_is_not_changed_through_ours(as_, in_app):
    _event, _address, block = made(in_app)
    with in_app():
        other = planned.event("Another").id
    there = f"{ROOM}/{other}/credit/{block.rpartition('/')[2]}"
    ines = as_("ines")
    assert [ines.get(there).status_code, ines.post(f"{there}/removal").status_code] == [404, 404]


def test_from_the_proposal_to_the_letter(as_, client, in_app):
    event, address, block = made(in_app, category="STEM")
    ines, tobi = as_("ines"), as_("tobi")
    assert "It is sent: note it as applied today" in ines.get(address).text
    assert ines.post(f"{block}/sent").status_code == 303
    assert the_block(in_app).applied_on == clock.now().date()
    assert "1½ STEM clock hours are applied for" in ines.get(event).text
    assert "clock hours" not in tobi.get(event).text and "applied for" not in tobi.get(event).text
    assert noted(ines, block, in_service_number="TT-26-0417").status_code == 303
    line = "1½ STEM clock hours, approved Wed 28 Oct (no. TT-26-0417)"
    number = event.rpartition("/")[2]
    for page in (ines.get(event), tobi.get(event), client.get(f"{PUBLIC}/{number}")):
        assert line in page.text
    assert "noted that Clock hour is approved, dated Wednesday 28 October 2026" in ines.get(address).text


def test_noting_it_as_sent_twice_says_so(as_, in_app):
    _event, _address, block = made(in_app, applied_on=BEFORE)
    answer = as_("ines").post(f"{block}/sent", follow_redirects=True)
    assert "It was noted before: Applied for on Wed 28 Oct" in answer.text
    assert the_block(in_app).applied_on == BEFORE


def test_an_approval_after_the_start_is_a_fact_and_gives_nothing(as_, in_app):
    event, address, block = made(in_app)
    clock.freeze(planned.NEXT_THURSDAY + timedelta(days=5))
    ines = as_("ines")
    answer = noted(ines, block, on="20 November 2026")
    assert answer.status_code == 303 and the_block(in_app).approved_on == THE_DAY + timedelta(days=1)
    html = ines.get(address).text
    assert "No credit certificate will exist: the approval is dated Friday 20 November 2026, and it began on" in html
    assert "clock hours" not in as_("tobi").get(event).text
    # On the day itself it counts, and the letter is worth keeping.
    assert noted(ines, block, on="19 November 2026").status_code == 303
    html = ines.get(address).text
    assert "No credit certificate" not in html and "dated on the day it begins. That counts" in html
    assert "approved Thu 19 Nov" in as_("tobi").get(event).text


def test_an_event_that_began_unapproved_says_so(as_, in_app):
    _event, address, _block = made(in_app, applied_on=BEFORE)
    clock.freeze(planned.NEXT_THURSDAY + timedelta(minutes=1))
    assert "It began on Thursday 19 November 2026 without an approval" in as_("ines").get(address).text


def test_declined_with_a_reason_and_taken_back(as_, in_app):
    event, address, block = made(in_app, applied_on=date(2026, 10, 1))
    ines = as_("ines")
    noted(ines, block, state="declined", on="2 October 2026", why="No qualified presenter.")
    html = ines.get(address).text
    assert "Declined on Fri 2 Oct" in html and "No qualified presenter." in html
    assert "no credit certificate will exist" in html and "clock hours" not in as_("tobi").get(event).text
    assert ines.post(f"{block}/step-back").status_code == 303
    assert the_block(in_app).state == "applied" and the_block(in_app).declined_why == ""
    assert ines.post(f"{block}/step-back").status_code == 303
    assert the_block(in_app).state == "none"
    assert "There is nothing to take back" in ines.post(f"{block}/step-back", follow_redirects=True).text


def test_an_approval_that_was_taken_back_hides_the_hours_again(as_, in_app):
    event, _address, block = made(in_app, applied_on=date(2026, 10, 1), approved_on=BEFORE)
    assert "1½ clock hours, approved" in as_("tobi").get(event).text
    answer = as_("ines").post(f"{block}/step-back", follow_redirects=True)
    assert "Taken back. Clock hour: Applied for on Thu 1 Oct." in answer.text
    assert "clock hours" not in as_("tobi").get(event).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": ""}, "Type a date"),
        ({"on": "last week or so"}, "“last week or so”"),
        ({"on": "11 November 2026"}, "still to come"),
        ({"state": ""}, "Choose how it stands"),
        ({"state": "granted"}, "Choose one from the list"),
        ({"in_service_number": "9" * 61}, "At most 60 characters"),
        ({"why": "x" * 301}, "At most 300 characters"),
    ],
)
def test_a_letter_needs_its_date(as_, in_app, typed, said):
    _event, _address, block = made(in_app)
    answer = noted(as_("ines"), block, **typed)
    assert answer.status_code == 422 and said in answer.text
    assert the_block(in_app).state == "none"


def test_the_second_of_two_letters_is_told_of_the_first(as_, in_app):
    _event, _address, block = made(in_app)
    ines, mairead = as_("ines"), as_("mairead")
    version = version_in(mairead.get(f"{block}/standing").text)
    noted(ines, block, on="27 October 2026")
    second = noted(mairead, block, version=version, state="declined", on="26 October 2026")
    assert second.status_code == 409 and "Approved on Tue 27 Oct" in second.text
    assert the_block(in_app).state == "approved"
    again = noted(mairead, block, version=version_in(second.text), state="declined", on="26 October 2026")
    assert again.status_code == 303 and the_block(in_app).state == "declined"


def test_a_kind_that_needs_no_approval_shows_its_hours_at_once(as_, in_app):
    event, address, block = made(in_app, "uk-cpd-hour")
    assert "1½ CPD hours" in as_("tobi").get(event).text
    html = as_("ines").get(address).text
    assert "Needs no approval" in html and "/standing" not in html and "/sent" not in html
    assert as_("ines").get(f"{block}/standing").status_code == 404


def test_a_draft_may_be_applied_for_before_anybody_sees_it(as_, in_app):
    event, _address, _block = made(in_app, event={"publish": False}, approved_on=BEFORE)
    assert "approved Wed 28 Oct" in as_("ines").get(event).text
    assert as_("tobi").get(event).status_code == 404


def test_taken_out_and_brought_back(as_, in_app):
    event, _address, block = made(in_app, approved_on=BEFORE)
    ines = as_("ines")
    answer = ines.post(f"{block}/removal", follow_redirects=True)
    assert "is out of this event" in answer.text and f"{block}/return" in answer.text
    assert "clock hours" not in as_("tobi").get(event).text and ines.get(block).status_code == 404
    assert ines.post(f"{block}/return").status_code == 303
    assert "1½ clock hours, approved" in as_("tobi").get(event).text


def test_the_checks_warn_and_are_in_nobodys_way(as_, in_app):
    _event, address, _block = made(in_app, objectives="", presenters="", category="STEM", most_minutes=120,
                                   stem_elements=["science"], needs_evaluation=True)  # fmt: skip
    with in_app():
        one = db.session.execute(select(Event)).scalar_one()
        one.evaluation, one.sessions[0].minutes = "none", 45
        db.session.commit()
    html = as_("ines").get(address).text
    for words in (
        "It lasts 45 min; an event that carries this lasts at least 1 h.",
        "nobody gets more than 45 min",
        "There are no objectives yet",
        "There is no agenda yet",
        "Nobody presents yet",
        "The need that it meets is not described yet",
        "at least two of science, technology, engineering and mathematics",
        "STEM hours also bring: Linked to learning standards",
        "How it integrates them is not described yet",
        "this event asks for none",
    ):
        assert words in html, words


def test_dates_that_cannot_both_be_are_pointed_out(as_, in_app):
    _event, address, _block = made(in_app, applied_on=BEFORE + timedelta(days=3), approved_on=BEFORE)
    assert "One of the two dates is a slip." in as_("ines").get(address).text


def test_a_full_form_leaves_nothing_to_warn_of(as_, in_app):
    about = {"about": "5:00 Cut the card\n5:30 Thread the finger"}
    _event, address, _block = made(
        in_app, category="STEM", needs_statement="Few build.", justification="Tension and design.",
        stem_elements=["science", "engineering", "standards", "careers", "activity"],
    )  # fmt: skip
    with in_app():
        db.session.execute(select(Event)).scalar_one().about = about["about"]
        db.session.commit()
    html = as_("ines").get(address).text
    assert "Before you send it" not in html and "Worth a look" not in html


def test_the_proposal_holds_what_a_provider_asks(as_, in_app):
    _event, _address, block = made(in_app, category="STEM", provider="Tarn District", provider_number="TD-7",
                                   needs_statement="Few classes build anything.", justification="Tension and design.",
                                   stem_elements=["science", "engineering"], least_share=80)  # fmt: skip
    with in_app():
        db.session.execute(select(Event)).scalar_one().about = "5:00 Cut the card\n5:30 Thread the finger"
        db.session.commit()
    answer = as_("ines").get(f"{block}/proposal.pdf")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as read:
        assert read.Root.MarkInfo.Marked and read.Root.StructTreeRoot is not None
        assert str(read.docinfo.get("/Title", "")) == "Proposal: Build a hand"
    assert the_block(in_app).state == "none"


def test_the_words_of_the_proposal(in_app):
    with in_app():
        one = planned.event()
        planned.credit(one, category="STEM", needs_statement="Few build.\n\nNobody threads.", round_to=15,
                       stem_elements=["science", "careers"], needs_evaluation=True)  # fmt: skip
        ((block, kind),) = credits_of(one.id)
        _title, values = proposal(one, block, kind, public_network("tarn-and-tide"), [], has_agenda=True)
    facts = dict(values["facts"])
    assert facts["Hours asked for"] == "1½ STEM clock hours" and facts["Presenters"] == "Ines Quarrie"
    assert "Thursday 19 November 2026, 5:00 to 6:30 pm" in facts["When and where"]
    parts = dict(values["parts"])
    assert parts["The need that it meets"] == ["Few build.", "Nobody threads."]
    assert parts["STEM: what it integrates and brings"] == ["Science; Information on STEM careers."]
    form, records = parts["Evaluation, attendance and records"]
    assert form.endswith("Nobody is given a certificate before answering it.")
    assert records.endswith("rounded down to steps of 15 min. The records are kept for 7 years.")
    assert values["agenda"]["rows"] == [] and values["agenda"]["none"] == "The agenda is attached."


def test_the_next_terms_copy_carries_the_credit_and_none_of_its_standing(in_app):
    with in_app():
        one = planned.event()
        planned.credit(one, applied_on=BEFORE, approved_on=BEFORE, in_service_number="TT-1", provider="Tarn District")
        copy = copy_event(one, "Europe/London", cast.person_id("ines"))
        block = db.session.execute(select(EventCredit).where(EventCredit.event_id == copy.id)).scalar_one()
        assert block.provider == "Tarn District" and block.state == "none" and block.in_service_number == ""


def mails(in_app, kind):
    with in_app():
        return list(db.session.execute(select(OutboxMail.text).where(OutboxMail.kind == kind)).scalars())


@pytest.mark.parametrize(
    ("standing", "says"),
    [({"approved_on": BEFORE}, True), ({"applied_on": BEFORE}, False), ({}, False), ({"declined_on": BEFORE}, False)],
)
def test_mails_promise_hours_only_once_they_are_approved(in_app, standing, says):
    with in_app():
        one = planned.event()
        planned.credit(one, category="STEM", **standing)
        planned.booked(one, "tobi")
    clock.freeze(planned.NEXT_THURSDAY - timedelta(days=6, hours=6))
    with in_app():
        remind()
    clock.freeze(planned.NEXT_THURSDAY - timedelta(hours=7))
    with in_app():
        remind()
    written = mails(in_app, "booking") + mails(in_app, "event-reminder")
    assert len(written) == 3
    assert ["It gives 1½ STEM clock hours." in text for text in written] == [says] * 3


def test_the_pages_stay_within_their_queries(as_, in_app, queries):
    event, address, block = made(in_app, approved_on=BEFORE)
    with in_app():
        for code in ("il-pd-hour", "ceu", "uk-cpd-hour"):
            planned.credit(db.session.execute(select(Event)).scalar_one(), code)
    ines = as_("ines")
    number = event.rpartition("/")[2]
    for path in (address, block, f"{block}/standing", event, f"{PUBLIC}/{number}"):
        ines.get(path)
        with queries() as seen:
            assert ines.get(path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))


@pytest.mark.parametrize(("standing", "says"), [({"approved_on": BEFORE}, True), ({"applied_on": BEFORE}, False)])
def test_an_invitation_names_the_hours_only_once_they_are_approved(in_app, standing, says):
    with in_app():
        one = planned.event()
        planned.credit(one, category="STEM", **standing)
        letter = Letter(about_kind="event", about_id=one.id)
        lines = thing_of(letter, public_network("tarn-and-tide")).lines("Europe/London")
    assert ("1½ STEM clock hours" in lines) is says


def today(as_, who="ines"):
    return as_(who).get("/n/tarn-and-tide/today/").text


def test_today_says_which_hours_are_not_approved_while_there_is_time(as_, in_app):
    _event, address, block = made(in_app)
    assert "Hours of “Build a hand” are not approved yet" in today(as_)
    assert "It begins in 9 days." in today(as_) and f'href="{address}"' in today(as_)
    noted(as_("ines"), block)
    assert "not approved yet" not in today(as_)


@pytest.mark.parametrize(
    "more",
    [
        {"code": "uk-cpd-hour"},
        {"declined_on": BEFORE},
        {"event": {"starts_at": planned.NEXT_THURSDAY + timedelta(days=60)}},
        {"event": {"starts_at": planned.LAST_THURSDAY}},
    ],
)
def test_today_is_silent_where_nothing_can_or_need_be_done(as_, in_app, more):
    made(in_app, **more)
    assert "not approved yet" not in today(as_)


def test_today_stays_within_its_queries(as_, in_app, queries):
    made(in_app)
    ines = as_("ines")
    ines.get("/n/tarn-and-tide/today/")
    with queries() as seen:
        ines.get("/n/tarn-and-tide/today/")
    assert len(seen) <= TODAY_STATEMENTS
