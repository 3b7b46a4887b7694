"""What a pair promises each other: a wording of the network, a yes of each, and another rhythm that asks nobody anew."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.agreements.models import MentoringAgreement, PairAgreement
from portal.agreements.operations import agree, write_agreement
from portal.db import db
from portal.mail.models import OutboxMail
from portal.mentoring.models import Pairing, PairProgramme
from portal.mentoring.operations import start_pairing
from portal.programmes.models import Programme
from portal.web.errors import DomainError
from portal.web.links import signed_token
from tests import cast

BASE = "/n/tarn-and-tide/mentoring"


@pytest.fixture
def pair(in_app):
    with in_app():
        dafydd, tobi, ines = (cast.person_id(key) for key in ("dafydd", "tobi", "ines"))
        return start_pairing(cast.network_id(), dafydd, tobi, ines, date(2026, 9, 1), rhythm="Weekly").id


def test_a_network_starts_with_a_wording_that_says_what_is_shared_and_what_is_not(as_):
    page = as_("tobi").get(f"{BASE}/agreement").text
    for said in ("stays between the two of us", "Nobody gets a note", "safety of a pupil", "no part in evaluating",
                 "Nobody is at fault", "at least a day before", "for how many minutes"):  # fmt: skip
        assert said in page, said
    assert "Write a wording of our own" not in page


def test_both_say_yes_and_everybody_of_the_pair_sees_to_what_and_when(as_, app, client, pair):
    page = as_("tobi").get(f"{BASE}/pairs/{pair}").text
    assert "Read it and say yes" in page and "Tobi Larkhill: not yet" in page
    assert as_("tobi").post(f"{BASE}/pairs/{pair}/agreement", data={"version": "1"}).status_code == 303
    assert as_("ines").post(f"{BASE}/pairs/{pair}/agreement", data={"version": "1"}).status_code == 403
    with app.app_context():
        link = f"/a/{signed_token('pairagree', cast.person_id('dafydd'), pair, days=60)}"
    opened = client.get(link).text
    assert "stays between the two of us" in opened and "I say yes to this" in opened
    for _time in range(2):
        assert client.post(link, data={"choice": "yes1"}).status_code == 303
    with app.app_context():
        assert len(db.session.execute(select(PairAgreement.id)).all()) == 2
        assert db.session.execute(select(MentoringAgreement.version)).scalars().all() == [1]
    page = as_("ines").get(f"{BASE}/pairs/{pair}").text
    assert "Tobi Larkhill, Tue 10 Nov" in page and "Dafydd Okonjo-Reeve, Tue 10 Nov" in page


def test_a_newer_wording_is_shown_and_an_old_page_says_yes_to_nothing(as_, in_app, pair):
    with in_app():
        pairing, ines = db.session.get(Pairing, pair), cast.person_id("ines")
        agree(pairing, pairing.mentee_id, 1)
        assert write_agreement(ines, pairing.network_id, 1, "We keep it to ourselves.") == 2
        with pytest.raises(DomainError, match="changed since you opened"):
            agree(pairing, pairing.mentor_id, 1)
    page = as_("tobi").get(f"{BASE}/pairs/{pair}").text
    assert "There is a newer wording, version 2" in page and "Read it and say yes" not in page
    assert "said yes to version 1" in as_("tobi").get(f"{BASE}/pairs/{pair}/agreement").text
    stale = as_("ines").post(f"{BASE}/agreement", data={"text": "Mine", "seen": "1"})
    assert stale.status_code == 409 and "We keep it to ourselves." in stale.text
    assert as_("tobi").post(f"{BASE}/agreement", data={"text": "Mine", "seen": "2"}).status_code == 403


def test_another_rhythm_tells_both_and_asks_nobody_anew(as_, app, in_app, pair):
    with in_app():
        pairing = db.session.get(Pairing, pair)
        agree(pairing, pairing.mentee_id, 1)
        version = pairing.row_version
    typed = {"rhythm": "Every second Tuesday", "every_days": "14", "arranges": "mentor", "row_version": str(version)}
    assert as_("tobi").post(f"{BASE}/pairs/{pair}/edit", data=typed).status_code == 303
    with app.app_context():
        told = db.session.execute(select(OutboxMail)).scalars().all()
        assert [mail.person_id for mail in told] == [cast.person_id("dafydd")]
        assert "Every second Tuesday" in told[0].text and "You see to it that you meet." in told[0].text
        assert len(db.session.execute(select(PairAgreement.id)).all()) == 1
    stale = as_("ines").post(f"{BASE}/pairs/{pair}/edit", data=typed | {"rhythm": "Never"})
    assert stale.status_code == 409 and "Every second Tuesday" in stale.text and "Never" in stale.text


def test_a_pair_begins_in_programmes_of_its_own_network_alone(in_app):
    with in_app():
        ours = Programme(network_id=cast.network_id(), name="Induction", created_at=cast.NOW)
        theirs = Programme(network_id=cast.network_id("fell-and-furrow"), name="Theirs", created_at=cast.NOW)
        db.session.add_all([ours, theirs])
        db.session.flush()
        dafydd, leon, ines = (cast.person_id(key) for key in ("dafydd", "leon", "ines"))
        begun = date(2026, 9, 1)
        start_pairing(cast.network_id(), dafydd, leon, ines, begun, programme_ids=(ours.id, theirs.id, ours.id))
        stay = db.session.execute(select(PairProgramme)).scalar_one()
        assert (stay.programme_id, stay.since, stay.until) == (ours.id, begun, None)
