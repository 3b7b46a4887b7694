"""A slip lets one person in once, for a day; it lets its maker pass for her, so it is told, fenced and can be disowned."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.networks.models import Membership
from portal.people import slips
from portal.people.models import EmailAddress, Person, SignInSession
from portal.people.models_slips import Slip
from portal.people.operations_slips import deny_slips, forget_slips, give_slip, know_of_slips, use_slip
from portal.web import clock
from portal.web.errors import NotYours
from tests import cast

KEY = b"k" * 32


def give(person="tobi", by="ines"):
    return give_slip(cast.person_id(person), cast.person_id(by), KEY)


def came(answer, person="tobi"):
    return not isinstance(answer, str) and answer.person_id == cast.person_id(person)


def wrong_like(code):
    """The same first half, another second one."""
    return code[:4] + "".join("A" if sign != "A" else "C" for sign in code[4:])


def mailed():
    return {mail.to_address.partition("@")[0] for mail in db.session.execute(select(OutboxMail)).scalars()}


def coordinate(key, slug):
    db.session.add(
        Membership(
            network_id=cast.network_id(slug), person_id=cast.person_id(key), role="coordinator", started_at=cast.NOW
        )
    )
    db.session.commit()


@pytest.fixture
def tobi(app):
    """Tobi's number, as his addresses have it."""
    with app.app_context():
        return cast.person_id("tobi")


@pytest.fixture
def slip_page(as_, tobi):
    """The page on which Ines has just made a slip for Tobi."""
    browser = as_("ines")
    browser.post(f"/people/{tobi}/slip")
    return browser.get(f"/people/{tobi}/slip").text


def code_on(page):
    return re.search(r'class="paper-code">([A-Z0-9]{4}-[A-Z0-9]{4})<', page)[1]


# The code


def test_a_code_has_eight_signs_without_look_alikes():
    assert len(slips.ALPHABET) == 28 and not set("0O1ILZSB") & set(slips.ALPHABET)
    assert slips.is_whole(slips.new_code())


@pytest.mark.parametrize("typed", ["ac2d-e5f8", " AC2D E5F8 ", "ACZDESFB", "ac2d–e5f8"])
def test_what_people_type_is_read_kindly(typed):
    assert slips.tidy(typed) == "AC2DE5F8"


def test_without_its_key_the_database_gives_no_code_away(in_app):
    with in_app():
        code = give()
        slip = db.session.execute(select(Slip)).scalar_one()
        assert slip.code_hash == slips.whole_mark(KEY, code) != slips.whole_mark(b"other" * 8, code)
        assert code not in f"{slip.code_hash} {slip.first_hash}"


# Coming in


def test_a_slip_opens_the_door_once(in_app):
    with in_app():
        code = give()
        assert came(use_slip(f" {code[:4].lower()}-{code[4:]} ", "a", KEY))
        assert isinstance(use_slip(code, "a", KEY), str)


def test_a_slip_is_out_of_date_after_a_day(in_app):
    with in_app():
        code = give()
        clock.freeze(cast.NOW + timedelta(hours=24))
        assert isinstance(use_slip(code, "a", KEY), str)


def test_a_second_slip_ends_the_first(in_app):
    with in_app():
        first, second = give(), give()
        assert isinstance(use_slip(first, "a", KEY), str)
        assert came(use_slip(second, "a", KEY))


def test_five_wrong_second_halves_close_a_slip(in_app):
    with in_app():
        code = give()
        for client in "abcde":
            assert isinstance(use_slip(wrong_like(code), client, KEY), str)
        assert isinstance(use_slip(code, "f", KEY), str)
        actions = db.session.execute(select(HistoryLine.action)).scalars().all()
        assert actions.count("slip.closed") == 1


def test_after_five_wrong_codes_a_client_waits_an_hour_and_others_do_not(in_app):
    with in_app():
        code = give()
        for _try in range(5):
            use_slip("AAAA-AAAA", "one", KEY)
        assert isinstance(use_slip(code, "one", KEY), str)
        clock.freeze(cast.NOW + timedelta(hours=1))
        assert came(use_slip(code, "one", KEY))


def test_fifty_wrong_codes_an_hour_close_the_door_for_everybody(in_app):
    with in_app():
        code = give()
        for number in range(50):
            use_slip("AAAA-AAAA", f"client {number}", KEY)
        assert isinstance(use_slip(code, "another", KEY), str)


def test_right_codes_of_a_whole_staffroom_are_not_counted(in_app):
    with in_app():
        for _teacher in range(7):
            assert came(use_slip(give(), "one school", KEY))


def test_a_wrong_code_gets_the_same_answer_whether_its_first_half_is_right(in_app):
    with in_app():
        code = give()
        assert use_slip(wrong_like(code), "a", KEY) == use_slip("AAAAAAAA", "b", KEY) == use_slip("?", "c", KEY)


# Who may make one


@pytest.mark.parametrize(
    ("maker", "person"),
    [
        ("ines", "ines"),  # for herself
        ("ines", "mairead"),  # another coordinator
        ("ines", "ravi"),  # an administrator
        ("ines", "kofi"),  # another network's
        ("ines", "bryony"),
        ("tobi", "leon"),  # a member
        ("dafydd", "tobi"),  # a mentor
        ("ravi", "ravi"),
    ],
)
def test_who_may_not_make_a_slip_for_whom(in_app, maker, person):
    with in_app(), pytest.raises(NotYours):
        give(person, maker)


@pytest.mark.parametrize("person", ["ines", "bryony", "kofi", "hana", "tobi"])
def test_an_administrator_may_make_one_for_everybody_else(in_app, person):
    with in_app():
        assert came(use_slip(give(person, "ravi"), "a", KEY), person)


def test_a_coordinator_elsewhere_is_nobody_whom_a_coordinator_here_can_pass_for(in_app):
    with in_app():
        coordinate("leon", "fell-and-furrow")
        with pytest.raises(NotYours):
            give("leon")


def test_a_slip_is_worth_nothing_once_its_person_has_more_power(in_app):
    with in_app():
        code = give()
        db.session.get_one(Person, cast.person_id("tobi")).is_administrator = True
        db.session.commit()
        assert isinstance(use_slip(code, "a", KEY), str)


def test_a_slip_is_worth_nothing_once_its_maker_is_no_coordinator(in_app):
    with in_app():
        code = give()
        for held in db.session.execute(
            select(Membership).where(Membership.person_id == cast.person_id("ines"))
        ).scalars():
            held.ended_at = cast.NOW
        db.session.commit()
        assert isinstance(use_slip(code, "a", KEY), str)


def test_when_two_records_become_one_a_slip_for_the_one_does_not_open_the_other(in_app):
    with in_app():
        code = give()
        db.session.execute(select(Slip)).scalar_one().person_id = cast.person_id("leon")
        db.session.commit()
        assert isinstance(use_slip(code, "a", KEY), str)


def test_somebody_merely_noted_down_gets_no_slip_but_an_imported_member_does(in_app):
    with in_app():
        person = Person(name="Noor Pell", sort_name="Pell", created_at=cast.NOW, added_by=cast.person_id("ines"))
        db.session.add(person)
        db.session.commit()
        with pytest.raises(NotYours):
            give_slip(person.id, cast.person_id("ines"), KEY)
        member = {"network_id": cast.network_id(), "person_id": person.id, "role": "member", "started_at": cast.NOW}
        db.session.add(Membership(**member))
        db.session.commit()
        use_slip(give_slip(person.id, cast.person_id("ines"), KEY), "a", KEY)
        assert person.admitted_at == cast.NOW


def test_sixty_slips_a_day_are_enough(in_app):
    with in_app():
        for _slip in range(60):
            give()
        with pytest.raises(Exception, match="sixty"):
            give()


# Who hears of it


def test_she_and_her_other_coordinators_hear_of_a_slip(in_app):
    with in_app():
        give()
        assert mailed() == {"tobi", "mairead"}
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.to_name == "Tobi Larkhill")).scalar_one()
        assert "Ines Quarrie" in mail.text and "Hello Tobi," in mail.text and "Tue 10 Nov" in mail.text


def test_the_coordinators_of_her_other_networks_hear_of_it_too(in_app):
    with in_app():
        kofi = {"person_id": cast.person_id("kofi"), "role": "member", "started_at": cast.NOW}
        db.session.add(Membership(network_id=cast.network_id(), **kofi))
        db.session.commit()
        give("kofi")
        assert mailed() == {"kofi", "mairead", "bryony"}


def test_the_mails_hold_no_code(in_app):
    with in_app():
        code = give()
        texts = [f"{mail.subject} {mail.text}" for mail in db.session.execute(select(OutboxMail)).scalars()]
        assert not [text for text in texts if code in text or slips.grouped(code) in text]


def test_the_way_to_the_page_is_a_button_in_the_mail(in_app):
    with in_app():
        give()
        deny_slips(cast.person_id("tobi"))
        mails = db.session.execute(select(OutboxMail)).scalars().all()
        assert len(mails) == 4 and all('class="press"' in mail.html for mail in mails)


def test_making_and_using_stand_in_her_history(in_app):
    with in_app():
        use_slip(give(), "a", KEY)
        lines = db.session.execute(select(HistoryLine).where(HistoryLine.subject_kind == "person")).scalars()
        about = [(line.action, line.actor_id) for line in lines if line.subject_id == cast.person_id("tobi")]
        assert about == [("slip.given", cast.person_id("ines")), ("slip.used", None)]


# The pages


def test_the_code_is_shown_once(as_, tobi, slip_page):
    assert code_on(slip_page) and "/sign-in/slip" in slip_page and "<svg" in slip_page
    assert "paper-code" not in as_("ines").get(f"/people/{tobi}/slip").text


@pytest.fixture
def slipped(app, slip_page):
    """A browser that came in with Tobi's slip."""
    browser = app.test_client()
    assert browser.post("/sign-in/slip", data={"code": code_on(slip_page)}).status_code == 303
    return browser


def test_coming_in_by_slip_is_short_and_on_no_device_of_ones_own(app, slipped):
    assert "Tobi Larkhill" in slipped.get("/me").text
    with app.app_context():
        newest = db.session.execute(select(SignInSession).order_by(SignInSession.id.desc())).scalars().first()
        assert not newest.own_device and newest.expires_at - newest.created_at == timedelta(hours=8)


def test_a_wrong_code_is_answered_in_words(client):
    answer = client.post("/sign-in/slip", data={"code": "AAAA-AAAA"})
    assert answer.status_code == 422 and "No slip that works has this code" in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/n/tarn-and-tide/mentoring/"),
        ("GET", "/me/export.json"),
        ("POST", "/me/addresses"),
        ("POST", "/me/delete"),
        ("POST", "/me/slips/known"),
        ("POST", "/me/slips/unknown"),
    ],
)
def test_what_stays_closed_to_whoever_came_with_a_slip(slipped, method, path):
    answer = slipped.open(path, method=method)
    assert answer.status_code == 422 and "came in with a slip" in answer.text


@pytest.mark.parametrize(("proved", "status"), [(None, 200), (cast.LONG_AGO, 422)])
def test_a_week_later_it_is_a_sign_in_like_any_other_for_who_has_no_means_of_her_own(app, slipped, proved, status):
    clock.freeze(cast.NOW + timedelta(days=8))
    with app.app_context():
        for held in db.session.execute(select(SignInSession)).scalars():
            held.expires_at = cast.NOW + timedelta(days=30)
        for held in db.session.execute(select(EmailAddress)).scalars():
            held.verified_at = proved
        db.session.commit()
    assert slipped.get("/n/tarn-and-tide/mentoring/").status_code == status


def by_mail(app):
    browser = app.test_client()
    browser.post("/sign-in", data={"address": "tobi@tarn-and-tide.example"})
    with browser.session_transaction() as session:
        code = session["shown_code"]
    return browser, browser.post("/sign-in/code", data={"code": code})


def test_the_next_sign_in_by_her_own_means_asks_whether_she_knows_of_it(app, slipped):
    browser, answer = by_mail(app)
    assert answer.location.startswith("/me/slips")
    page = browser.get(answer.location).text
    assert "A slip was made by Ines Quarrie on" in page and "It was used on" in page


def test_once_she_knows_of_it_nobody_asks_again_and_nothing_stays_apart(app, slipped):
    browser, _answer = by_mail(app)
    assert browser.post("/me/slips/known").status_code == 303
    assert by_mail(app)[1].location == "/"
    assert slipped.get("/n/tarn-and-tide/mentoring/").status_code == 200


def test_when_she_knows_nothing_of_it_all_that_came_of_it_ends(app, slipped):
    browser, _answer = by_mail(app)
    assert browser.post("/me/slips/unknown").status_code == 303
    assert slipped.get("/me").location.startswith("/sign-in")
    with app.app_context():
        denied = db.session.execute(select(OutboxMail).where(OutboxMail.subject.contains("knows nothing"))).scalars()
        assert {mail.to_name for mail in denied} == {"Mairead Osei-Vance", "Ravi Castellan"}


def test_a_slip_that_was_not_used_yet_can_be_disowned_too(in_app):
    with in_app():
        code = give()
        deny_slips(cast.person_id("tobi"))
        assert isinstance(use_slip(code, "a", KEY), str)


def test_a_slip_can_be_taken_back(as_, client, tobi, slip_page):
    as_("ines").post(f"/people/{tobi}/slip/end")
    assert client.post("/sign-in/slip", data={"code": code_on(slip_page)}).status_code == 422


def test_only_whoever_may_give_a_slip_is_offered_to(as_, tobi):
    for page in (f"/people/{tobi}", f"/n/tarn-and-tide/members/{tobi}"):
        assert "Give a slip" in as_("ines").get(page).text
        assert "Give a slip" not in as_("leon").get(page).text


def test_slips_are_forgotten_after_a_year_and_knowing_of_none_says_nothing(in_app):
    with in_app():
        know_of_slips(cast.person_id("tobi"))
        give()
        clock.freeze(cast.NOW + timedelta(days=367))
        forget_slips()
        assert db.session.execute(select(Slip)).first() is None
        assert "slip.known" not in db.session.execute(select(HistoryLine.action)).scalars().all()


def test_the_pages_around_slips_ask_few_questions(as_, tobi, slip_page, queries):
    for key, path in (
        ("ines", f"/people/{tobi}"),
        ("ines", f"/n/tarn-and-tide/members/{tobi}"),
        ("ines", f"/people/{tobi}/slip"),
        ("tobi", "/me"),
        ("tobi", "/me/slips"),
    ):
        browser = as_(key)
        with queries() as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))
