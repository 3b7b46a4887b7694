"""Finding by words: nothing typed can break it, it follows every change, and erased means gone from the file."""

import pysqlite3
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from portal import fulltext
from portal.conversations.models import Post, Topic
from portal.db import db
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.web import clock
from tests import cast

KINDS = ("post", "person", "organisation")


def ids(question):
    return set(db.session.execute(select(question.subquery().c.id)).scalars())


def topic(title="Egg drop indoors", body="Cling film on the floor.", network="tarn-and-tide"):
    now, author = clock.now(), cast.person_id("tobi")
    made = Topic(
        network_id=cast.network_id(network),
        title=title,
        author_id=author,
        created_at=now,
        last_post_at=now,
        last_post_by=author,
    )
    db.session.add(made)
    db.session.flush()
    post = Post(topic_id=made.id, author_id=author, body=body, body_html=f"<p>{body}</p>", created_at=now)
    db.session.add(post)
    db.session.flush()
    return made, post


@pytest.mark.parametrize(
    "words", ["cling", "CLING FILM", "floors", "egg", "eggs", "indoor", "Cling egg", "“floor”", "fi", "floor -- !"]
)
def test_a_post_is_found_by_its_words_and_its_title(in_app, words):
    with in_app():
        _topic, post = topic()
        assert ids(fulltext.matching("post", words)) == {post.id}


@pytest.mark.parametrize("words", ["clung", "cling parachute", "ling", "", "   ", "--", "*", '"'])
def test_what_is_not_there_is_not_found(in_app, words):
    with in_app():
        topic()
        assert not ids(fulltext.matching("post", words))


def test_accents_do_not_matter(in_app):
    with in_app():
        _topic, post = topic("Électricité statique", "Ångström")
        assert ids(fulltext.matching("post", "electricite angstrom")) == {post.id}


def test_a_search_within_a_network_leaves_the_others_out(in_app):
    with in_app():
        _one, mine = topic()
        topic(network="fell-and-furrow")
        assert ids(fulltext.matching("post", "egg", [fulltext.network(cast.network_id())])) == {mine.id}


def test_words_follow_edits_of_the_post_and_of_its_title(in_app):
    with in_app():
        thread, post = topic()
        post.body = "Parachutes of paper."
        thread.title = "Falling slowly"
        db.session.flush()
        assert not ids(fulltext.matching("post", "cling")) and not ids(fulltext.matching("post", "egg"))
        assert ids(fulltext.matching("post", "paper falling")) == {post.id}


def test_a_deleted_topic_is_not_found_until_it_comes_back(in_app):
    with in_app():
        thread, post = topic()
        thread.deleted_at = clock.now()
        db.session.flush()
        assert not ids(fulltext.matching("post", "egg"))
        thread.deleted_at = None
        db.session.flush()
        assert ids(fulltext.matching("post", "egg")) == {post.id}


def test_a_name_with_typing_errors_is_found(in_app):
    with in_app():
        for typed in ("Lindqvist", "Lindquist", "Petra Lindkvist", "lindqvst"):
            near = ids(fulltext.alike("person", typed))
            names = dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(near))).all())
            assert [name for name in names.values() if fulltext.close_enough(name, typed)] == ["Petra Lindqvist"]


def test_an_erased_name_is_gone_from_the_index_pages(in_app, app):
    with in_app():
        person = Person(name="Zebediah Quxfjord", sort_name="Q", created_at=clock.now())
        db.session.add(person)
        db.session.commit()
        person.name, person.sort_name, person.erased_at = "", "", clock.now()
        db.session.commit()
    with app.app_context():
        db.engine.dispose()
    file = app.config["SETTINGS"].database
    with pysqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert b"quxfjord" not in file.read_bytes().lower()


def test_setting_up_twice_changes_nothing(app):
    with app.app_context():
        assert fulltext.ensure_indexes() == []
        assert fulltext.faults() == []


def test_changed_weights_and_lost_triggers_fill_it_anew(app):
    with app.app_context():
        fulltext.set_aside()
        assert "post_words" in fulltext.ensure_indexes()
        with pysqlite3.connect(app.config["SETTINGS"].database) as connection:
            connection.execute("INSERT INTO post_words(post_words, rank) VALUES('rank', 'bm25(1.0)')")
        connection.close()
        assert fulltext.ensure_indexes() == ["post_words"]


def test_a_bulk_load_is_found_afterwards(app):
    with app.app_context():
        with fulltext.paused():
            db.session.add(Organisation(name="Gillhead Lower School", sort_name="Gillhead", created_at=clock.now()))
            db.session.commit()
        assert ids(fulltext.matching("organisation", "gillhead"))
        assert fulltext.faults() == []


def test_an_index_that_lies_is_noticed(app):
    with app.app_context():
        db.session.execute(text("INSERT INTO person_words(rowid, name) VALUES(999999, 'Nobody')"))
        db.session.commit()
        assert any("person_words" in fault for fault in fulltext.faults())


@example('"egg" OR NEAR(')
@example("title:egg AND {")
@example("\x00\ud800'*^-+")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_a_search(app, words):
    with app.app_context():
        for kind in KINDS:
            ids(fulltext.matching(kind, words, [fulltext.network(1)]))
        ids(fulltext.alike("person", words))
        fulltext.number_of(KINDS, words)
        assert "<script" not in fulltext.excerpt(words, words)


@pytest.mark.shared
def test_no_naughty_string_breaks_a_search(app, shared_data):
    import json

    strings = json.loads((shared_data / "unicode-names" / "blns.json").read_text(encoding="utf-8"))
    with app.app_context():
        for words in strings:
            ids(fulltext.matching("post", words))
            ids(fulltext.alike("organisation", words))


def test_found_words_are_marked_and_everything_is_escaped():
    assert (
        fulltext.highlight("<b>Eggs</b> & Égg", "egg") == "&lt;b&gt;<mark>Eggs</mark>&lt;/b&gt; &amp; <mark>Égg</mark>"
    )
    assert fulltext.highlight("nothing", "") == "nothing"


def test_an_excerpt_shows_the_place_where_the_word_stands():
    shown = fulltext.excerpt("far " * 100 + "parachute " + "away " * 100, "parachute", 60)
    assert "<mark>parachute</mark>" in shown and shown.startswith("… ") and shown.endswith(" …") and len(shown) < 110
