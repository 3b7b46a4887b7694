"""A coordinator looks at packs: what was handed in is seen once it passes, what is sent back carries a note."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.activities.counting import Span, figures
from portal.db import db
from portal.mail.models import OutboxMail
from portal.networks.models import Membership, Network
from portal.resources.models import Pack
from portal.resources.operations import start_version
from portal.resources.operations_states import share_pack
from portal.reviewing.counting import RULES
from portal.reviewing.fields import PASSED, SENT_BACK, Look
from portal.reviewing.models import PackReview
from portal.reviewing.operations import look_at_pack, recommend_pack
from portal.reviewing.queries import counts
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.resources.packs import PAGE, make_pack

QUEUE = f"{PAGE}review/"
TICKS = {"works": "y", "is_safe": "y", "licence_is_right": "y", "is_clear": "y"}
ALL = {"consent": "y", "works": "y", "safe": "y", "clear": "y", "audience": "members"}
PASS = Look(True, True, True, True, "", PASSED)


def looks_first():
    db.session.execute(update(Network).values(looks_first=True))
    db.session.commit()


def pack_of(pack_id) -> Pack:
    return db.session.get(Pack, pack_id, populate_existing=True)


def look(who, pack_id, said=PASS):
    return look_at_pack(cast.person_id(who), pack_id, pack_of(pack_id).row_version, said)


def seen(browser, pack_id) -> str:
    page = browser.get(f"{QUEUE}{pack_id}").text
    return page.split('name="seen" type="hidden" value="')[1].split('"')[0]


def mails(kind):
    return db.session.execute(select(OutboxMail.to_name, OutboxMail.text).where(OutboxMail.kind == kind)).all()


@pytest.fixture
def handed_in(in_app, as_) -> int:
    """A pack of Tobi's that waits, in a network whose coordinators look first."""
    with in_app():
        looks_first()
        pack_id = make_pack(shared=False)
    assert as_("tobi").post(f"{PAGE}{pack_id}/publication", data=ALL).status_code == 303
    return pack_id


@pytest.fixture
def pack(in_app) -> int:
    with in_app():
        return make_pack()


def test_what_is_handed_in_is_seen_by_its_owner_and_the_coordinators_alone(in_app, as_, handed_in):
    assert "Handed in on" in as_("tobi").get(f"{PAGE}{handed_in}").text
    assert as_("dafydd").get(f"{PAGE}{handed_in}").status_code == 404
    assert "Paper bridges" not in as_("dafydd").get(PAGE).text
    assert "Four looks" in as_("ines").get(f"{QUEUE}{handed_in}").text
    assert as_("ines").get(f"{PAGE}{handed_in}").status_code == 200
    with in_app():
        assert {name for name, _text in mails("pack-handed-in")} == {"Ines Quarrie", "Mairead Osei-Vance"}


def test_it_is_taken_back_before_anybody_looked(in_app, as_, handed_in):
    as_("tobi").post(f"{PAGE}{handed_in}/publication/undo")
    with in_app():
        assert pack_of(handed_in).handed_in_at is None and counts(cast.network_id())["waiting"] == 0
    assert as_("ines").get(f"{QUEUE}{handed_in}").status_code == 404


def test_once_it_passes_members_see_it_and_its_owner_is_told(in_app, as_, handed_in):
    ines = as_("ines")
    data = TICKS | {"decision": "passed", "seen": seen(ines, handed_in), "note": "Thank you."}
    assert ines.post(f"{QUEUE}{handed_in}", data=data).status_code == 303
    page = as_("dafydd").get(f"{PAGE}{handed_in}").text
    assert "Ines Quarrie looked at it on Tuesday 10 November 2026" in page and "Thank you." not in page
    with in_app():
        [(name, text)] = mails("pack-looked-at")
        assert name == "Tobi Larkhill" and "Thank you." in text
        one = pack_of(handed_in)
        assert one.shared_by == one.owner_id and one.handed_in_at is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (TICKS | {"is_safe": "", "decision": "passed"}, "A pack passes with all four ticks."),
        ({"decision": "sent_back", "note": ""}, "Say in a sentence what is to be put right."),
        (TICKS | {"decision": "perhaps"}, "Press one of the two buttons."),
        (TICKS | {"decision": "passed", "hide": "y"}, "pass and be out of sight"),
    ],
)
def test_half_a_look_is_none(in_app, as_, pack, typed, sentence):
    ines = as_("ines")
    answer = ines.post(f"{QUEUE}{pack}", data={"note": "My words."} | typed | {"seen": seen(ines, pack)})
    assert answer.status_code == 422 and sentence in answer.text
    with in_app():
        assert db.session.execute(select(PackReview)).first() is None


def test_what_goes_back_waits_for_its_owner_and_returns_when_it_changes(in_app, as_, pack):
    with in_app():
        look("ines", pack, Look(True, False, True, True, "Say what the knife is for.", SENT_BACK))
        assert (counts(cast.network_id())["waiting"], counts(cast.network_id())["back"]) == (0, 1)
    assert "Say what the knife is for." in as_("tobi").get(f"{PAGE}{pack}").text
    assert "Say what the knife is for." in as_("ines").get(f"{QUEUE}?part=back").text
    theirs = as_("dafydd").get(f"{PAGE}{pack}").text
    assert "Paper bridges" in theirs and "the knife" not in theirs
    clock.freeze(cast.NOW + timedelta(hours=1))
    with in_app():
        start_version(cast.person_id("tobi"), pack, "The knife is explained")
        assert (counts(cast.network_id())["waiting"], counts(cast.network_id())["back"]) == (1, 0)


def test_what_must_not_be_seen_is_its_owners_draft_again(in_app, as_, pack):
    with in_app():
        look("ines", pack, Look(True, False, True, True, "A face in slide 3.", SENT_BACK, hide=True))
    assert as_("dafydd").get(f"{PAGE}{pack}").status_code == 404
    assert "A face in slide 3." in as_("tobi").get(f"{PAGE}{pack}").text
    assert as_("tobi").post(f"{PAGE}{pack}/publication", data=ALL).status_code == 303
    assert as_("dafydd").get(f"{PAGE}{pack}").status_code == 200


def test_her_own_is_looked_at_by_another_unless_she_is_alone(in_app, as_):
    with in_app():
        own = make_pack("ines", title="Her own")
        with pytest.raises(DomainError, match="Another coordinator"):
            look("ines", own)
        other = (Membership.person_id == cast.person_id("mairead"), Membership.role == "coordinator")
        db.session.execute(update(Membership).where(*other).values(role="member"))
        db.session.commit()
        look("ines", own)
    assert "Ines Quarrie looked at it" in as_("tobi").get(f"{PAGE}{own}").text


def test_what_passed_is_what_was_seen(in_app, pack):
    with in_app():
        before = pack_of(pack).row_version
        start_version(cast.person_id("tobi"), pack, "New slides")
        with pytest.raises(DomainError, match="changed while you looked"):
            look_at_pack(cast.person_id("ines"), pack, before, PASS)


def test_a_newer_version_says_which_one_was_reviewed(in_app, as_, pack):
    with in_app():
        look("ines", pack)
        start_version(cast.person_id("tobi"), pack, "New slides")
        assert counts(cast.network_id())["newer"] == 1
    assert "That was version 1; this is version 2." in as_("tobi").get(f"{PAGE}{pack}").text


def test_only_what_was_reviewed_is_recommended_and_it_can_be_taken_back(in_app, as_, pack):
    ines = as_("ines")
    with in_app(), pytest.raises(DomainError, match="Look at it first"):
        recommend_pack(cast.person_id("ines"), pack)
    with in_app():
        look("ines", pack)
    ines.post(f"{QUEUE}{pack}/recommendation")
    assert "Recommended" in as_("dafydd").get(f"{PAGE}{pack}").text
    assert "Ines Quarrie recommends “Paper bridges”" in ines.get(f"{PAGE}{pack}").text
    ines.post(f"{QUEUE}{pack}/recommendation/undo")
    with in_app():
        assert pack_of(pack).recommended_at is None and pack_of(pack).reviewed_at


def test_the_queue_says_what_a_pack_lacks_and_asks_little(in_app, as_, queries):
    with in_app():
        for number in range(3):
            make_pack(title=f"Bridges {number}", right_to_share="permission")
    ines = as_("ines")
    ines.get(QUEUE)
    with queries() as statements:
        page = ines.get(QUEUE).text
    assert "It lacks where it comes from." in page and "3 packs wait" in page
    assert len(statements) <= 12, "\n".join(statements)
    assert "Bridges 1" in ines.get(f"{QUEUE}?format=csv").text


def test_what_came_with_a_catalogue_waits_for_nobody(in_app):
    with in_app():
        pack_id = make_pack()
        db.session.execute(update(Pack).where(Pack.id == pack_id).values(outside_code="x-1"))
        assert (counts(cast.network_id())["waiting"], counts(cast.network_id())["imported"]) == (0, 1)


def test_today_tells_of_packs_to_look_at_in_one_line(in_app, as_, pack):
    assert "“Paper bridges” waits to be looked at" in as_("ines").get("/n/tarn-and-tide/today/").text
    with in_app():
        make_pack(title="Second")
    assert "2 packs wait to be looked at" in as_("ines").get("/n/tarn-and-tide/today/").text
    with in_app():
        share_pack(cast.person_id("tobi"), pack)
        look("mairead", pack)
        span = Span((cast.network_id(),), cast.NOW - timedelta(days=1), cast.NOW + timedelta(days=1))
        assert figures(RULES, span) == {"packs-reviewed": 1}
