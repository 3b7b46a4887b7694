"""What must never be in a digest: canaries in everything that the reader may not see."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.conversations.operations_topics import remove_topic
from portal.db import db, operation
from portal.digest.gathering import gather
from portal.mail.operations import note_sent
from portal.networks.models import Membership, Network
from portal.networks.operations_membership import join
from portal.people.models import EmailAddress, Person
from portal.resources.operations_states import delete_pack
from portal.web import clock
from tests import cast
from tests.conversations.talking import answer, standing, topic
from tests.digest.reading import content, everything, mails, monday, titles
from tests.events.planned import booked, event
from tests.resources.packs import make_pack

FELL = "fell-and-furrow"


@operation
def set_all(model, where, **values):
    db.session.execute(update(model).where(where).values(**values))
    db.session.expire_all()


def fill(prefix=""):
    """Something in every room of Tarn and Tide."""
    event(title=f"{prefix} date")
    make_pack("leon", title=f"{prefix} pack")
    topic("dafydd", f"{prefix} question", f"{prefix} body")
    join(cast.network_id(), cast.person_id("hana"), "member", "invited", None)


def test_nothing_of_another_network(in_app):
    with in_app():
        fill("Canary")
        for key in ("kofi", "bryony", "ravi"):
            assert "Canary" not in everything(key) and "Hana" not in everything(key)


def test_no_body_of_a_text_goes_into_a_mail(in_app):
    with in_app():
        asked = topic("tobi", body="Canary body")
        clock.freeze(cast.NOW + timedelta(minutes=1))
        answer(asked, "dafydd", "Canary answer")
        monday()
        assert mails("tobi") and all("Canary" not in mail.text + mail.html for mail in mails())


def test_a_joining_link_never_goes_into_a_mail(in_app):
    with in_app():
        event()
        monday()
        assert mails("tobi") and all("meet.example" not in mail.text + mail.html for mail in mails())


@pytest.mark.parametrize("room", ["events", "resources", "conversations"])
def test_a_room_that_is_switched_off_is_nowhere(in_app, room):
    with in_app():
        fill()
        rooms = [one for one in ("events", "resources", "conversations", "mentoring", "numbers") if one != room]
        set_all(Network, Network.slug == "tarn-and-tide", rooms=rooms)
        section = {"events": "dates", "resources": "resources", "conversations": "questions"}[room]
        shown = {one.key for one in content("tobi").sections}
        assert section not in shown and len(shown) == 3


def test_who_has_left_or_is_away_reads_nothing(in_app):
    with in_app():
        fill()
        for change in ({"paused_at": cast.NOW}, {"paused_at": None, "ended_at": cast.NOW}):
            set_all(Membership, Membership.person_id == cast.person_id("tobi"), **change)
            assert content("tobi") is None


def test_a_closed_network_tells_nothing(in_app):
    with in_app():
        fill()
        set_all(Network, Network.slug == "tarn-and-tide", closed_at=cast.NOW)
        assert content("tobi") is None and monday() == 0


def test_what_was_removed_is_gone(in_app):
    with in_app():
        delete_pack(cast.person_id("leon"), make_pack("leon"))
        remove_topic(standing("dafydd"), topic("dafydd"), False)
        assert content("tobi") is None


def test_drafts_and_who_was_only_imported_are_nobodys_news(in_app):
    with in_app():
        make_pack("leon", shared=False, title="Canary draft")
        event(title="Canary plan", publish=False)
        join(cast.network_id(), cast.person_id("hana"), "member", "import", None)
        set_all(Person, Person.id == cast.person_id("hana"), admitted_at=None)
        assert content("tobi") is None


def test_two_networks_do_not_mix(in_app):
    with in_app():
        join(cast.network_id(FELL), cast.person_id("tobi"), "member", "invited", None)
        make_pack("kofi", network=FELL, title="Fell pack")
        make_pack("leon", title="Tarn pack")
        assert set(titles("tobi", "resources")) == {"Fell pack", "Tarn pack"}
        assert titles("dafydd", "resources") == ["Tarn pack"] and titles("bryony", "resources") == ["Fell pack"]


def test_one_batch_of_many_readers_keeps_them_apart(in_app):
    with in_app():
        booked(event(), "leon")
        asked = topic("tobi")
        clock.freeze(cast.NOW + timedelta(minutes=1))
        answer(asked, "dafydd")
        facts = gather([cast.person_id(key) for key in ("tobi", "leon", "kofi", "dafydd")])
        assert set(facts.questions.moved) == {cast.person_id("tobi")}
        assert {reader.name for reader in facts.readers} >= {"Tobi Larkhill", "Kofi Marrable"}


@pytest.mark.parametrize(
    "change",
    [{"admitted_at": None}, {"erased_at": cast.NOW}, {"merged_into": 1}, {"rhythm": "never"}],
    ids=["imported", "erased", "merged", "never"],
)
def test_who_gets_none(in_app, change):
    with in_app():
        fill()
        set_all(Person, Person.id == cast.person_id("tobi"), **change)
        monday()
        assert mails("leon") and not mails("tobi")


def test_an_address_from_which_mail_comes_back_gets_none(in_app):
    with in_app():
        fill()
        set_all(EmailAddress, EmailAddress.person_id == cast.person_id("tobi"), bounced_at=cast.NOW)
        monday()
        assert mails("leon") and not mails("tobi")


def test_a_sent_mail_is_one_that_was_right_when_it_left(in_app):
    with in_app():
        fill()
        monday()
        note_sent(mails("tobi")[0].id)
        assert mails("tobi")[0].sent_at
