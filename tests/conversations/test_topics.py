"""Topics: started, listed, read, pinned, closed, removed and brought back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.conversations.models import Topic, TopicFollow, TopicRead
from portal.conversations.operations_topics import bring_back_topic, forget_removed_topics, remove_topic
from portal.db import db
from portal.history.models import HistoryLine
from portal.web import clock, gathered
from portal.web.errors import DomainError, NotHere
from tests import cast
from tests.conversations.talking import ROOM, answer, forget_gathered, standing, topic


def test_a_member_starts_a_conversation_and_follows_it(as_, app):
    sent = as_("tobi").post(f"{ROOM}new", data={"title": "Egg drop?", "body": "Has **anyone** done it?"})
    assert sent.status_code == 303
    with app.app_context():
        made = db.session.execute(select(Topic)).scalar_one()
        assert made.posts[0].body_html.strip() == '<p dir="auto">Has <strong>anyone</strong> done it?</p>'
        assert db.session.get(TopicFollow, (made.id, cast.person_id("tobi")))
        assert db.session.execute(select(HistoryLine).where(HistoryLine.action == "topic.started")).scalar_one()


def test_an_observer_reads_along_and_writes_nothing(as_, in_app):
    with in_app():
        number = topic()
    petra = as_("petra")
    assert petra.get(f"{ROOM}{number}").status_code == 200
    assert petra.get(f"{ROOM}new").status_code == 403
    assert petra.post(f"{ROOM}new", data={"title": "A", "body": "B"}).status_code == 403
    assert petra.post(f"{ROOM}{number}/replies", data={"body": "B"}).status_code == 403


def test_a_stranger_finds_nothing(as_, in_app):
    with in_app():
        number = topic()
    for key in ("kofi", "ravi", "hana"):
        assert as_(key).get(f"{ROOM}{number}").status_code == 404


@pytest.mark.parametrize(
    "data", [{"title": "", "body": "B"}, {"title": "A", "body": " "}, {"title": "A" * 201, "body": "B"}]
)
def test_nonsense_is_sent_back_with_what_was_typed(as_, app, data):
    back = as_("tobi").post(f"{ROOM}new", data=data)
    assert back.status_code == 422 and "to put right" in back.text
    with app.app_context():
        assert not db.session.execute(select(Topic)).first()


def test_a_double_press_starts_one_conversation(as_, app):
    tobi = as_("tobi")
    data = {"title": "Egg drop?", "body": "B", "form_key": "a" * 32}
    assert [tobi.post(f"{ROOM}new", data=data).status_code for _press in range(2)] == [303, 303]
    with app.app_context():
        assert len(db.session.execute(select(Topic)).all()) == 1


def test_pinned_first_then_the_newest_answer(as_, in_app):
    with in_app():
        topic(title="First asked")
        second = topic(title="Then asked")
        clock.freeze(cast.NOW + timedelta(minutes=1))
        answer(second)
        pinned = topic(title="House rules", key="ines")
    as_("ines").post(f"{ROOM}{pinned}/pin", data={"on": "1"})
    text = as_("leon").get(ROOM).text
    assert text.index("House rules") < text.index("Then asked") < text.index("First asked")
    assert "the last by" not in text and "by Dafydd Okonjo-Reeve" in text


def test_only_coordinators_pin(as_, in_app):
    with in_app():
        number = topic()
    assert as_("tobi").post(f"{ROOM}{number}/pin", data={"on": "1"}).status_code == 403


def test_what_was_read_is_no_news_and_reading_writes_nothing(as_, in_app, queries):
    with in_app():
        number = topic()
    leon = as_("leon")
    assert 'class="new"' in leon.get(ROOM).text
    with queries() as seen:
        leon.get(f"{ROOM}{number}")
    assert all(statement.lstrip().startswith("SELECT") for statement in seen)
    assert 'class="new"' not in leon.get(ROOM).text
    assert "Nothing unread" in leon.get(f"{ROOM}?only=unread").text


def test_read_marks_are_gathered_and_written_together(as_, in_app, app):
    with in_app():
        number = topic()
    forget_gathered()
    as_("leon").get(f"{ROOM}{number}")
    with app.app_context():
        assert gathered.write_now() >= 1
        assert db.session.get(TopicRead, (number, cast.person_id("leon"))).read_at == cast.NOW


def test_a_new_answer_makes_it_unread_again(as_, in_app):
    with in_app():
        number = topic()
    leon = as_("leon")
    leon.get(f"{ROOM}{number}")
    clock.freeze(cast.NOW + timedelta(minutes=5))
    with in_app():
        answer(number)
    assert 'class="new"' in leon.get(ROOM).text


@pytest.mark.parametrize(
    ("only", "shown"),
    [("mine", ["Mine"]), ("followed", ["Mine"]), ("unanswered", ["Theirs"]), ("nonsense", ["Mine", "Theirs"])],
)
def test_the_list_can_be_narrowed(as_, in_app, only, shown):
    with in_app():
        answer(topic(title="Mine, answered", key="leon"))
        topic(title="Theirs, waiting")
    text = as_("leon").get(f"{ROOM}?only={only}").text
    assert [word for word in ("Mine", "Theirs") if f">{word}, " in text] == shown


def test_words_are_found_in_answers_too(as_, in_app):
    with in_app():
        answer(topic(title="Egg drop"), body="Cling film helps.")
        topic(title="Soldering")
    text = as_("leon").get(f"{ROOM}?q=cling").text
    assert "Egg drop" in text and "Soldering" not in text


def test_the_list_comes_as_a_spreadsheet(as_, in_app):
    with in_app():
        topic(title="=1+1")
    sheet = as_("leon").get(f"{ROOM}?format=csv")
    assert sheet.status_code == 200 and "Tobi Larkhill" in sheet.text


def test_a_closed_conversation_is_read_not_answered(as_, in_app):
    with in_app():
        number = topic()
    assert as_("tobi").post(f"{ROOM}{number}/closing", data={"on": "1"}).status_code == 303
    back = as_("leon").post(f"{ROOM}{number}/replies", data={"body": "Too late"})
    assert back.status_code == 422 and "was closed while you wrote" in back.text
    assert as_("leon").post(f"{ROOM}{number}/closing", data={"on": "0"}).status_code == 403


def test_a_removed_conversation_can_be_brought_back(as_, in_app):
    with in_app():
        number = topic()
    ines = as_("ines")
    assert ines.post(f"{ROOM}{number}/removal").status_code == 303
    assert as_("leon").get(f"{ROOM}{number}").status_code == 404
    assert "Bring it back" in ines.get(f"{ROOM}{number}").text
    assert ines.post(f"{ROOM}{number}/return").status_code == 303
    assert as_("leon").get(f"{ROOM}{number}").status_code == 200


def test_an_author_cannot_remove_what_others_answered(in_app):
    with in_app():
        number = topic()
        answer(number)
        with pytest.raises(DomainError):
            remove_topic(standing("tobi"), number, is_coordinator=False)


def test_after_seven_days_a_removal_is_for_good(in_app):
    with in_app():
        number = topic()
        remove_topic(standing("ines"), number, is_coordinator=True)
        clock.freeze(cast.NOW + timedelta(days=7, minutes=1))
        with pytest.raises(NotHere):
            bring_back_topic(standing("ines"), number)
        forget_removed_topics()
        assert db.session.get(Topic, number).title == ""


def test_a_title_can_be_made_clearer(as_, in_app):
    with in_app():
        number = topic()
    assert as_("tobi").post(f"{ROOM}{number}/title", data={"title": "Egg drop in a hall"}).status_code == 303
    assert "Egg drop in a hall" in as_("leon").get(f"{ROOM}{number}").text
    assert as_("leon").get(f"{ROOM}{number}/title").status_code == 403


@pytest.mark.parametrize(
    ("choice", "says"), [("follow", "You follow it"), ("mute", "Muted"), ("none", "You do not follow")]
)
def test_following_is_ones_own_choice(as_, in_app, choice, says):
    with in_app():
        number = topic()
    leon = as_("leon")
    assert leon.post(f"{ROOM}{number}/following", data={"choice": choice}).status_code == 303
    assert says in leon.get(f"{ROOM}{number}").text


def test_a_muted_conversation_is_never_news(as_, in_app):
    with in_app():
        number = topic()
    leon = as_("leon")
    leon.post(f"{ROOM}{number}/following", data={"choice": "mute"})
    assert 'class="new"' not in leon.get(ROOM).text


def test_lists_and_topics_need_few_queries(as_, in_app, queries):
    with in_app():
        number = topic()
        for _count in range(30):
            topic()
            answer(number)
    leon = as_("leon")
    for path in (ROOM, f"{ROOM}?only=unread&q=egg", f"{ROOM}{number}"):
        with queries() as seen:
            leon.get(path)
        assert len(seen) <= 12, (path, len(seen))
