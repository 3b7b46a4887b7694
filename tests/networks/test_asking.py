"""Asking to join: from inside with a sentence, from outside only once the address has proved to be hers."""

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.mail.models import OutboxMail
from portal.networks.models import JoinRequest, Network
from portal.networks.models_asking import OutsideAsk
from portal.networks.operations_asking import ask_to_join, take_back
from portal.networks.operations_known import person_at
from portal.networks.queries_members import current_membership
from portal.web.errors import DomainError
from tests import cast

HERE = "/n/tarn-and-tide"
STRANGER = {"name": "Wren Tolly", "address": "wren@far.example", "school": "Far School", "note": "I teach physics."}


def mails(kind):
    return list(db.session.execute(select(OutboxMail.to_address).where(OutboxMail.kind == kind)).scalars())


def ask_path():
    text = db.session.execute(select(OutboxMail.text).where(OutboxMail.kind == "join-confirm")).scalar_one()
    return next(line for line in text.splitlines() if "/a/" in line).partition(":8000")[2]


def asked_by_hana(in_app):
    with in_app():
        return ask_to_join(cast.network_id(), cast.person_id("hana"), "I have moved here.").id


def test_a_question_reaches_every_coordinator_and_is_welcomed(in_app, as_):
    hana, ines = as_("hana"), as_("ines")
    assert hana.post("/networks/tarn-and-tide/ask", data={"note": "I have moved here."}).status_code == 303
    assert "Take my question back" in hana.get("/networks").text
    with in_app():
        assert mails("join-asked") == ["ines@tarn-and-tide.example", "mairead@tarn-and-tide.example"]
        request = db.session.execute(select(JoinRequest.id)).scalar_one()
    assert "I have moved here." in ines.get(f"{HERE}/members/requests").text
    ines.post(f"{HERE}/members/requests/{request}", data={"answer": "welcome", "sentence": "Come on Thursday."})
    assert hana.get(f"{HERE}/").status_code == 200
    with in_app():
        text = db.session.execute(select(OutboxMail.text).where(OutboxMail.kind == "join-answered")).scalar_one()
    assert "Come on Thursday." in text and "Ines Quarrie welcomes you" in text


def test_declining_leaves_her_outside_with_a_sentence(in_app, as_):
    request = asked_by_hana(in_app)
    as_("ines").post(f"{HERE}/members/requests/{request}", data={"answer": "decline", "sentence": "Full until May."})
    assert as_("hana").get(f"{HERE}/").status_code == 404
    with in_app():
        assert mails("join-answered") == ["hana@tarn-and-tide.example"]


def test_a_question_is_answered_once(in_app, as_):
    request, ines = asked_by_hana(in_app), as_("ines")
    ines.post(f"{HERE}/members/requests/{request}", data={"answer": "decline"})
    assert ines.post(f"{HERE}/members/requests/{request}", data={"answer": "welcome"}).status_code == 404


def test_another_networks_coordinator_cannot_answer(in_app, as_):
    request = asked_by_hana(in_app)
    answer = as_("bryony").post(f"/n/fell-and-furrow/members/requests/{request}", data={"answer": "welcome"})
    assert answer.status_code == 404


def test_one_asks_once_and_takes_it_back_herself(in_app, as_):
    request, hana = asked_by_hana(in_app), as_("hana")
    assert hana.post("/networks/tarn-and-tide/ask", data={"note": "Again."}).status_code == 422
    assert as_("kofi").post(f"/networks/asked/{request}/take-back").status_code == 404
    assert hana.post(f"/networks/asked/{request}/take-back").status_code == 303
    assert hana.post("/networks/tarn-and-tide/ask", data={"note": "Again."}).status_code == 303


@pytest.mark.parametrize("note", ["", "   ", "x" * 1001])
def test_a_question_without_words_or_with_too_many_is_refused(as_, note):
    assert as_("hana").post("/networks/tarn-and-tide/ask", data={"note": note}).status_code == 422


def test_a_network_that_is_not_open_cannot_be_asked(in_app, as_, client):
    with in_app():
        db.session.get(Network, cast.network_id()).is_open_to_ask = False
        db.session.commit()
    assert as_("hana").get("/networks/tarn-and-tide/ask").status_code == 404
    assert client.post("/p/tarn-and-tide/ask", data=STRANGER).status_code == 404
    assert "by invitation" in client.get("/p/tarn-and-tide/").text


def test_a_stranger_counts_only_after_her_mail(in_app, client, as_):
    assert client.post("/p/tarn-and-tide/ask", data=STRANGER).location == "/p/tarn-and-tide/asked"
    with in_app():
        assert person_at(STRANGER["address"]) is None
        assert db.session.execute(select(func.count(JoinRequest.id))).scalar_one() == 0
        path = ask_path()
    assert "I teach physics." in client.get(path).text
    assert "Thank you" in client.post(path).text
    assert client.post(path).status_code == 410
    with in_app():
        wren = person_at(STRANGER["address"])
        assert wren.admitted_at is None and not current_membership(cast.network_id(), wren.id)
        assert db.session.execute(select(OutsideAsk.address)).scalar_one() == ""
    page = as_("ines").get(f"{HERE}/members/requests").text
    assert "Wren Tolly" in page and "Far School" in page


def test_the_page_answers_the_same_for_a_known_address(app, in_app):
    known = app.test_client().post("/p/tarn-and-tide/ask", data={**STRANGER, "address": "tobi@tarn-and-tide.example"})
    unknown = app.test_client().post("/p/tarn-and-tide/ask", data=STRANGER)
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)


def test_a_member_who_asks_from_outside_makes_no_question(in_app, client):
    client.post("/p/tarn-and-tide/ask", data={**STRANGER, "address": "tobi@tarn-and-tide.example"})
    with in_app():
        path = ask_path()
    client.post(path)
    with in_app():
        assert db.session.execute(select(func.count(JoinRequest.id))).scalar_one() == 0


def test_too_many_from_one_address_are_stopped(app):
    answers = [app.test_client().post("/p/tarn-and-tide/ask", data=STRANGER).status_code for _time in range(4)]
    assert answers == [303, 303, 303, 422]


@pytest.mark.parametrize("field", ["name", "address", "note"])
def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(client, field):
    answer = client.post("/p/tarn-and-tide/ask", data={**STRANGER, field: ""})
    assert answer.status_code == 422 and "Far School" in answer.text


def test_coordinators_stand_on_the_public_page_only_if_they_list_themselves(in_app, client):
    assert "Ines Quarrie" not in client.get("/p/tarn-and-tide/").text
    with in_app():
        person_at("ines@tarn-and-tide.example").listing = {"public": True}
        db.session.commit()
    page = client.get("/p/tarn-and-tide/").text
    assert "Ines Quarrie" in page and "Mairead" not in page


def test_the_pages_ask_few_questions(in_app, as_, client, queries):
    asked_by_hana(in_app)
    for browser, path in (
        (as_("ines"), f"{HERE}/members/requests"),
        (as_("hana"), "/networks"),
        (client, "/p/tarn-and-tide/"),
    ):
        with queries() as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= 12, path


def test_asking_and_taking_back_in_turns_does_not_fill_the_coordinators_mail(in_app):
    with in_app():
        network, hana = cast.network_id(), cast.person_id("hana")
        for _time in range(5):
            take_back(hana, ask_to_join(network, hana, "Please").id)
        with pytest.raises(DomainError, match="many in one day"):
            ask_to_join(network, hana, "Please")
