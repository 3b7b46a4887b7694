"""Nobody comes to read what two people wrote by what a coordinator may do with their records and addresses."""

from datetime import date

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from portal.db import db
from portal.handing_on.models import HandOver
from portal.mail.models import OutboxMail
from portal.mail.receiving import receive
from portal.matching.operations_wishes import answer_wish, wish_rematch
from portal.mentoring.letters_pairing import tell_begun
from portal.mentoring.operations import change_pairing, end_pairing, start_pairing
from portal.mentoring.terms import Terms
from portal.networks.operations_answering import accept_by_link
from portal.networks.operations_inviting import Asking, invite
from portal.people.models import EmailAddress, Merge, Person
from portal.people.names import sort_name
from portal.web import clock
from portal.web.links import hashed
from tests import cast
from tests.mentoring.world import pair
from tests.mentoring_mail.conftest import mailing
from tests.mentoring_mail.test_by_mail_privacy import CANARY, letter, nothing_is_left

__all__ = ["mailing", "nothing_is_left", "pair"]
MINE = "second.address.of.ines@home.example"


def noted_down(address=MINE):
    """A record that Ines made up, with an address of her own."""
    made = Person(name="T Larkhill", sort_name=sort_name("T Larkhill"), listing={}, created_at=cast.NOW)
    made.added_by = cast.person_id("ines")
    db.session.add(made)
    db.session.flush()
    db.session.add(EmailAddress(person_id=made.id, address=address, folded=address, is_primary=True))
    return made


def asked_for_a_code(app, address=MINE):
    """Whether a code is sent to that address: a door is open."""
    app.test_client().post("/sign-in", data={"address": address})
    with app.app_context():
        mails = select(OutboxMail).where(OutboxMail.kind == "sign-in-code", OutboxMail.to_address == address)
        return db.session.execute(mails).first() is not None


def test_an_invitation_to_an_address_that_was_put_on_her_record_opens_no_door(app, in_app, as_, pair):
    """Ines invites a second self, makes it one with Tobi's record, and accepts by the link in her own mailbox."""
    with in_app():
        ines = cast.person_id("ines")
        asked = invite(Asking(cast.network_id(), ines), "T Larkhill", MINE)
        gone, tobi = asked.person_id, cast.person_id("tobi")
        asked.token_hash = hashed("the link")
        db.session.commit()
    as_("ines").post(f"/people/{tobi}/same/{gone}")
    with in_app():
        assert db.session.execute(select(Merge.id)).scalar(), "the two were made one"
        accepted = accept_by_link(hashed("the link"))
        assert accepted.person_id == tobi and not accepted.is_new_here
    assert not asked_for_a_code(app)


def test_a_record_with_an_address_gives_nobody_who_has_none_a_door(app, in_app, as_):
    with in_app():
        gone, tobi = noted_down().id, cast.person_id("tobi")
        db.session.execute(delete(EmailAddress).where(EmailAddress.person_id == tobi))
        db.session.commit()
    answer = as_("ines").post(f"/people/{tobi}/same/{gone}", follow_redirects=True)
    assert "signs in and has no address" in answer.text
    assert not asked_for_a_code(app)


def test_what_was_handed_on_to_a_record_is_reached_by_nobody_who_is_made_one_with_it(in_app, as_):
    with in_app():
        mairead, reader = cast.person_id("mairead"), noted_down()
        sent = HandOver(person_id=cast.person_id("tobi"), network_id=cast.network_id(), to_person_id=reader.id)
        sent.made_at = sent.sent_at = clock.now()
        db.session.add(sent)
        db.session.commit()
        gone = reader.id
    answer = as_("ines").post(f"/people/{mairead}/same/{gone}", follow_redirects=True)
    assert "handed something on to the record" in answer.text


FRANK = [
    ("pair-begun", lambda pairing, key: None),
    ("pair-changed", lambda pairing, key: change_pairing(pairing, pairing.mentor_id, Terms(rhythm="weekly"))),
    ("pair-ended", lambda pairing, key: end_pairing(pairing, pairing.mentor_id, date(2026, 11, 10), tell=True)),
    ("rematch-answered", lambda pairing, key: _answered(pairing, key)),
]


def _answered(pairing, key):
    wish = wish_rematch(pairing, pairing.mentee_id, "somebody else", key)
    answer_wish(wish, pairing, cast.person_id("ines"), "talk")
    # What the coordinators were sent themselves is no mail about her answer.
    db.session.execute(delete(OutboxMail).where(OutboxMail.kind == "rematch"))


@pytest.mark.parametrize(("kind", "happens"), FRANK, ids=[kind for kind, _happens in FRANK])
@pytest.mark.parametrize("by_its_address", [True, False])
def test_what_is_answered_to_a_mail_of_a_pair_is_kept_nowhere(
    mailing, in_app, nothing_is_left, kind, happens, by_its_address
):
    """It asks for no answer; somebody answers it all the same, frankly, with words for nobody else."""
    with in_app():
        people = (cast.person_id(one) for one in ("dafydd", "tobi", "ines"))
        pairing = start_pairing(cast.network_id(), *people, date(2026, 9, 1))
        tell_begun(pairing)
        happens(pairing, mailing.config["SETTINGS"].key("mentoring"))
        db.session.commit()
        of_kind = select(OutboxMail).where(OutboxMail.kind == kind, OutboxMail.person_id == pairing.mentee_id)
        mail = db.session.execute(of_kind).scalars().first()
        assert mail.reply_to and mail.reply_to.startswith("answer+mentoring")
        to = mail.reply_to if by_its_address else "portal@portal.example"
        reference = {} if by_its_address else {"In_Reply_To": mail.message_id}
    with mailing.app_context():
        assert receive(letter(to, text=CANARY, sender="tobi@tarn-and-tide.example", **reference)) == "not-kept"


def test_an_error_of_the_database_tells_no_values_to_the_log(in_app):
    with in_app(), pytest.raises(IntegrityError) as refused:
        db.session.execute(insert(Person).values(id=cast.person_id("tobi"), name=CANARY, sort_name=CANARY))
    assert "hidden" in str(refused.value) and CANARY not in str(refused.value)
