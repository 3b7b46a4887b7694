"""What was previewed is what arrives, byte for byte; what was not picked is nowhere. The default is nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.handing_on.document import digest_of, read
from portal.handing_on.models import HandOver
from portal.handing_on.operations import forget_drafts
from portal.handing_on.queries import content_of
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.mail.operations_forgetting import forget_texts
from portal.mentoring.models import PairTalk, SealedText
from portal.networks.models import Membership
from portal.people.exporting import as_json
from portal.people.models import EmailAddress
from portal.people.operations_leaving import erase_person
from portal.web import clock
from tests import cast
from tests.access.handing_on import newest_token
from tests.mentoring.planting import bytes_of_database, plant_talk, planted_pair

BASE = "/n/tarn-and-tide/mentoring/handing-on"
OUTSIDE = {
    "to_name": "Orla Fennimore",
    "to_address": "orla@fennimore.example",
    "to_organisation": "Kestrel Lane Primary",
}


@pytest.fixture
def pair(in_app):
    """Tobi's and Dafydd's pair: one talk by each, every private field with a word of its own."""
    with in_app():
        pairing = planted_pair()
        return {
            "pairing_id": pairing.id,
            "his": plant_talk(pairing, "dafydd", 3),
            "hers": plant_talk(pairing, "tobi", 4),
        }


@pytest.fixture
def tobi(as_):
    return as_("tobi")


def begun(tobi, pair, *keys):
    """A draft with these pieces; its number."""
    picked = list(keys) or [f"talk:{pair['hers']['talk_id']}"]
    return tobi.post(f"{BASE}/new", data={"pieces": picked}).location.split("/")[-2]


def addressed(tobi, draft, in_app, **whom):
    with in_app():
        member = {"member_id": str(cast.person_id("leon"))}
    assert tobi.post(f"{BASE}/{draft}/reader", data=whom or member).status_code == 303
    return document_on(tobi.get(f"{BASE}/{draft}/preview"))


def sent(tobi, draft):
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', tobi.get(f"{BASE}/{draft}/preview").text)[1]
    return tobi.post(f"{BASE}/{draft}/sending", data={"seen": seen})


def document_on(page):
    return re.search(rb'<article class="handed".*?</article>', page.data, re.S)[0]


def the_one(draft):
    return db.session.get_one(HandOver, int(draft))


def test_nothing_is_ticked_and_nothing_ticked_goes_nowhere(tobi, pair, app):
    page = tobi.get(f"{BASE}/new").text
    assert 'type="checkbox"' in page and "checked" not in page.partition("<main")[2]
    refused = tobi.post(f"{BASE}/new")
    assert refused.status_code == 422 and "Tick at least one piece" in refused.text
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(HandOver)).scalar() == 0


def test_what_the_other_one_wrote_is_not_even_offered(tobi, pair, as_):
    page = tobi.get(f"{BASE}/new").text
    for name, word in pair["hers"]["words"].items():
        assert word in page, name
    assert not [word for word in pair["his"]["words"].values() if word in page]
    assert f'value="talk:{pair["his"]["talk_id"]}"' not in page
    # A mentor hands nothing on: what he wrote is about somebody else.
    assert "Nothing to hand on yet" in as_("dafydd").get(f"{BASE}/new").text


def test_what_was_previewed_is_what_a_member_reads_byte_for_byte(tobi, pair, as_, in_app):
    draft = begun(tobi, pair)
    previewed = addressed(tobi, draft, in_app)
    assert sent(tobi, draft).status_code == 303
    leon = as_("leon")
    before = leon.get(f"{BASE}/received/{draft}")
    assert b"Open it" in before.data and b"handed" not in before.data.partition(b"<main")[2].replace(b"handed on", b"")
    assert leon.get(f"{BASE}/received/{draft}.pdf").status_code == 404
    assert leon.post(f"{BASE}/received/{draft}").status_code == 303
    assert document_on(leon.get(f"{BASE}/received/{draft}")) == previewed == document_on(tobi.get(f"{BASE}/{draft}"))
    with in_app():
        one = the_one(draft)
        assert digest_of(content_of(one)) == one.digest and one.opened_at == cast.NOW
    assert "It was opened on" in tobi.get(f"{BASE}/{draft}").text


def test_what_was_previewed_is_what_the_link_opens(tobi, pair, client, in_app):
    draft = begun(tobi, pair)
    previewed = addressed(tobi, draft, in_app, **OUTSIDE)
    sent(tobi, draft)
    with in_app():
        token = newest_token()
        assert the_one(draft).token_hash and token not in the_one(draft).token_hash
    cover = client.get(f"/h/{token}")
    assert "Tobi Larkhill hands something on" in cover.text and "Orla Fennimore" in cover.text
    # Whatever opens links by itself (a mail scanner) has opened nothing.
    assert client.get(f"/h/{token}/document").location.endswith(f"/h/{token}")
    assert client.get(f"/h/{token}/document.pdf").status_code == 404
    assert client.post(f"/h/{token}").status_code == 303
    opened = client.get(f"/h/{token}/document")
    assert document_on(opened) == previewed and opened.headers["Cache-Control"] == "no-store"
    alone = client.get(f"/h/{token}/document.html")
    assert document_on(alone) == previewed and b"<script" not in alone.data
    assert client.get(f"/h/{token}/document.pdf").data.startswith(b"%PDF")


def test_the_link_opens_in_a_browser_that_keeps_no_cookies(tobi, pair, app, in_app):
    """As outside tests, with the check of forms on: the link itself is the secret."""
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app, **OUTSIDE)
    sent(tobi, draft)
    with in_app():
        token = newest_token()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert app.test_client(use_cookies=False).post(f"/h/{token}").status_code == 303
        assert app.test_client(use_cookies=False).get(f"/h/{token}/document").status_code == 200
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_what_was_not_picked_is_nowhere(tobi, pair, client, in_app, app):
    picked = f"talk:{pair['hers']['talk_id']}"
    draft = begun(tobi, pair, picked)
    addressed(tobi, draft, in_app, **OUTSIDE)
    sent(tobi, draft)
    with in_app():
        token, content = newest_token(), content_of(the_one(draft)).decode()
        mails = str(db.session.execute(select(OutboxMail.subject, OutboxMail.text, OutboxMail.html)).all())
        lines = str([line.details for line in db.session.execute(select(HistoryLine)).scalars()])
    client.post(f"/h/{token}")
    arrived = content + client.get(f"/h/{token}/document").text
    hers = dict(pair["hers"]["words"])
    note = hers.pop("only_me")
    assert all(word in arrived for word in hers.values())
    for word in (note, *pair["his"]["words"].values()):
        assert word not in arrived
    raw = bytes_of_database(app)
    for word in (*hers.values(), note, *pair["his"]["words"].values()):
        assert word not in mails + lines and word.encode() not in raw


def test_something_changed_since_the_preview_is_previewed_again(tobi, pair, in_app, as_):
    draft = begun(tobi, pair, f"pair:{pair['pairing_id']}")
    addressed(tobi, draft, in_app)
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', tobi.get(f"{BASE}/{draft}/preview").text)[1]
    with in_app():
        from portal.mentoring.models import Pairing

        plant_talk(db.session.get_one(Pairing, pair["pairing_id"]), "dafydd", 6)
    answer = tobi.post(f"{BASE}/{draft}/sending", data={"seen": seen})
    assert answer.status_code == 409 and "Something changed since you looked" in answer.text
    with in_app():
        assert (
            the_one(draft).sent_at is None
            and not db.session.execute(select(OutboxMail.id).where(OutboxMail.kind == "handed-on")).first()
        )
    # The old page in another tab sends nothing either; the new one does.
    assert tobi.post(f"{BASE}/{draft}/sending", data={"seen": seen}).status_code == 422
    assert sent(tobi, draft).status_code == 303


def test_taken_back_before_it_is_opened_it_is_gone_at_once(tobi, pair, client, in_app):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app, **OUTSIDE)
    sent(tobi, draft)
    with in_app():
        token = newest_token()
    assert tobi.post(f"{BASE}/{draft}/taking-back").status_code == 303
    with in_app():
        assert not db.session.execute(select(SealedText.id).where(SealedText.thing == "hand_over")).first()
    gone, wrong = client.get(f"/h/{token}"), client.get("/h/no-such-token")
    assert gone.status_code == wrong.status_code == 404 and client.post(f"/h/{token}").status_code == 404
    assert len(gone.data) == len(wrong.data)
    assert "You took it back" in tobi.get(f"{BASE}/{draft}").text


def test_once_opened_it_can_not_be_taken_back_but_it_can_be_ended(tobi, pair, as_, in_app):
    draft, leon = begun(tobi, pair), as_("leon")
    addressed(tobi, draft, in_app)
    sent(tobi, draft)
    assert "hands something on to you" in leon.get("/n/tarn-and-tide/mentoring/").text
    leon.post(f"{BASE}/received/{draft}")
    assert "can’t be taken back" in tobi.post(f"{BASE}/{draft}/taking-back", follow_redirects=True).text
    assert leon.get(f"{BASE}/received/{draft}").status_code == 200
    tobi.post(f"{BASE}/{draft}/end")
    assert leon.get(f"{BASE}/received/{draft}").status_code == 404
    assert pair["hers"]["words"]["parked"] in tobi.get(f"{BASE}/{draft}").text


def test_a_link_ends_after_sixty_days(tobi, pair, client, in_app):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app, **OUTSIDE)
    sent(tobi, draft)
    with in_app():
        token = newest_token()
    client.post(f"/h/{token}")
    clock.freeze(cast.NOW + timedelta(days=59))
    assert client.get(f"/h/{token}/document").status_code == 200
    clock.freeze(cast.NOW + timedelta(days=60))
    assert client.get(f"/h/{token}").status_code == client.get(f"/h/{token}/document").status_code == 404


def test_one_reader_named_one_way(tobi, pair, in_app):
    draft = begun(tobi, pair)
    with in_app():
        leon, tobis = str(cast.person_id("leon")), str(cast.person_id("tobi"))
    for data, sentence in (
        ({}, "Choose a member above, or type an address"),
        (OUTSIDE | {"member_id": leon}, "Not both"),
        ({"to_address": "orla@fennimore.example"}, "Type the name"),
        ({"to_name": "Orla", "to_address": "orla"}, "An address looks like"),
        ({"member_id": tobis}, ""),
    ):
        answer = tobi.post(f"{BASE}/{draft}/reader", data=data)
        assert answer.status_code == 422 and sentence in answer.text
    assert tobi.get(f"{BASE}/{draft}/preview").location.endswith("/reader")


def test_who_left_meanwhile_is_sent_nothing_and_who_has_no_mail_is_not_said_to_have_one(tobi, pair, in_app):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app)
    with in_app():
        leon = cast.person_id("leon")
        stay = select(Membership).where(Membership.person_id == leon)
        db.session.execute(stay).scalar_one().ended_at = clock.now()
        db.session.commit()
    refused = sent(tobi, draft)
    assert refused.status_code == 422 and "has left this network" in refused.text
    with in_app():
        assert the_one(draft).sent_at is None
        db.session.execute(stay).scalar_one().ended_at = None
        db.session.execute(
            select(EmailAddress).where(EmailAddress.person_id == leon)
        ).scalar_one().bounced_at = clock.now()
        db.session.commit()
    assert sent(tobi, draft).status_code == 303
    page = tobi.get(f"{BASE}/{draft}").text
    assert "No mail reaches Leon Farrowby" in page and "gets a mail now" not in page


def test_the_link_lies_in_the_outbox_no_longer_than_until_it_is_sent(tobi, pair, in_app):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app, **OUTSIDE)
    sent(tobi, draft)
    with in_app():
        token = newest_token()
        forget_texts()
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "handed-on")).scalar_one()
        assert token in mail.text
        mail.sent_at = clock.now()
        db.session.commit()
        forget_texts()
        db.session.commit()
        assert mail.text == "" and mail.html is None


def test_too_many_in_a_day_wait_until_tomorrow(tobi, pair, in_app, monkeypatch):
    monkeypatch.setattr("portal.handing_on.operations.PER_DAY", 1)
    for expected in (303, 422):
        draft = begun(tobi, pair)
        addressed(tobi, draft, in_app, **OUTSIDE)
        assert sent(tobi, draft).status_code == expected


def test_nobody_else_learns_of_it(tobi, pair, in_app, as_):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app)
    sent(tobi, draft)
    with in_app():
        lines = db.session.execute(select(HistoryLine).where(HistoryLine.subject_kind == "hand_over")).scalars().all()
        assert len(lines) > 3 and not [line for line in lines if line.network_id or line.details]
    for path in (f"{BASE}/{draft}", f"{BASE}/received/{draft}", f"{BASE}/{draft}/preview"):
        assert as_("ines").get(path).status_code == as_("dafydd").get(path).status_code == 404


def test_both_take_it_along_in_their_own_data_and_it_goes_with_her(tobi, pair, in_app, as_):
    draft, word = begun(tobi, pair), pair["hers"]["words"]["parked"].encode()
    addressed(tobi, draft, in_app)
    sent(tobi, draft)
    with in_app():
        tobis, leon = cast.person_id("tobi"), cast.person_id("leon")
        assert b'"hand_overs"' in as_json(tobis) and word not in as_json(leon)
    as_("leon").post(f"{BASE}/received/{draft}")
    with in_app():
        assert word in as_json(leon) and b"token_hash" not in as_json(tobis)
        erase_person(tobis)
        assert not db.session.execute(select(HandOver.id)).first()
        assert not db.session.execute(select(SealedText.id).where(SealedText.author_id == tobis)).first()


def test_a_draft_that_nobody_sends_goes_after_thirty_days(tobi, pair, in_app):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app)
    clock.freeze(cast.NOW + timedelta(days=31))
    with in_app():
        forget_drafts()
        assert not db.session.execute(select(HandOver.id)).first()
        assert not db.session.execute(select(SealedText.id).where(SealedText.thing == "hand_over")).first()


def test_a_lost_key_is_said_and_sends_nothing(tobi, pair, app, in_app):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app)
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', tobi.get(f"{BASE}/{draft}/preview").text)[1]
    path = app.config["SETTINGS"].instance / "keys" / "mentoring"
    kept = path.rename(path.with_name("elsewhere"))
    try:
        assert "The key of these notes is not here" in tobi.get(f"{BASE}/{draft}/preview").text
        answer = tobi.post(f"{BASE}/{draft}/sending", data={"seen": seen})
        # What was frozen waits for its key: nothing is written over it, and nothing of it is sent.
        assert answer.status_code == 422 and "its key is not here" in answer.text
        with app.app_context():
            assert the_one(draft).sent_at is None
    finally:
        kept.replace(path)


def test_pages_ask_few_questions(tobi, pair, in_app, queries):
    draft = begun(tobi, pair)
    addressed(tobi, draft, in_app)
    for path in (f"{BASE}/", f"{BASE}/{draft}/preview", f"{BASE}/{draft}/reader"):
        with queries() as seen:
            assert tobi.get(path).status_code == 200
        assert len(seen) <= 12, "\n".join(seen)


def test_the_document_says_every_word_that_is_shown(tobi, pair, in_app):
    draft = begun(
        tobi, pair, f"pair:{pair['pairing_id']}", f"months:{pair['pairing_id']}", f"talk:{pair['hers']['talk_id']}"
    )
    addressed(tobi, draft, in_app)
    with in_app():
        told = read(content_of(the_one(draft)))
        assert [len(part["pieces"]) for part in told["parts"]] == [1, 1, 1]
        assert db.session.execute(select(func.count()).select_from(PairTalk)).scalar() == 2
    assert ["Talks", "2, 0 of them confirmed by both"] in told["parts"][0]["pieces"][0]["lines"]
