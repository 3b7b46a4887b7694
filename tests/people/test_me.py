"""My page: who sees what is said beside it; addresses, agreements, sign-ins, taking it along, being deleted."""

import io
import json
import re
import zipfile

import pytest
from sqlalchemy import select

from portal.db import db, writing
from portal.history.models import HistoryLine
from portal.networks.models import Membership
from portal.people.models import Consent, EmailAddress, Person, SignInSession
from portal.people.names import sort_name
from tests import cast

KEY = re.compile(r'name="form_key" type="hidden" value="(\w{32})"')


def me_in(app, key="tobi"):
    with app.app_context():
        return cast.person_id(key)


def test_my_page_says_who_sees_each_item(as_):
    page = as_("tobi").get("/me").text
    assert page.count("Seen by:") >= 6 and "tobi@tarn-and-tide.example" in page


def test_my_page_asks_a_bounded_number_of_questions(as_, queries):
    tobi = as_("tobi")
    with queries() as seen:
        assert tobi.get("/me").status_code == 200
    assert len(seen) <= 12, seen


def prove(browser, address, code=None):
    browser.post("/me/addresses", data={"address": address})
    with browser.session_transaction() as session:
        shown = session["shown_address_code"]
    return browser.post("/me/addresses/code", data={"code": code or shown})


def test_after_a_wrong_code_the_right_one_is_another_try(as_):
    """A wrong code is counted, so its form has acted; the form that comes back must not be taken for its echo."""
    tobi = as_("tobi")
    tobi.post("/me/addresses", data={"address": "tobi@home.example"})
    with tobi.session_transaction() as session:
        shown = session["shown_address_code"]
    key = KEY.findall(tobi.get("/me/addresses/code").text)[-1]
    refused = tobi.post("/me/addresses/code", data={"code": "WRONGS", "form_key": key})
    assert refused.status_code == 422
    key = KEY.findall(refused.text)[-1]
    assert tobi.post("/me/addresses/code", data={"code": shown, "form_key": key}).location == "/me"


def test_another_address_is_mine_once_its_code_is_typed(app, as_):
    tobi = as_("tobi")
    assert prove(tobi, "tobi@home.example", "WRONGS").status_code == 422
    assert prove(tobi, "Tobi@Home.example").location == "/me"
    with app.app_context():
        address = db.session.execute(
            select(EmailAddress).where(EmailAddress.folded == "tobi@home.example")
        ).scalar_one()
        number = address.id
        assert (address.person_id, address.is_primary, address.verified_at is not None) == (
            cast.person_id("tobi"),
            False,
            True,
        )
    tobi.post(f"/me/addresses/{number}/first")
    with app.app_context():
        first = db.session.execute(
            select(EmailAddress.folded).where(EmailAddress.person_id == cast.person_id("tobi"), EmailAddress.is_primary)
        ).scalar_one()
    assert first == "tobi@home.example"


def test_a_second_record_of_mine_becomes_part_of_this_one(app, as_):
    with app.app_context(), writing():
        other = Person(name="T Larkhill", sort_name=sort_name("T Larkhill"), listing={}, created_at=cast.NOW)
        db.session.add(other)
        db.session.flush()
        db.session.add(
            EmailAddress(person_id=other.id, address="tobi@home.example", folded="tobi@home.example", is_primary=True)
        )
        db.session.commit()
        number = other.id
    assert prove(as_("tobi"), "tobi@home.example").status_code == 303
    with app.app_context():
        assert db.session.get(Person, number).merged_into == cast.person_id("tobi")


def test_somebody_elses_address_is_not_mine_even_with_its_code(app, as_):
    answer = prove(as_("tobi"), "leon@tarn-and-tide.example")
    assert answer.status_code == 422 and "Another record signs in" in answer.text


def test_the_address_that_mail_goes_to_stays(app, as_):
    with app.app_context():
        number = db.session.execute(
            select(EmailAddress.id).where(EmailAddress.person_id == cast.person_id("tobi"))
        ).scalar_one()
    tobi = as_("tobi")
    tobi.post(f"/me/addresses/{number}/remove")
    assert "Choose another one" in tobi.get("/me").text
    assert as_("leon").post(f"/me/addresses/{number}/remove").status_code == 404


def test_an_agreement_keeps_its_words_and_dates(app, as_):
    tobi = as_("tobi")
    for path in ("", "", "/withdraw"):
        tobi.post(f"/me/agreements/photo{path}")
    assert tobi.post("/me/agreements/nonsense").status_code == 404
    with app.app_context():
        consent = db.session.execute(select(Consent)).scalar_one()
    assert "recognised" in consent.wording and consent.withdrawn_at is not None


def test_other_sign_ins_can_be_ended_and_only_mine(app, as_):
    first, second, leon = as_("tobi"), as_("tobi"), as_("leon")
    assert second.post("/me/sessions/end-others").status_code == 303
    assert first.get("/me").status_code == 302 or first.get("/me").status_code == 303
    with app.app_context():
        hers = db.session.execute(
            select(SignInSession.id).where(SignInSession.person_id == cast.person_id("leon"))
        ).scalar_one()
    assert second.post(f"/me/sessions/{hers}/end").status_code == 404
    assert leon.get("/me").status_code == 200


def test_i_take_everything_along_and_nothing_of_others(app, as_):
    tobi = as_("tobi")
    told = json.loads(tobi.get("/me/export.json").data)
    assert told["person"][0]["name"] == "Tobi Larkhill" and told["membership"]
    assert not any("hash" in key for rows in told.values() for row in rows for key in row)
    assert "Leon Farrowby" not in json.dumps(told)
    names = zipfile.ZipFile(io.BytesIO(tobi.get("/me/export.zip").data)).namelist()
    assert "person.csv" in names and "email_address.csv" in names


def test_deleting_myself_asks_then_forgets_the_name_and_keeps_the_counts(app, as_):
    tobi, number = as_("tobi"), me_in(app)
    assert tobi.post("/me/delete").status_code == 422
    assert tobi.post("/me/delete", data={"sure": "y"}).status_code == 303
    assert tobi.get("/me").status_code in {302, 303}
    assert as_("leon").get(f"/people/{number}").status_code == 404
    with app.app_context():
        person = db.session.get(Person, number)
        assert (person.name, person.erased_at is not None) == ("Former member", True)
        assert db.session.execute(select(EmailAddress).where(EmailAddress.person_id == number)).first() is None
        assert (
            db.session.execute(
                select(Membership).where(Membership.person_id == number, Membership.ended_at.is_(None))
            ).first()
            is None
        )
        lines = db.session.execute(select(HistoryLine).where(HistoryLine.action == "person.erased")).scalars().all()
        assert len(lines) == 1 and lines[0].actor_id is None


@pytest.mark.parametrize(("key", "words"), [("bryony", "only coordinator"), ("ravi", "only administrator")])
def test_nobody_leaves_a_network_or_the_portal_without_a_successor(as_, key, words):
    answer = as_(key).post("/me/delete", data={"sure": "y"})
    assert answer.status_code == 422 and words in answer.text


def test_my_history_is_mine(as_):
    tobi = as_("tobi")
    tobi.post("/me/listed", data={"listed": ["email"]})
    assert "chose what fellow members see" in tobi.get("/me/history").text
    assert "chose what fellow members see" not in as_("leon").get("/me/history").text


def test_an_address_that_others_put_on_her_record_is_proved_by_a_code(app, as_):
    """A list or a merge brought it along: it opens no door and gets no mail until she types what was sent there."""
    with app.app_context():
        tobi = cast.person_id("tobi")
        db.session.add(EmailAddress(person_id=tobi, address="t@second.example", folded="t@second.example"))
        db.session.commit()
    browser = as_("tobi")
    assert "Send me a code there" in browser.get("/me").text
    assert browser.post("/me/addresses", data={"address": "t@second.example"}).status_code == 303
    with browser.session_transaction() as session:
        code = session["shown_address_code"]
    assert browser.post("/me/addresses/code", data={"code": code}).status_code == 303
    with app.app_context():
        address = db.session.execute(select(EmailAddress).where(EmailAddress.folded == "t@second.example")).scalar_one()
        assert address.verified_at is not None
        assert browser.post(f"/me/addresses/{address.id}/first").status_code == 303
