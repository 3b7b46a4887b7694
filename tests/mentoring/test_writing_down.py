"""A talk is written down once, thanked for, put right with a trail; nothing that somebody typed is lost on the way."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.db import db
from portal.mentoring.models import (
    ContactActivity,
    ContactStandard,
    PairMonth,
    PairProgramme,
    PairTalkProgramme,
    SealedText,
)
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.talks import Talk
from portal.networks.models import Membership
from portal.programmes.models import FrameLine, Programme, TeachingFrame
from portal.vocabulary.models import Word
from portal.web import clock
from tests import cast
from tests.mentoring.test_pairs_and_talks import KEY, talk
from tests.mentoring.world import BASE, contacts, other_pair, pair, quick, talk_of, the_pair

__all__ = ["other_pair", "pair"]
SEEN = re.compile(r'name="seen"[^>]*value="([^"]*)"')


@pytest.fixture
def programmes(in_app, pair):
    """Two programmes that the pair is in, one with a frame of two lines; months close on the 15th."""
    with in_app():
        frame = TeachingFrame(code="frame", name="Our frame")
        db.session.add(frame)
        db.session.flush()
        lines = [FrameLine(frame_id=frame.id, code=str(n), label=f"Line {n}", position=n) for n in (1, 2)]
        made = [
            Programme(network_id=cast.network_id(), name=name, closes_on_day=15, frame_id=frame.id, created_at=cast.NOW)
            for name in ("District", "Preparation")
        ]
        word = Word(kind="mentoring_activity", code="planning", label="Planning lessons together")
        db.session.add_all([*lines, *made, word])
        db.session.flush()
        for one in made:
            db.session.add(PairProgramme(pairing_id=pair, programme_id=one.id, since=date(2026, 9, 1)))
        db.session.commit()
        return [one.id for one in made], [one.id for one in lines]


def met(browser, pair, **typed):
    return browser.post(f"{BASE}/pairs/{pair}/met", data=quick(**typed), follow_redirects=True)


def test_each_talk_is_thanked_for_by_its_number(as_, pair):
    dafydd = as_("dafydd")
    assert "Thank you. First talk this month. Tobi Larkhill is asked" in met(dafydd, pair).text
    assert "Second talk this month." in met(dafydd, pair, length="20").text
    earlier = met(dafydd, pair, when="earlier", on="2026-10-06").text
    assert "It counts for October 2026." in earlier


def test_what_the_two_took_last_is_chosen_already(as_, pair):
    met(as_("tobi"), pair, length="other", minutes="50", mode="phone")
    page = as_("dafydd").get(f"{BASE}/pairs/{pair}/met").text
    for chosen in ("today", "50", "phone", "one_to_one"):
        assert re.search(rf'<input checked [^>]*value="{chosen}"', page), chosen


def test_the_first_save_stands_before_everything_that_is_offered(as_, pair, programmes):
    page = as_("dafydd").get(f"{BASE}/pairs/{pair}/met").text
    save = page.index("Save, that’s all")
    for offered in ("A step more", "Began at", "Counts for", "Line 1", "Where we parked", "A note to myself"):
        assert page.index(offered) > save, offered


def test_every_field_says_who_reads_it(as_, pair, programmes):
    page = as_("dafydd").get(f"{BASE}/pairs/{pair}/met").text
    assert "Schools, districts, funders: totals." in page
    assert page.count("Coordinators and districts see totals over five pairs or more") == 3
    assert "Coordinators see this date." in page and "Nobody else: no coordinator" in page
    assert "a records request can reach" in page and "safeguarding contact" in page
    for name in ("parked", "working", "challenges", "mentee_steps", "mentor_steps", "moment", "only_me"):
        assert f'id="{name}-reads"' in page, name


def test_ticks_are_kept_as_words_and_lines_and_read_by_the_two(as_, in_app, pair, programmes):
    _made, lines = programmes
    dafydd = as_("dafydd")
    met(dafydd, pair, activities="planning", standards=lines, start="13:00", counts_for=programmes[0])
    with in_app():
        told = talk_of(pair).id
    page = as_("tobi").get(f"{BASE}/talks/{told}").text
    assert "Planning lessons together" in page and "Line 1, Line 2" in page and "1:00 pm" in page
    assert "District, Preparation" in page
    coordinator = as_("ines").get(f"{BASE}/talks/{told}").text
    assert "Planning lessons together" not in coordinator and "Line 1" not in coordinator
    assert met_again(dafydd, told, activities=[], standards=lines[1:]).status_code == 303
    with in_app():
        assert not db.session.execute(select(ContactActivity)).all()
        assert db.session.execute(select(ContactStandard.line_id)).scalars().all() == lines[1:]


def met_again(browser, told, **typed):
    return browser.post(f"{BASE}/talks/{told}/edit", data=quick(**typed))


def test_a_talk_counts_for_the_programmes_that_stay_ticked(as_, in_app, pair, programmes):
    (district, preparation), _lines = programmes
    dafydd = as_("dafydd")
    assert dafydd.get(f"{BASE}/pairs/{pair}/met").text.count('name="counts_for"') == 2
    met(dafydd, pair, counts_for=[preparation])
    with in_app():
        counted = select(PairTalkProgramme.programme_id)
        assert db.session.execute(counted).scalars().all() == [preparation]
        told = talk_of(pair).id
    page = dafydd.get(f"{BASE}/talks/{told}/edit").text
    assert re.search(rf'<input checked [^>]*name="counts_for"[^>]*value="{preparation}"', page)
    assert not re.search(rf'<input checked [^>]*name="counts_for"[^>]*value="{district}"', page)


def test_of_a_group_the_month_is_asked_for_that_is_closed(as_, in_app, pair, other_pair, programmes):
    with in_app():
        db.session.execute(update(PairProgramme).values(pairing_id=other_pair))
        db.session.commit()
    clock.freeze(cast.NOW + timedelta(days=7))
    dafydd = as_("dafydd")
    refused = met(dafydd, pair, when="earlier", on="2026-10-06", kind="group", also=other_pair)
    assert "for Leon Farrowby. Ask for it to be reopened" in refused.text
    ask = re.search(r'action="([^"]*/months/2026-10/ask)"', refused.text)[1]
    assert f"/pairs/{other_pair}/" in ask
    dafydd.post(ask)
    with in_app():
        assert db.session.execute(select(PairMonth.pairing_id, PairMonth.asked_at)).one().pairing_id == other_pair


def test_a_closed_month_is_said_and_what_was_typed_is_kept(as_, in_app, pair, programmes):
    answer = met(as_("dafydd"), pair, when="earlier", on="2026-09-29", parked="still here")
    assert answer.status_code == 422
    assert "That month closed on" in answer.text and "still here" in answer.text
    assert "still here" in as_("dafydd").get(f"{BASE}/pairs/{pair}/met").text
    with in_app():
        open_again = {"pairing_id": pair, "month": date(2026, 9, 1), "open_until": date(2026, 11, 30)}
        db.session.add(PairMonth(**open_again))
        db.session.commit()
    assert "It counts for September 2026." in met(as_("dafydd"), pair, when="earlier", on="2026-09-29").text


def test_in_a_closed_month_notes_can_still_be_written_beside_a_talk(as_, in_app, pair, programmes):
    with in_app():
        at = datetime(2026, 9, 29, 12, tzinfo=UTC)
        told = log_contact(the_pair(pair), cast.person_id("dafydd"), talk(), KEY, "Europe/London")
        told.contact.starts_at = at
        db.session.commit()
        told_id = told.id
    dafydd = as_("dafydd")
    assert met_again(dafydd, told_id, when="earlier", on="2026-09-29", length="60").status_code == 422
    gone = dafydd.post(f"{BASE}/talks/{told_id}/delete", follow_redirects=True)
    assert "That month closed on" in gone.text
    assert dafydd.post(f"{BASE}/talks/{told_id}/notes", data={"parked": "beside it"}).status_code == 303


def test_the_same_talk_typed_twice_is_asked_about(as_, in_app, pair):
    dafydd = as_("dafydd")
    met(dafydd, pair, parked="first")
    asked = met(dafydd, pair, parked="second")
    assert asked.status_code == 422 and "Once more the same?" in asked.text
    met(dafydd, pair, parked="second", same="yes")
    with in_app():
        assert len(contacts()) == 1
        told = talk_of(pair).id
    page = dafydd.get(f"{BASE}/talks/{told}").text
    assert "first" in page and "second" in page
    met(dafydd, pair, same="no")
    with in_app():
        assert len(contacts()) == 2


def test_the_answer_to_two_logs_carries_every_tick_along(as_, pair, programmes):
    met(as_("dafydd"), pair)
    page = met(as_("tobi"), pair, standards=programmes[1], parked="mine", length="60").text
    assert page.count('name="standards"') == 2 and 'name="parked" value="mine"' in page
    assert "45 min" in page and "1 h" in page


def test_the_trail_names_what_changed_and_no_private_word(as_, in_app, pair):
    met(as_("dafydd"), pair, next_on="2026-11-17", parked="kestrelprivate")
    with in_app():
        told = talk_of(pair).id
    met_again(as_("dafydd"), told, mode="phone", next_on="2026-11-24", parked="kestrelother")
    page = as_("ines").get(f"{BASE}/talks/{told}").text
    assert "changed how the two met" in page
    assert "changed the next date from 2026-11-17 to 2026-11-24" in page and "kestrel" not in page


def test_two_windows_lose_no_text(as_, in_app, pair):
    dafydd = as_("dafydd")
    met(dafydd, pair, parked="as it was")
    with in_app():
        told = talk_of(pair).id
    seen = SEEN.search(dafydd.get(f"{BASE}/talks/{told}/edit").text)[1]
    assert met_again(dafydd, told, parked="first window", length="60", seen=seen).status_code == 303
    second = met_again(dafydd, told, parked="second window", seen=seen)
    assert second.status_code == 409
    assert "first window" in second.text and "second window" in second.text and "1 h" in second.text
    again = SEEN.search(second.text)[1]
    assert met_again(dafydd, told, parked="both", seen=again).status_code == 303


def test_two_windows_take_no_tick_out_unseen(as_, in_app, pair, programmes):
    dafydd, (ids, lines) = as_("dafydd"), programmes
    met(dafydd, pair, counts_for=ids)
    with in_app():
        told = talk_of(pair).id
    seen = SEEN.search(dafydd.get(f"{BASE}/talks/{told}/edit").text)[1]
    ticked = {"activities": "planning", "standards": lines[1], "focus": "planning", "counts_for": ids, "seen": seen}
    assert met_again(dafydd, told, **ticked).status_code == 303
    clash = met_again(dafydd, told, standards=lines[0], counts_for=ids[0], seen=seen)
    assert clash.status_code == 409 and clash.text.count("Saved in the meantime") == 4
    assert all(words in clash.text for words in ("Planning lessons together", "Line 2", "District, Preparation"))
    again = SEEN.search(clash.text)[1]
    assert met_again(dafydd, told, standards=lines[0], counts_for=ids, seen=again).status_code == 303


def test_a_stale_window_with_no_minutes_at_all_is_told_so(as_, in_app, pair):
    dafydd = as_("dafydd")
    met(dafydd, pair)
    with in_app():
        told = talk_of(pair).id
    assert met_again(dafydd, told, length="other", minutes="0", seen="0-").status_code == 409


def test_two_windows_of_notes_lose_no_text_either(as_, in_app, pair):
    met(as_("dafydd"), pair, parked="the mentor’s")
    with in_app():
        told = talk_of(pair).id
    tobi = as_("tobi")
    path = f"{BASE}/talks/{told}/notes"
    seen = SEEN.search(tobi.get(path).text)[1]
    assert tobi.post(path, data={"only_me": "one", "seen": seen}).status_code == 303
    second = tobi.post(path, data={"only_me": "two", "seen": seen})
    assert second.status_code == 409 and "one" in second.text and "two" in second.text
    assert "the mentor’s" not in second.text


def test_with_another_key_minutes_are_put_right_and_closed_texts_stay(as_, in_app, app, pair):
    dafydd = as_("dafydd")
    met(dafydd, pair, parked="closed soon", only_me="this, too")
    with in_app():
        told = talk_of(pair).id
    (app.config["SETTINGS"].instance / "keys" / "mentoring").unlink()
    page = dafydd.get(f"{BASE}/talks/{told}/edit").text
    assert "They stay closed and as they are" in page and "closed soon" not in page
    assert met_again(dafydd, told, length="60").status_code == 303
    refused = met_again(dafydd, told, length="20", parked="written over")
    assert refused.status_code == 422 and "written over" in refused.text and "It stays as it is" in refused.text
    with in_app():
        assert contacts()[0].minutes == 60
        assert len(db.session.execute(select(SealedText.id)).all()) == 2
    assert met(dafydd, pair, length="10", parked="with the new key").status_code == 200


def test_after_two_weeks_it_is_told_as_the_word_of_one(as_, in_app, pair):
    with in_app():
        said = Talk(at=datetime(2026, 10, 20, 12, tzinfo=UTC), minutes=45)
        told = log_contact(the_pair(pair), cast.person_id("dafydd"), said, KEY, "Europe/London").id
    assert "It counts all the same" in as_("ines").get(f"{BASE}/talks/{told}").text
    assert "not answered" in as_("dafydd").get(f"{BASE}/pairs/{pair}/met").text


def test_when_the_mentor_has_left_the_other_still_reads_what_is_hers(as_, in_app, pair):
    met(as_("dafydd"), pair, parked="for both of us")
    with in_app():
        gone = update(Membership).where(Membership.person_id == cast.person_id("dafydd"))
        db.session.execute(gone.values(ended_at=cast.NOW))
        db.session.commit()
    tobi = as_("tobi")
    for path in (f"/pairs/{pair}", f"/pairs/{pair}/notes", f"/pairs/{pair}/met"):
        assert tobi.get(BASE + path).status_code == 200
    assert "for both of us" in tobi.get(f"{BASE}/pairs/{pair}/notes").text
    assert as_("dafydd").get(f"{BASE}/pairs/{pair}").status_code == 404


def test_what_was_written_down_anew_meanwhile_does_not_come_back_beside_it(as_, in_app, pair):
    dafydd = as_("dafydd")
    met(dafydd, pair), met(dafydd, pair, same="no")
    with in_app():
        first, second = (one.talks[0].id for one in contacts())
    dafydd.post(f"{BASE}/talks/{first}/delete")
    # Of two talks of one length the other one is none that was written down instead.
    assert "counts again" in dafydd.post(f"{BASE}/talks/{first}/restore", follow_redirects=True).text
    for told in (first, second):
        dafydd.post(f"{BASE}/talks/{told}/delete")
    clock.freeze(cast.NOW + timedelta(minutes=5))
    met(as_("tobi"), pair)
    refused = dafydd.post(f"{BASE}/talks/{first}/restore", follow_redirects=True)
    assert "One talk counts once." in refused.text
    with in_app():
        assert len(contacts()) == 1


def test_what_is_removed_can_be_brought_back_after_its_notice_is_gone(as_, in_app, pair):
    dafydd, path = as_("dafydd"), f"{BASE}/pairs/{pair}/notes"
    met(dafydd, pair)
    with in_app():
        told = talk_of(pair).id
    assert "“Our notes” brings it back" in dafydd.post(f"{BASE}/talks/{told}/delete", follow_redirects=True).text
    page = dafydd.get(path).text
    assert f"{BASE}/talks/{told}/restore" in page and "Bring it back" not in as_("tobi").get(path).text
    dafydd.post(f"{BASE}/talks/{told}/restore")
    with in_app():
        assert len(contacts()) == 1
    assert "Bring it back" not in dafydd.get(path).text


def test_what_is_removed_comes_back_once(as_, in_app, pair):
    dafydd = as_("dafydd")
    met(dafydd, pair)
    with in_app():
        told = talk_of(pair).id
    for _time in range(2):
        dafydd.post(f"{BASE}/talks/{told}/delete")
    for _time in range(2):
        dafydd.post(f"{BASE}/talks/{told}/restore")
    page = as_("ines").get(f"{BASE}/talks/{told}").text
    assert page.count("removed a talk") == 1 and page.count("brought a talk back") == 1
