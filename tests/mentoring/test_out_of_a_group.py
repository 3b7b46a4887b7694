"""A pair that was not there is taken out of a talk of a group: its book, its word and its texts go along, and come back."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.activities.counting import Span, figures
from portal.activities.models import Participation
from portal.caseloads.queries import own_figures
from portal.db import db
from portal.mentoring.counting import RULES
from portal.mentoring.models import PairProgramme, PairTalk, PairTalkProgramme
from portal.mentoring.operations_contacts import change_contact, confirm_contact, log_contact
from portal.mentoring.operations_removing import delete_contact, restore_contact, take_out
from portal.mentoring.queries_pair import told_of
from portal.mentoring.spans import spans_of
from portal.mentoring.talks import MonthClosed, Talk
from portal.people.exporting import everything_about
from portal.statements.queries_hours import Asked, sittings
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.mentoring.test_pairs_and_talks import KEY
from tests.mentoring.world import BASE, contacts, other_pair, pair, pair_of, quick, talk_of, the_pair
from tests.statements.world import programme

__all__ = ["other_pair", "pair"]
ZONE, WORD, ALONE = "Europe/London", "kestrelgroup", "leonalone"
NOVEMBER = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def talk(at=datetime(2026, 11, 3, 12, tzinfo=UTC), minutes=45, **more):
    return Talk(at=at, minutes=minutes, **more)


@pytest.fixture
def group(in_app, pair, other_pair):
    """Dafydd's talk with Tobi and Leon, written down in Tobi's book; both said yes. Returns the ids of the two talks."""
    with in_app():
        tobi = log_contact(the_pair(pair), cast.person_id("dafydd"), talk(kind="group", also=[other_pair]), KEY, ZONE)
        leon = talk_of(other_pair)
        for told in (tobi, leon):
            confirm_contact(told, told.pairing.mentee_id)
        return tobi.id, leon.id


def three(in_app, also):
    """Petra sat in it too."""
    with in_app():
        third = pair_of("dafydd", "petra")
        told = db.session.get_one(PairTalk, also)
        more = talk(kind="group", also=[third], at=told.contact.starts_at)
        change_contact(told, cast.person_id("dafydd"), more, KEY, ZONE)
        return talk_of(third).id


def got(told_id):
    return db.session.get_one(PairTalk, told_id)


def out(told_id):
    take_out(got(told_id), cast.person_id("dafydd"), ZONE)
    db.session.expire_all()


def there():
    rows = db.session.execute(select(Participation.person_id, Participation.capacity).order_by(Participation.capacity))
    return {tuple(row) for row in rows}


def minutes_of_network():
    return figures(RULES, Span((cast.network_id(),), *NOVEMBER))


def test_it_is_asked_first_and_said_plainly_what_goes_with_it(as_, group):
    _tobi, leon = group
    page = as_("dafydd").get(f"{BASE}/talks/{leon}").text
    assert f"/talks/{leon}/out" in page and "Take Leon Farrowby out of this group" in page
    assert "/out" not in as_("leon").get(f"{BASE}/talks/{leon}").text
    asked = as_("dafydd").get(f"{BASE}/talks/{leon}/out").text
    for said in (
        "Its minutes no longer count for Leon Farrowby. Yours stay as they are.",
        "Leon Farrowby said yes to it; that goes too.",
        "Only Tobi Larkhill stays. It becomes a talk of the two of you, and no group.",
        "Our notes",
    ):
        assert said in asked, said
    assert as_("dafydd").get(f"{BASE}/talks/{leon}").status_code == 200


def test_the_rest_stays_the_minutes_agree_and_undo_puts_everything_back(as_, in_app, group):
    tobi, leon = group
    as_("leon").post(f"{BASE}/talks/{leon}/notes", data={"parked": WORD, "only_me": ALONE})
    with in_app():
        before, hers = minutes_of_network(), talk_of(got(leon).pairing_id).pairing_id
    dafydd = as_("dafydd")
    page = dafydd.post(f"{BASE}/talks/{leon}/out", follow_redirects=True).text
    assert "Leon Farrowby is out of it. It is a talk of two now." in page and f"/talks/{leon}/restore" in page
    with in_app():
        (contact,) = contacts()
        assert (contact.contact_kind, [one.id for one in contact.talks]) == ("one_to_one", [tobi])
        assert got(tobi).confirmed_at is not None
        assert there() == {(cast.person_id("dafydd"), "mentor"), (cast.person_id("tobi"), "mentee")}
        after = minutes_of_network()
        assert {key for key in before if before[key] != after[key]} <= {"mentoring-pairs", "mentoring-mentees"}
        assert told_of(the_pair(hers), [], spans_of([], clock.today(ZONE), ZONE)) == []
    # Of Leon's it is a removed talk: nobody opens it, and the two keep what they wrote.
    assert as_("leon").get(f"{BASE}/talks/{leon}").status_code == 404
    assert WORD in dafydd.get(f"{BASE}/pairs/{hers}/notes").text
    assert ALONE in as_("leon").get(f"{BASE}/pairs/{hers}/notes").text
    with in_app():
        (told,) = everything_about(cast.person_id("leon"))["mentoring_talks"]
        assert told["counts"] is False
    page = dafydd.post(f"{BASE}/talks/{leon}/restore", follow_redirects=True).text
    assert "It is back, and counts again." in page and "in a group of 2" in page and WORD in page
    with in_app():
        (contact,) = contacts()
        assert contact.contact_kind == "group" and sorted(one.id for one in contact.talks) == [tobi, leon]
        assert got(leon).confirmed_at is not None and minutes_of_network() == before
        assert len(there()) == 3


def test_the_pair_in_whose_book_it_was_written_down_goes_too_and_the_mentor_keeps_her_minutes_once(in_app, group):
    tobi, leon = group
    petra = three(in_app, tobi)
    with in_app():
        spans = spans_of([], clock.today(ZONE), ZONE)
        given = own_figures(cast.network_id(), cast.person_id("dafydd"), spans)
        out(tobi)
        (contact,) = contacts()
        assert contact.contact_kind == "group" and sorted(one.id for one in contact.talks) == [leon, petra]
        assert contact.pairing_id == got(contact.talks[0].id).pairing_id
        assert own_figures(cast.network_id(), cast.person_id("dafydd"), spans) == given
        out(leon)
        assert own_figures(cast.network_id(), cast.person_id("dafydd"), spans) == given
        # Both come back, in whichever order.
        for told in (tobi, leon):
            restore_contact(got(told).contact, cast.person_id("dafydd"), ZONE)
            db.session.expire_all()
        (contact,) = contacts()
        assert sorted(one.id for one in contact.talks) == [tobi, leon, petra] and contact.contact_kind == "group"
        assert own_figures(cast.network_id(), cast.person_id("dafydd"), spans) == given


def test_with_three_nobody_of_the_rest_is_asked_again(as_, in_app, group):
    tobi, leon = group
    petra = three(in_app, tobi)
    with in_app():
        confirmed = got(leon).confirmed_at
    asked = as_("dafydd").get(f"{BASE}/talks/{petra}/out").text
    assert "Leon Farrowby, Tobi Larkhill stay in it, and nobody of them is asked again." in asked
    page = as_("dafydd").post(f"{BASE}/talks/{petra}/out", follow_redirects=True).text
    assert "is out of it; the others stay." in page
    with in_app():
        assert got(leon).confirmed_at == confirmed and contacts()[0].contact_kind == "group"


def test_added_once_more_she_has_her_texts_again(as_, in_app, group, other_pair):
    tobi, leon = group
    as_("leon").post(f"{BASE}/talks/{leon}/notes", data={"parked": WORD})
    with in_app():
        out(leon)
    sent = quick(kind="group", also=other_pair, length="45")
    assert as_("dafydd").post(f"{BASE}/talks/{tobi}/edit", data=sent).status_code == 303
    with in_app():
        assert db.session.execute(select(func.count(PairTalk.id))).scalar() == 2
        assert sorted(one.id for one in contacts()[0].talks) == [tobi, leon]
    assert WORD in as_("leon").get(f"{BASE}/talks/{leon}").text


def test_put_right_meanwhile_she_is_asked_about_what_it_is_now(in_app, group):
    tobi, leon = group
    with in_app():
        out(leon)
        now = talk(minutes=60, at=got(tobi).contact.starts_at)
        change_contact(got(tobi), cast.person_id("dafydd"), now, KEY, ZONE)
        db.session.expire_all()
        restore_contact(got(leon).contact, cast.person_id("dafydd"), ZONE)
        db.session.expire_all()
        assert got(leon).contact.minutes == 60 and got(leon).confirmed_at is None and got(leon).asked_at is None
        rows = db.session.execute(select(Participation.minutes)).scalars().all()
        assert rows == [60, 60, 60]


def test_what_stands_in_the_way_of_putting_it_back_is_said(in_app, group, other_pair):
    tobi, leon = group
    with in_app():
        dafydd = cast.person_id("dafydd")
        out(leon)
        delete_contact(got(tobi).contact, dafydd, ZONE)
        with pytest.raises(DomainError, match="Bring that back first"):
            restore_contact(got(leon).contact, dafydd, ZONE)
        restore_contact(got(tobi).contact, dafydd, ZONE)
        at = got(leon).contact.starts_at
    with in_app():
        clock.freeze(cast.NOW.replace(hour=15))
        log_contact(the_pair(other_pair), dafydd, talk(at=at), KEY, ZONE)
        with pytest.raises(DomainError, match="written down once more meanwhile"):
            restore_contact(got(leon).contact, dafydd, ZONE)


def test_a_talk_in_one_book_has_nobody_to_take_out(as_, in_app, pair):
    with in_app():
        told = log_contact(the_pair(pair), cast.person_id("dafydd"), talk(kind="group"), KEY, ZONE).id
        with pytest.raises(DomainError, match="one book only"):
            take_out(got(told), cast.person_id("dafydd"), ZONE)
    assert "/out" not in as_("dafydd").get(f"{BASE}/talks/{told}").text
    answer = as_("dafydd").get(f"{BASE}/talks/{told}/out", follow_redirects=True)
    assert "It stands in one book only." in answer.text
    assert as_("tobi").get(f"{BASE}/talks/{told}/out").status_code == 403


@pytest.mark.parametrize("whose", ["hers", "the only other one"])
def test_a_closed_month_holds_it_for_this_pair_and_for_the_only_one_that_is_left(in_app, pair, other_pair, whose):
    with in_app():
        dafydd = cast.person_id("dafydd")
        old = talk(kind="group", also=[other_pair], at=datetime(2026, 9, 10, 12, tzinfo=UTC))
        told = log_contact(the_pair(pair), dafydd, old, KEY, ZONE)
        leon = next(one for one in told.contact.talks if one.pairing_id == other_pair).id
        closing = programme("Induction", closes_on_day=5)
        held = other_pair if whose == "hers" else pair
        db.session.add(PairProgramme(pairing_id=held, programme_id=closing.id, since=date(2026, 9, 1)))
        db.session.commit()
        with pytest.raises(MonthClosed):
            take_out(got(leon), dafydd, ZONE)
        db.session.rollback()
        assert len(contacts()[0].talks) == 2


def test_a_programme_counts_the_rest_by_its_new_kind_and_hers_no_more(in_app, pair, other_pair):
    """A statement reads what stands there: no group is left, and what was taken out is nowhere."""
    with in_app():
        one_to_one = programme("Only two", counts_group=False)
        for each in (pair, other_pair):
            db.session.add(PairProgramme(pairing_id=each, programme_id=one_to_one.id, since=date(2026, 9, 1)))
        db.session.commit()
        log_contact(the_pair(pair), cast.person_id("dafydd"), talk(kind="group", also=[other_pair]), KEY, ZONE)
        leon = talk_of(other_pair).id
        out(leon)
        rows = sittings_of_network()
        assert [(one.pairing_id, one.kind, one.minutes) for one in rows] == [(pair, "one_to_one", 45)]
        restore_contact(got(leon).contact, cast.person_id("dafydd"), ZONE)
        assert sorted((one.pairing_id, one.kind) for one in sittings_of_network()) == sorted(
            (each, "group") for each in (pair, other_pair)
        )
        counted = select(func.count()).select_from(PairTalkProgramme)
        assert db.session.execute(counted).scalar() == 2


def sittings_of_network():
    return sittings(Asked((cast.network_id(),), date(2026, 11, 1), date(2026, 11, 30), ZONE))
