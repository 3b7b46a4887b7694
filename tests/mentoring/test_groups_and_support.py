"""A group is one talk in several books; support is the mentor's own time. No minute counts twice, and no name is told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.activities.models import Participation
from portal.db import db
from portal.mail.models import OutboxMail
from portal.mentoring.models import PairTalk
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring_mail.operations_asking import ask_about_new_talks
from portal.web import clock
from tests import cast
from tests.mentoring.test_pairs_and_talks import KEY, talk
from tests.mentoring.world import BASE, contacts, other_pair, pair, quick, talk_of, the_pair

__all__ = ["other_pair", "pair"]
WORD, LEON = "kestrelgroup", "Leon Farrowby"


@pytest.fixture
def group(as_, pair, other_pair):
    """Dafydd's talk with Tobi and Leon, written down in Tobi's book."""
    answer = as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick(kind="group", also=other_pair, parked=WORD))
    assert answer.status_code == 303
    return pair, other_pair


def test_it_is_one_talk_with_three_people_in_two_books(in_app, group):
    with in_app():
        (contact,) = contacts()
        assert sorted(one.pairing_id for one in contact.talks) == sorted(group)
        parts = db.session.execute(select(Participation.capacity, Participation.minutes)).all()
        assert sorted(parts) == [("mentee", 45), ("mentee", 45), ("mentor", 45)]
    clock.freeze(cast.NOW + timedelta(minutes=11))
    with in_app():
        ask_about_new_talks()
    with in_app():
        asked = select(func.count()).where(OutboxMail.kind == "you-met")
        assert db.session.execute(asked).scalar() == 2


def test_each_reads_in_a_group_and_neither_the_other_name_nor_the_other_text(as_, in_app, group):
    tobis, leons = group
    with in_app():
        ids = {key: talk_of(key).id for key in group}
    as_("tobi").post(f"{BASE}/talks/{ids[tobis]}/confirm")
    as_("tobi").post(f"{BASE}/talks/{ids[tobis]}/notes", data={"parked": "tobiswords", "only_me": "tobialone"})
    leon = as_("leon").get(f"{BASE}/talks/{ids[leons]}").text
    assert "in a group of 2" in leon and "Tobi" not in leon and WORD not in leon and "tobiswords" not in leon
    assert as_("leon").get(f"{BASE}/talks/{ids[tobis]}").status_code == 403
    tobi = as_("tobi").get(f"{BASE}/talks/{ids[tobis]}").text
    assert LEON not in tobi and WORD in tobi and "tobialone" in tobi
    mentor = as_("dafydd").get(f"{BASE}/talks/{ids[tobis]}").text
    assert LEON in mentor and f"/talks/{ids[leons]}" in mentor and "tobiswords" in mentor and "tobialone" not in mentor
    assert LEON not in as_("ines").get(f"{BASE}/talks/{ids[tobis]}").text


def test_putting_it_right_changes_the_one_talk_and_asks_both_again(as_, in_app, group):
    tobis, leons = group
    with in_app():
        told = talk_of(leons).id
    as_("leon").post(f"{BASE}/talks/{told}/confirm")
    right = quick(kind="group", length="60", working="ours alone")
    assert as_("dafydd").post(f"{BASE}/talks/{told}/edit", data=right).status_code == 303
    with in_app():
        (contact,) = contacts()
        assert contact.minutes == 60 and [one.confirmed_at for one in contact.talks] == [None, None]
    assert "ours alone" in as_("leon").get(f"{BASE}/talks/{told}").text
    assert WORD in as_("tobi").get(f"{BASE}/pairs/{tobis}/notes").text


def test_a_group_does_not_become_a_talk_of_two(as_, in_app, group):
    with in_app():
        told = talk_of(group[0]).id
    answer = as_("dafydd").post(f"{BASE}/talks/{told}/edit", data=quick())
    assert answer.status_code == 422 and "books of several pairs" in answer.text


def test_somebody_who_was_forgotten_is_added(as_, in_app, pair, other_pair):
    dafydd = as_("dafydd")
    dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick())
    with in_app():
        told = talk_of(pair).id
    assert dafydd.post(f"{BASE}/talks/{told}/edit", data=quick(kind="group", also=other_pair)).status_code == 303
    with in_app():
        (contact,) = contacts()
        assert len(contact.talks) == 2
        assert len(contact.participations) == 3


def test_only_the_mentor_writes_for_several_and_only_for_her_own(as_, pair, other_pair):
    answer = as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(kind="group", also=other_pair))
    assert answer.status_code == 422
    assert as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick(kind="group", also=999)).status_code == 422


def test_what_one_of_a_group_wrote_down_alone_becomes_part_of_it(as_, in_app, pair, other_pair):
    as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(parked="tobiswords"))
    dafydd, sent = as_("dafydd"), quick(kind="group", also=other_pair, length="60")
    asked = dafydd.post(f"{BASE}/pairs/{other_pair}/met", data=sent | {"also": pair})
    assert asked.status_code == 422 and "Is it the same talk?" in asked.text and "Tobi Larkhill" in asked.text
    dafydd.post(f"{BASE}/pairs/{other_pair}/met", data=sent | {"also": pair, "same": "yes"})
    with in_app():
        (contact,) = contacts()
        assert contact.minutes == 60 and len(contact.talks) == 2
        # Tobi had said 45 minutes: nobody says yes to 60 for him.
        assert talk_of(pair).confirmed_at is None and talk_of(other_pair).confirmed_at is None
        told = talk_of(pair).id
    assert "tobiswords" in as_("tobi").get(f"{BASE}/talks/{told}").text


def test_what_both_said_alike_is_agreed_and_ticks_and_next_date_come_along(as_, in_app, pair, other_pair):
    as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(next_on="2026-11-24", standards=["1"]))
    dafydd = as_("dafydd")
    sent = quick(kind="group", also=pair, standards=["2"], same="yes")
    page = dafydd.post(f"{BASE}/pairs/{other_pair}/met", data=sent, follow_redirects=True).text
    assert "One of them is asked whether that is right." in page
    with in_app():
        (contact,) = contacts()
        assert talk_of(pair).confirmed_at is not None and talk_of(other_pair).confirmed_at is None
        assert [one.line_id for one in contact.standards] == [1, 2] and contact.next_at.day == 24


def test_a_group_that_stands_in_another_book_is_not_written_down_twice_by_chance(as_, in_app, pair, other_pair):
    dafydd = as_("dafydd")
    dafydd.post(f"{BASE}/pairs/{other_pair}/met", data=quick(kind="group"))
    asked = dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(kind="group", parked="half a page"))
    with in_app():
        there = talk_of(other_pair).id
    assert asked.status_code == 422 and "written down with Leon Farrowby" in asked.text
    assert f"/talks/{there}/edit" in asked.text and "half a page" in dafydd.get(f"{BASE}/pairs/{pair}/met").text
    assert as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(kind="group", length="20")).status_code == 303
    sure = dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(kind="group", same="no"))
    assert sure.status_code == 303
    with in_app():
        assert len(contacts()) == 3


def test_who_was_no_pair_on_that_day_is_named(as_, in_app, pair, other_pair):
    with in_app():
        the_pair(other_pair).started_on = date(2026, 11, 1)
        db.session.commit()
    refused = as_("dafydd").post(
        f"{BASE}/pairs/{pair}/met", data=quick(when="earlier", on="2026-10-20", kind="group", also=other_pair)
    )
    assert refused.status_code == 422 and "You and Leon Farrowby were no pair on that day" in refused.text


def test_support_is_the_mentors_own_time_and_nobody_is_asked(as_, in_app, pair):
    answer = as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick(kind="support"), follow_redirects=True)
    assert "nobody has to confirm it" in answer.text
    with in_app():
        parts = db.session.execute(select(Participation.capacity, Participation.person_id)).all()
        assert parts == [("mentor", cast.person_id("dafydd"))]
        assert not db.session.execute(select(OutboxMail.id).where(OutboxMail.kind == "you-met")).all()
        told = talk_of(pair).id
    assert as_("tobi").post(f"{BASE}/talks/{told}/confirm").status_code == 403
    assert "own time" in as_("tobi").get(f"{BASE}/talks/{told}").text


def test_support_is_not_offered_to_the_mentee(as_, pair):
    assert 'value="support"' not in as_("tobi").get(f"{BASE}/pairs/{pair}/met").text
    answer = as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(kind="support"))
    assert answer.status_code == 422 and "own time" in answer.text


def test_a_group_asks_few_questions(as_, in_app, queries, group):
    with in_app():
        told = talk_of(group[0]).id
    dafydd = as_("dafydd")
    for path in (f"/pairs/{group[0]}/met", f"/pairs/{group[0]}/prepare", f"/pairs/{group[0]}/notes", f"/talks/{told}",
                 f"/talks/{told}/edit", f"/talks/{told}/notes"):  # fmt: skip
        with queries() as seen:
            assert dafydd.get(BASE + path).status_code == 200
        assert len(seen) <= 12, path + "\n" + "\n".join(seen)


def test_a_removed_group_is_gone_from_both_books_and_comes_back_to_both(as_, in_app, group):
    with in_app():
        ids = [talk_of(key).id for key in group]
    dafydd = as_("dafydd")
    dafydd.post(f"{BASE}/talks/{ids[0]}/delete")
    assert [as_("leon").get(f"{BASE}/talks/{ids[1]}").status_code for _once in (1,)] == [404]
    dafydd.post(f"{BASE}/talks/{ids[0]}/restore")
    assert as_("leon").get(f"{BASE}/talks/{ids[1]}").status_code == 200


def test_written_by_hand_it_holds_too(in_app, pair, other_pair):
    with in_app():
        told = log_contact(the_pair(pair), cast.person_id("dafydd"), talk(kind="group", also=[other_pair]), KEY, "UTC")
        assert told.pairing_id == pair
        assert db.session.execute(select(func.count(PairTalk.id))).scalar() == 2
