"""Inviting: the list is looked over before it is sent, and the mail's link opens, once, what the inviter may give."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail.models import OutboxMail
from portal.networks.models import Invitation
from portal.networks.operations import add_imported_member
from portal.networks.operations_inviting import Asking, invite, invite_imported, send_again, withdraw
from portal.networks.operations_known import known_person, person_at
from portal.networks.operations_membership import change_role
from portal.networks.queries_members import current_membership
from portal.people.models import EmailAddress, Person
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast

HERE = "/n/tarn-and-tide"
SAMIRA = "samira@school.example"


def link():
    """The path of the link in the newest mail."""
    text = db.session.execute(select(OutboxMail.text).order_by(OutboxMail.id.desc()).limit(1)).scalar_one()
    return next(line for line in text.splitlines() if "/a/" in line).partition(":8000")[2]


@pytest.fixture
def invited(in_app):
    """Samira has an invitation from Ines; the path of its link."""

    def ask(role="member"):
        with in_app():
            invite(
                Asking(cast.network_id(), cast.person_id("ines"), role, "See you on Thursday."), "Samira Holm", SAMIRA
            )
            return link()

    return ask


def test_the_mail_says_who_invites_and_answers_go_to_her(in_app, invited):
    invited()
    with in_app():
        mail = db.session.execute(select(OutboxMail)).scalar_one()
        assert mail.from_name == "Ines Quarrie" and mail.reply_to == "ines@tarn-and-tide.example"
        assert "Ines Quarrie invites you to Tarn and Tide STEM Network" in mail.text
        assert "See you on Thursday." in mail.text


def test_opening_the_link_does_nothing_and_accepting_comes_in(in_app, client, invited):
    path = invited()
    page = client.get(path)
    assert page.status_code == 200 and "Samira Holm" in page.text and "Ines Quarrie" in page.text
    with in_app():
        assert person_at(SAMIRA).admitted_at is None
    answer = client.post(path, data={"answer": "accept"})
    assert answer.location == f"{HERE}/"
    assert client.get(f"{HERE}/").status_code == 200
    with in_app():
        person = person_at(SAMIRA)
        assert person.admitted_at and current_membership(cast.network_id(), person.id).role == "member"
        verified = select(EmailAddress.verified_at).where(EmailAddress.person_id == person.id)
        assert db.session.execute(verified).scalar_one()


def test_a_link_works_once(app, client, invited):
    path = invited()
    client.post(path, data={"answer": "accept"})
    other = app.test_client()
    again = other.post(path, data={"answer": "accept"})
    assert again.status_code == 410 and "has been accepted" in again.text
    assert other.get(f"{HERE}/").status_code == 303


def test_somebody_who_has_come_in_before_signs_in_as_always(app, in_app, client):
    with in_app():
        invite(Asking(cast.network_id(), cast.person_id("ines")), "", "hana@tarn-and-tide.example")
        path = link()
    answer = client.post(path, data={"answer": "accept"})
    assert "/sign-in" in answer.location
    assert client.get("/networks").status_code == 303
    with in_app():
        assert current_membership(cast.network_id(), cast.person_id("hana"))


@pytest.mark.parametrize("change", ["expired", "withdrawn", "declined", "tampered"])
def test_a_link_that_is_over_says_so_kindly(in_app, client, invited, change):
    path = invited()
    with in_app():
        invitation = db.session.execute(select(Invitation)).scalar_one()
        if change == "withdrawn":
            withdraw(cast.network_id(), invitation.id, cast.person_id("ines"))
    if change == "declined":
        client.post(path, data={"answer": "decline"})
    if change == "expired":
        clock.freeze(cast.NOW + timedelta(days=60, seconds=1))
    if change == "tampered":
        path = path[:-3] + "xyz"
    expected = 404 if change == "tampered" else 410
    for answer in (client.get(path), client.post(path, data={"answer": "accept"})):
        assert answer.status_code == expected and "This link does not work any more" in answer.text
    with in_app():
        assert person_at(SAMIRA).admitted_at is None


def test_an_inviter_who_stepped_down_gives_a_plain_membership(in_app, client, invited):
    path = invited("coordinator")
    with in_app():
        ines = cast.person_id("ines")
        change_role(cast.network_id(), ines, "member", ines)
    client.post(path, data={"answer": "accept"})
    with in_app():
        assert current_membership(cast.network_id(), person_at(SAMIRA).id).role == "member"


def test_forget_me_removes_name_and_address(in_app, client, invited):
    path = invited()
    with in_app():
        samira = person_at(SAMIRA).id
    answer = client.post(path, data={"answer": "forget"})
    assert "are removed" in answer.text
    with in_app():
        person = db.session.get(Person, samira)
        assert person_at(SAMIRA) is None and person.erased_at and "Samira" not in person.name
        assert db.session.execute(select(Invitation.address)).scalar_one() == ""


def test_forget_me_never_erases_somebody_who_came_in(in_app, client):
    with in_app():
        invite(Asking(cast.network_id(), cast.person_id("ines")), "", "hana@tarn-and-tide.example")
        path = link()
    client.post(path, data={"answer": "forget"})
    with in_app():
        assert person_at("hana@tarn-and-tide.example").erased_at is None


def test_pressing_too_often_is_stopped(app, invited):
    path = invited()
    answers = [app.test_client().post(path).status_code for _time in range(61)]
    assert answers[0] == 422 and answers[-1] == 429


def test_a_pasted_list_is_looked_over_before_it_is_sent(in_app, as_, invited):
    invited()
    pasted = "\n".join(
        [
            "New Face <new@school.example>",
            f"Samira <{SAMIRA}>",
            "tobi@tarn-and-tide.example",
            "no address",
            "new@school.example",
        ]
    )
    ines = as_("ines")
    page = ines.post(f"{HERE}/members/invite", data={"people": pasted, "role": "member"})
    for words in ("New here", "Invited already", "A member already", "No address could be read", "Stands twice"):
        assert words in page.text
    assert "Send 1 invitation" in page.text
    with in_app():
        assert len(db.session.execute(select(Invitation)).all()) == 1
    ines.post(f"{HERE}/members/invite/send", data={"people": pasted, "role": "member"})
    with in_app():
        assert len(db.session.execute(select(Invitation)).all()) == 2


def test_a_list_of_two_hundred_is_looked_over_with_few_questions(as_, queries):
    pasted = "\n".join(f"Person {number} <p{number}@school.example>" for number in range(200))
    ines = as_("ines")
    with queries() as seen:
        assert ines.post(f"{HERE}/members/invite", data={"people": pasted, "role": "member"}).status_code == 200
    assert len(seen) <= 12


def test_nonsense_is_refused_and_kept(as_):
    ines = as_("ines")
    assert "nobody at all" in ines.post(f"{HERE}/members/invite", data={"people": "nobody at all"}).text
    for data in ({"people": ""}, {"people": "nobody at all"}, {"people": "x@y.example", "role": "queen"}):
        assert ines.post(f"{HERE}/members/invite", data=data).status_code == 422


def test_a_member_cannot_be_invited_twice(in_app):
    with in_app():
        asking = Asking(cast.network_id(), cast.person_id("ines"))
        with pytest.raises(DomainError, match="member already"):
            invite(asking, "", "tobi@tarn-and-tide.example")


def test_those_who_were_imported_are_invited_together_once(in_app):
    with in_app():
        network, ines = cast.network_id(), cast.person_id("ines")
        for number in range(3):
            person = known_person(f"Imported {number}", f"i{number}@school.example", "import", ines)
            add_imported_member(network, person.id, ines)
        assert invite_imported(Asking(network, ines)) == 3
        assert invite_imported(Asking(network, ines)) == 0


def test_sending_again_makes_the_older_link_useless(in_app, client, invited):
    older = invited()
    with in_app():
        invitation = db.session.execute(select(Invitation.id)).scalar_one()
        send_again(cast.network_id(), invitation, cast.person_id("ines"))
        newer = link()
    assert client.get(older).status_code == 404
    assert client.get(newer).status_code == 200


def test_an_imported_person_who_asks_for_a_code_may_choose(in_app, client):
    with in_app():
        ines = cast.person_id("ines")
        person = known_person("Samira Holm", SAMIRA, "import", ines)
        add_imported_member(cast.network_id(), person.id, ines)
    known = client.post("/sign-in", data={"address": SAMIRA})
    assert (known.status_code, known.location) == (303, "/sign-in/code")
    with in_app():
        mail = db.session.execute(select(OutboxMail)).scalar_one()
        path = link()
        assert "Ines Quarrie added you" in mail.text and "Tarn and Tide" in mail.text
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 422
    assert client.post(path, data={"answer": "accept"}).location == "/networks"
    assert client.get(f"{HERE}/").status_code == 200
    assert client.get(path).status_code == 404


def test_or_be_forgotten(in_app, client):
    with in_app():
        known_person("Samira Holm", SAMIRA, "import", cast.person_id("ines"))
    client.post("/sign-in", data={"address": SAMIRA})
    with in_app():
        path = link()
    client.post(path, data={"answer": "forget"})
    with in_app():
        assert person_at(SAMIRA) is None


def test_a_signed_in_person_answers_on_her_own_page(in_app, as_):
    with in_app():
        invitation = invite(Asking(cast.network_id(), cast.person_id("ines")), "", "hana@tarn-and-tide.example").id
    hana = as_("hana")
    assert "You are invited" in hana.get("/networks").text
    assert as_("kofi").post(f"/networks/invited/{invitation}", data={"answer": "accept"}).status_code == 404
    assert hana.post(f"/networks/invited/{invitation}", data={"answer": "accept"}).location == f"{HERE}/"
    assert hana.get(f"{HERE}/").status_code == 200
