"""One search over everything that somebody may see, and over nothing else."""

import pytest

from portal.db import db, operation
from portal.events.models import Event
from portal.networks.models import Network
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.resources.models import Pack
from portal.standards.models import Framework, Standard
from portal.web import clock
from tests import cast
from tests.conversations.talking import answer, topic


def network(slug="tarn-and-tide"):
    return cast.network_id(slug)


@operation
def pack(title="Paper bridges", owner="dafydd", shared=True, slug="tarn-and-tide", **more):
    now, author = clock.now(), cast.person_id(owner)
    values = {"strapline": "", "minutes": 50, "licence": "cc-by-4.0", "author": "A", "about": "Forty straws."} | more
    made = Pack(network_id=network(slug), owner_id=author, title=title, created_at=now, changed_at=now, **values)
    made.shared_at = now if shared else None
    db.session.add(made)


@operation
def event(title="Soldering without tears", published=True, slug="tarn-and-tide"):
    now = clock.now()
    made = Event(network_id=network(slug), title=title, owner_id=cast.person_id("ines"), created_at=now)
    made.published_at = now if published else None
    db.session.add(made)


@operation
def standard(code="MS-PS2-1", statement="Apply the third law to a collision."):
    framework = Framework(code="ngss", name="Next generation", imported_at=clock.now())
    db.session.add(framework)
    db.session.flush()
    db.session.add(Standard(framework_id=framework.id, code=code, key=code.lower(), statement=statement))


def look(browser, words, **more):
    return browser.get("/search", query_string={"q": words, **more}).text


def test_every_kind_is_found_in_its_group(as_, in_app):
    with in_app():
        answer(topic(title="Collision carts"), body="Try felt.")
        pack("Collision tracks")
        event("Collision evening")
        standard()
    text = look(as_("leon"), "collision")
    for heading in ("Conversations", "Packs", "What’s on", "Standards"):
        assert f">{heading} <span" in text
    assert "<mark>Collision</mark> tracks" in text


def test_nothing_of_another_network_is_found_or_counted(as_, in_app):
    with in_app():
        topic(title="Collision carts")
        pack("Collision tracks")
        event("Collision evening")
    for key in ("kofi", "hana", "ravi"):
        text = look(as_(key), "collision")
        assert "Nothing found" in text and "<mark>" not in text
        assert "Nothing found" in look(as_(key), "collision", kind="packs")


def test_drafts_are_found_by_their_makers_alone(as_, in_app):
    with in_app():
        pack("Collision draft", shared=False)
        event("Collision plan", published=False)
    assert "<mark>Collision</mark> draft" in look(as_("dafydd"), "collision")
    assert "Nothing found" in look(as_("ines"), "collision")


def test_a_closed_room_is_not_searched(as_, in_app):
    with in_app():
        topic(title="Collision carts")
        there = db.session.get(Network, network())
        there.rooms = [room for room in there.rooms if room != "conversations"]
        db.session.commit()
    assert "Nothing found" in look(as_("leon"), "collision")


def test_a_conversation_is_found_once_with_the_answer_that_fits(as_, in_app):
    with in_app():
        number = topic(title="Carts")
        for words in ("felt", "felt and tape", "nothing"):
            answer(number, body=f"Use {words}.")
    text = look(as_("leon"), "felt")
    assert text.count(">Carts</a>") == 1 and "<mark>felt</mark>" in text


def test_people_are_found_by_those_who_share_a_network(as_):
    assert "<mark>Dafydd</mark> Okonjo-Reeve" in look(as_("leon"), "dafydd")
    assert "Okonjo" not in look(as_("kofi"), "dafydd")


def test_a_school_that_somebody_keeps_to_herself_is_not_told(as_, in_app):
    with in_app():
        db.session.get(Person, cast.person_id("dafydd")).listing = {"school": False}
        db.session.commit()
    assert "Brackenhythe" not in look(as_("leon"), "okonjo")
    assert "Brackenhythe" in look(as_("ines"), "okonjo")


def test_who_was_only_imported_is_found_by_coordinators_alone(as_, in_app):
    with in_app():
        db.session.get(Person, cast.person_id("leon")).admitted_at = None
        db.session.commit()
    assert "<mark>Farrowby</mark>" in look(as_("ines"), "farrowby")
    assert "<mark>" not in look(as_("tobi"), "farrowby")


@pytest.mark.parametrize("typed", ["Farrowbie", "Leon Farowby"])
def test_a_name_with_typing_errors_is_offered(as_, typed):
    text = look(as_("ines"), typed)
    assert "similar name" in text and "Farrowby" in text


def test_close_names_keep_to_the_same_people(as_):
    assert "Farrowby" not in look(as_("kofi"), "Farrowbie")


def test_a_search_without_words_is_a_page_that_helps(as_):
    for words in ("", "   ", "--", "*"):
        assert as_("leon").get("/search", query_string={"q": words}).status_code == 200


@pytest.mark.parametrize("words", ['"', "egg OR", "NEAR(", "title:x", "<script>alert(1)</script>", "a" * 900, "\x00'"])
def test_nothing_typed_breaks_the_page(as_, words):
    text = look(as_("leon"), words)
    assert "<script>alert" not in text and "to the page itself" in text.lower()


def test_what_was_written_is_shown_harmlessly(as_, in_app):
    with in_app():
        topic(title="<b>Collision</b> & more", body="<img src=x onerror=alert(1)> collision")
    text = look(as_("leon"), "collision")
    assert "<b>" not in text.partition("<main")[2].partition("</main")[0].replace("<b></b>", "") and "<img" not in text


def test_all_finds_of_one_kind_have_pages_an_order_and_a_sheet(as_, in_app):
    with in_app():
        for number in range(30):
            pack(f"Collision {number}")
    ines = as_("ines")
    assert "All 30" in look(ines, "collision")
    text = look(ines, "collision", kind="packs")
    assert "1 to 25 of 30" in text and "Newest first" in text
    assert ines.get("/search?q=collision&kind=packs&format=csv").text.count("Collision ") == 30


def test_very_common_words_show_the_newest(as_, in_app, monkeypatch):
    monkeypatch.setattr("portal.fulltext.asking.COMMON", 3)
    with in_app():
        for number in range(6):
            pack(f"Collision {number}")
    assert "stand in very many" in look(as_("ines"), "collision")


def test_a_search_needs_few_queries(as_, in_app, queries):
    with in_app():
        for number in range(8):
            answer(topic(title=f"Collision {number}"))
            pack(f"Collision {number}")
            event(f"Collision {number}")
        db.session.add(Organisation(name="Collision School", sort_name="C", created_at=clock.now()))
        db.session.commit()
    leon = as_("leon")
    for words in ("collision", "nobodyhasthis"):
        with queries() as seen:
            look(leon, words)
        assert len(seen) <= 12, len(seen)
