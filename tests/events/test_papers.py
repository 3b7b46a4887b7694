"""What stays with an event: who adds to it, who reads what of it, and what is refused."""

import io

import pytest
from sqlalchemy import select

from portal.activities.models import Participation
from portal.db import db
from portal.events.models import Booking, Event
from portal.events.models_papers import EventPaper
from portal.events.signed import booking_token
from portal.web import clock
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"
EVERY_CLASS = ("coordinators", "coming", "members", "public")
# Tobi has a place, Leon waits for one, Dafydd owns nothing here and does not come.
READS = {
    "ines": ("coordinators", "coming", "members", "public"),
    "mairead": ("coordinators", "coming", "members", "public"),
    "tobi": ("coming", "members", "public"),
    "leon": ("members", "public"),
    "dafydd": ("members", "public"),
    "petra": ("members", "public"),
}


@pytest.fixture
def event_id(in_app):
    with in_app():
        one = planned.event(capacity=1)
        planned.booked(one, "tobi", "leon")
        return one.id


@pytest.fixture
def four(in_app, event_id):
    """One file for each class of readers: their ids."""
    with in_app():
        event = db.session.get(Event, event_id)
        return {readers: planned.paper(event, readers=readers).id for readers in EVERY_CLASS}


def papers(in_app):
    with in_app():
        return [
            (one.kind, one.title, one.readers, one.link, one.words, one.stored_file_id)
            for one in db.session.execute(select(EventPaper).order_by(EventPaper.id)).scalars()
        ]


def posted(browser, event_id, **typed):
    usual = {"kind": "slides", "readers": "members"}
    return browser.post(f"{ROOM}{event_id}/papers", data=usual | typed, content_type="multipart/form-data")


@pytest.mark.parametrize("who", READS)
def test_each_member_reads_what_she_may_and_is_told_so_of_the_rest(as_, event_id, four, who):
    browser = as_(who)
    html = browser.get(f"{ROOM}{event_id}").get_data(as_text=True)
    for readers, paper_id in four.items():
        with browser.get(f"{ROOM}{event_id}/papers/{paper_id}") as answer:
            assert answer.status_code == (200 if readers in READS[who] else 403), readers
        assert (f"slides for {readers}" in html) == (readers in READS[who])


@pytest.mark.parametrize("who", ["kofi", "ravi", "hana"])
def test_for_whoever_is_no_member_there_is_nothing(as_, event_id, four, who):
    for paper_id in four.values():
        assert as_(who).get(f"{ROOM}{event_id}/papers/{paper_id}").status_code == 404


@pytest.mark.parametrize("who", [*READS, "kofi", "ravi", "hana", None])
def test_the_public_page_hands_out_what_everybody_reads_and_nothing_else(as_, client, event_id, four, who):
    browser = as_(who) if who else client
    html = browser.get(f"/p/tarn-and-tide/events/{event_id}").get_data(as_text=True)
    for readers, paper_id in four.items():
        with browser.get(f"/p/tarn-and-tide/events/{event_id}/papers/{paper_id}") as answer:
            assert answer.status_code == (200 if readers == "public" else 404), readers
        assert (f"slides for {readers}" in html) == (readers == "public")


@pytest.mark.parametrize(
    ("who", "reads"), [("tobi", ("coming", "public")), ("leon", ("public",)), ("ines", ("public",))]
)
def test_the_link_in_her_mail_opens_what_those_who_come_read(app, client, in_app, event_id, four, who, reads):
    with in_app():
        link = f"/e/{booking_token(event_id, cast.person_id(who))}"
    html = client.get(link).get_data(as_text=True)
    for readers, paper_id in four.items():
        with client.get(f"{link}/papers/{paper_id}") as answer:
            assert answer.status_code == (200 if readers in reads else 404), readers
        assert (f"slides for {readers}" in html) == (readers in reads)
    assert client.get(f"{link}x/papers/{four['public']}").status_code == 404


def test_whoever_was_there_reads_it_afterwards_and_whoever_gave_her_place_back_does_not(as_, in_app, event_id, four):
    with in_app():
        for booking in db.session.execute(select(Booking)).scalars():
            booking.cancelled_at = clock.now()
        session_id = db.session.get(Event, event_id).sessions[0].id
        came = Participation(activity_id=session_id, person_id=cast.person_id("leon"), minutes=30, recorded_at=cast.NOW)
        led = Participation(
            activity_id=session_id, person_id=cast.person_id("dafydd"), capacity="presenter", recorded_at=cast.NOW
        )
        db.session.add_all([came, led])
        db.session.commit()
    path = f"{ROOM}{event_id}/papers/{four['coming']}"
    for who, status in (("leon", 200), ("dafydd", 200), ("tobi", 403)):
        with as_(who).get(path) as answer:
            assert answer.status_code == status, who


def test_papers_of_an_event_for_members_are_on_no_public_page(client, in_app):
    with in_app():
        one = planned.event(is_public=False)
        paper_id = planned.paper(one, readers="public").id
    assert client.get(f"/p/tarn-and-tide/events/{one.id}/papers/{paper_id}").status_code == 404


def test_papers_of_a_draft_are_nobodys_business(as_, in_app):
    with in_app():
        one = planned.event(publish=False)
        paper_id = planned.paper(one).id
    assert as_("tobi").get(f"{ROOM}{one.id}/papers/{paper_id}").status_code == 404


def test_a_paper_is_reached_through_its_own_event_alone(as_, in_app, event_id, four):
    with in_app():
        other = planned.event().id
    assert as_("ines").get(f"{ROOM}{other}/papers/{four['members']}").status_code == 404
    assert as_("ines").post(f"{ROOM}{other}/papers/{four['members']}/removal").status_code == 404


def test_files_links_and_words_are_added_in_one_go_also_afterwards(as_, in_app, event_id):
    clock.freeze(planned.NEXT_THURSDAY + 4 * planned.WEEK)
    files = [(io.BytesIO(b"one"), "one.txt"), (io.BytesIO(b"two"), "two.txt")]
    answer = posted(
        as_("ines"), event_id, files=files, links="https://film.example/hand A film", words="*Try it* with year 7."
    )
    assert answer.status_code == 303
    assert [one[1] for one in papers(in_app)] == ["one.txt", "two.txt", "A film", "Slides"]
    html = as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert "<em>Try it</em> with year 7." in html and "at film.example" in html
    assert 'href="https://film.example/hand" rel="noopener noreferrer nofollow ugc"' in html
    assert "Ines Quarrie added 4 things to what stays" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"links": "http://film.example/hand"}, "begins with http://, so others can read along"),
        ({"links": "https://"}, "not the address of a page"),
        ({"links": "https://[broken"}, "leads nowhere"),
        ({"links": "https://film.example:99999/"}, "leads nowhere"),
        ({"links": "javascript:alert(1)"}, "not the address of a page"),
        ({"links": "https://me:secret@film.example/"}, "not the address of a page"),
        ({"links": "https://film.example/" + "a" * 1000}, "longer than 1000 signs"),
        ({"links": "\n".join(f"https://film.example/{n}" for n in range(11))}, "11 links are too many at once"),
        ({"links": "\n".join(f"https://film.example/{n}" for n in range(700))}, "That is a long list"),
        ({"words": "a" * 4001}, "At most 4,000 characters"),
        ({"kind": "photo", "links": "https://film.example/"}, "Tick that no pupil can be recognised"),
        ({"kind": "sheet", "links": "https://film.example/"}, "coordinators alone read it"),
        ({"session": "999", "links": "https://film.example/"}, "Choose one from the list"),
        ({"readers": "the world", "links": "https://film.example/"}, "Choose one from the list"),
        ({}, "Choose a file, type the address of a page, or write a few lines."),
    ],
)
def test_what_can_not_stand_is_answered_in_words(as_, in_app, event_id, typed, said):
    answer = posted(as_("ines"), event_id, title="Kept as typed", **typed)
    assert answer.status_code == 422 and papers(in_app) == []
    html = answer.get_data(as_text=True)
    assert said in html and "Kept as typed" in html


def test_a_refused_file_is_named_and_the_others_wait_with_the_form(as_, in_app, event_id):
    files = [(io.BytesIO(b"MZ\x90\x00" + b"\0" * 200), "run.exe"), (io.BytesIO(b"fine"), "fine.txt")]
    answer = posted(as_("ines"), event_id, files=files)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and papers(in_app) == []
    assert "run.exe" in html and "Brought along already" in html and "fine.txt" in html


def test_photos_come_with_their_sentence_of_consent(as_, in_app, event_id):
    answer = posted(as_("ines"), event_id, kind="photo", has_consent="y", links="https://film.example/photos")
    assert answer.status_code == 303
    html = as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert "added 1 photos and says that no pupil is recognised without consent" in html


def test_what_only_coordinators_read_is_told_to_them_alone(as_, event_id):
    posted(as_("ines"), event_id, kind="approval", readers="coordinators", title="ESD letter", words="Approved.")
    assert "ESD letter" not in as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)
    html = as_("mairead").get(f"{ROOM}{event_id}/papers").get_data(as_text=True)
    assert "Ines Quarrie added “ESD letter” to what stays" in html


def change_form(paper_id, in_app, **typed):
    with in_app():
        one = db.session.get(EventPaper, paper_id)
        stands = {name: getattr(one, name) for name in ("kind", "title", "readers", "link", "words")}
        return stands | {"seen": str(one.row_version), "session": "0"} | typed


def test_a_paper_is_changed_and_taken_away_and_put_back(as_, in_app, event_id, four):
    ines, path = as_("ines"), f"{ROOM}{event_id}/papers/{four['members']}"
    answer = ines.post(f"{path}/change", data=change_form(four["members"], in_app, title="The agenda", kind="agenda"))
    assert answer.status_code == 303
    assert "The agenda" in as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert ines.post(f"{path}/removal").status_code == 303
    assert as_("tobi").get(path).status_code == 404
    assert "The agenda” is taken away" in ines.get(f"{ROOM}{event_id}/papers").get_data(as_text=True)
    assert ines.post(f"{path}/returning").status_code == 303
    with as_("tobi").get(path) as answer:
        assert answer.status_code == 200 and answer.data == b"slides for members"


def test_the_second_of_two_who_change_a_paper_sees_both(as_, in_app, event_id, four):
    path = f"{ROOM}{event_id}/papers/{four['public']}/change"
    hers, mine = (change_form(four["public"], in_app, title=title) for title in ("Hers", "Mine"))
    assert as_("mairead").post(path, data=hers).status_code == 303
    answer = as_("ines").post(path, data=mine)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Hers" in html and "Mine" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"link": "http://film.example/"}, "Try it with https://"),
        ({"link": ""}, "not the address of a page"),
        ({"kind": "photo"}, "Tick that no pupil can be recognised"),
        ({"kind": "sheet"}, "coordinators alone"),
    ],
)
def test_a_change_is_held_to_the_same_rules(as_, in_app, event_id, typed, said):
    posted(as_("ines"), event_id, links="https://film.example/hand")
    with in_app():
        paper_id = db.session.execute(select(EventPaper.id)).scalar_one()
    answer = as_("ines").post(f"{ROOM}{event_id}/papers/{paper_id}/change", data=change_form(paper_id, in_app, **typed))
    assert answer.status_code == 422 and said in answer.get_data(as_text=True)


def test_an_event_holds_sixty_and_says_so(as_, in_app, event_id):
    ten = "\n".join(f"https://film.example/{n}" for n in range(10))
    for _turn in range(6):
        assert posted(as_("ines"), event_id, links=ten).status_code == 303
    answer = posted(as_("ines"), event_id, links="https://film.example/more")
    assert answer.status_code == 422 and "At most 60 things stay with an event" in answer.get_data(as_text=True)


def test_a_link_that_only_looks_like_another_is_written_out(as_, event_id):
    posted(as_("ines"), event_id, links="https://fіlm.example/hand")
    assert "at xn--" in as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)


def test_pages_with_many_papers_stay_within_their_queries(as_, client, in_app, event_id, queries):
    with in_app():
        event = db.session.get(Event, event_id)
        for number in range(20):
            planned.paper(event, readers=EVERY_CLASS[number % 4])
        link = f"/e/{booking_token(event_id, cast.person_id('tobi'))}"
    ines, tobi = as_("ines"), as_("tobi")
    doors = [(ines, f"{ROOM}{event_id}"), (tobi, f"{ROOM}{event_id}"), (ines, f"{ROOM}{event_id}/papers")]
    doors += [(client, f"/p/tarn-and-tide/events/{event_id}"), (client, link)]
    for browser, path in doors:
        browser.get(path)
        with queries() as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))
