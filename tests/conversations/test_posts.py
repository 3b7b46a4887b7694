"""Answers: written, previewed, edited with their history, removed, marked as useful, with files and names."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.conversations.models import Mention, Post, PostFile, PostVersion, Topic
from portal.conversations.operations_marks import mark_useful
from portal.conversations.operations_posts import edit_post, forget_removed_posts, remove_post
from portal.db import db
from portal.files.models import StoredFile
from portal.web import clock, gathered
from portal.web.errors import Conflict, DomainError
from tests import cast
from tests.conversations.talking import ROOM, answer, forget_gathered, standing, topic


def newest():
    return db.session.execute(select(Post).order_by(Post.id.desc()).limit(1)).scalar_one()


def text_file(name="notes.txt", words=b"4 metres is enough"):
    return io.BytesIO(words), name


def test_an_answer_stands_on_the_page_and_counts(as_, in_app, app):
    with in_app():
        number = topic()
    sent = as_("leon").post(f"{ROOM}{number}/replies", data={"body": "We used ping-pong balls first."})
    assert sent.status_code == 303 and "#post-" in sent.location
    assert "ping-pong" in as_("tobi").get(f"{ROOM}{number}").text
    with app.app_context():
        made = db.session.get(Topic, number)
        assert (made.posts_count, made.last_post_by) == (2, cast.person_id("leon"))


def test_a_preview_saves_nothing_and_keeps_everything_typed(as_, in_app, app):
    with in_app():
        number = topic()
    shown = as_("leon").post(f"{ROOM}{number}/replies", data={"body": "**Bold** words", "preview": "1"})
    assert shown.status_code == 200
    assert "<strong>Bold</strong>" in shown.text and "**Bold** words</textarea>" in shown.text
    with app.app_context():
        assert db.session.get(Topic, number).posts_count == 1


def test_what_htmx_asks_for_is_the_thread_alone(as_, in_app):
    with in_app():
        number = topic()
    headers = {"HX-Request": "true", "HX-Target": "div#thread"}
    shown = as_("leon").get(f"{ROOM}{number}", headers=headers)
    assert shown.text.lstrip().startswith('<div id="thread">') and "<html" not in shown.text


def test_an_empty_answer_is_sent_back(as_, in_app):
    with in_app():
        number = topic()
    assert as_("leon").post(f"{ROOM}{number}/replies", data={"body": "  "}).status_code == 422


def test_members_are_linked_by_name_and_nobody_else(in_app):
    with in_app():
        body = "Ask @Dafydd Okonjo-Reeve or @leon. Not @Kofi Marrable, not `@Ines Quarrie`, not tobi@ines.example"
        post_id = answer(topic(), key="tobi", body=body)
        post = db.session.get(Post, post_id)
        named = set(db.session.execute(select(Mention.person_id).where(Mention.post_id == post_id)).scalars())
        assert named == {cast.person_id("dafydd"), cast.person_id("leon")}
        html = post.body_html
    assert f'<a href="/people/{max(named)}">' in html and "@Kofi Marrable, not <code>" in html
    assert html.count("<a ") == 2


def test_markup_of_others_stays_harmless(in_app):
    with in_app():
        post_id = answer(
            topic(), body='<script>alert(1)</script> @Tobi Larkhill"><img onerror=x> [x](javascript:alert)'
        )
        html = db.session.get(Post, post_id).body_html
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html


def test_an_edit_is_seen_and_the_earlier_text_can_be_read(as_, in_app):
    with in_app():
        post_id = answer(topic(), key="leon", body="Four metres.")
    leon = as_("leon")
    page = leon.get(f"{ROOM}posts/{post_id}/edit")
    assert "Four metres." in page.text
    assert (
        leon.post(f"{ROOM}posts/{post_id}/edit", data={"body": "Five metres.", "row_version": "1"}).status_code == 303
    )
    versions = as_("tobi").get(f"{ROOM}posts/{post_id}/versions").text
    assert "Four metres." in versions and "Five metres." in versions


def test_nobody_edits_the_words_of_another(as_, in_app):
    with in_app():
        post_id = answer(topic(), key="leon")
    for key in ("tobi", "ines"):
        assert as_(key).get(f"{ROOM}posts/{post_id}/edit").status_code == 403
        assert as_(key).post(f"{ROOM}posts/{post_id}/edit", data={"body": "X", "row_version": "1"}).status_code == 403


def test_two_edits_at_once_lose_no_text(as_, in_app):
    with in_app():
        post_id = answer(topic(), key="leon", body="One")
        edit_post(standing("leon"), post_id, "From the phone", 1)
    back = as_("leon").post(f"{ROOM}posts/{post_id}/edit", data={"body": "From the laptop", "row_version": "1"})
    assert back.status_code == 409 and "From the phone" in back.text and "From the laptop" in back.text
    again = as_("leon").post(f"{ROOM}posts/{post_id}/edit", data={"body": "Both", "row_version": "2"})
    assert again.status_code == 303


def test_a_mark_is_no_edit(in_app):
    with in_app():
        post_id = answer(topic(), key="leon")
        mark_useful(standing("tobi"), post_id, True)
        with pytest.raises(Conflict):
            edit_post(standing("leon"), post_id, "Later", 2)
        edit_post(standing("leon"), post_id, "Later", 1)


def test_a_removed_answer_says_so_and_comes_back(as_, in_app, app):
    with in_app():
        number = topic()
        post_id = answer(number, key="leon", body="Wrong thread, sorry")
    assert as_("ines").post(f"{ROOM}posts/{post_id}/removal").status_code == 303
    text = as_("tobi").get(f"{ROOM}{number}").text
    assert "Removed by Ines Quarrie" in text and "Wrong thread" not in text
    with app.app_context():
        assert db.session.get(Topic, number).posts_count == 1
    assert as_("leon").post(f"{ROOM}posts/{post_id}/return").status_code == 403
    assert as_("ines").post(f"{ROOM}posts/{post_id}/return").status_code == 303
    assert "Wrong thread" in as_("tobi").get(f"{ROOM}{number}").text


def test_only_author_and_coordinators_remove(as_, in_app):
    with in_app():
        post_id = answer(topic(), key="leon")
    assert as_("tobi").post(f"{ROOM}posts/{post_id}/removal").status_code == 403
    assert as_("leon").post(f"{ROOM}posts/{post_id}/removal").status_code == 303


def test_the_first_text_goes_only_with_its_conversation(in_app):
    with in_app():
        first = db.session.get(Topic, topic()).posts[0].id
        with pytest.raises(DomainError):
            remove_post(standing("tobi"), first)


def test_a_removed_text_is_gone_after_seven_days(in_app):
    with in_app():
        post_id = answer(topic(), key="leon", body="One")
        edit_post(standing("leon"), post_id, "Two", 1)
        remove_post(standing("leon"), post_id)
        clock.freeze(cast.NOW + timedelta(days=8))
        forget_removed_posts()
        assert db.session.get(Post, post_id).body == ""
        assert not db.session.execute(select(PostVersion)).first()


def test_useful_is_told_in_words_and_taken_back(as_, in_app):
    with in_app():
        number = topic()
    tobi, leon = as_("tobi"), as_("leon")
    with in_app():
        post_id = db.session.get(Topic, number).posts[0].id
    leon.post(f"{ROOM}posts/{post_id}/useful", data={"on": "1"})
    leon.post(f"{ROOM}posts/{post_id}/useful", data={"on": "1"})
    assert "Useful to 1 colleague." in tobi.get(f"{ROOM}{number}").text
    leon.post(f"{ROOM}posts/{post_id}/useful", data={"on": "0"})
    assert "Useful to" not in tobi.get(f"{ROOM}{number}").text


def test_nobody_finds_her_own_text_useful(in_app):
    with in_app():
        post_id = answer(topic(), key="leon")
        with pytest.raises(DomainError):
            mark_useful(standing("leon"), post_id, True)


def test_files_hang_on_an_answer_for_members_alone(as_, in_app, app):
    with in_app():
        number = topic()
    data = {"body": "See these.", "files": [text_file("a.txt"), text_file("b.txt", b"film it")]}
    assert as_("leon").post(f"{ROOM}{number}/replies", data=data).status_code == 303
    with app.app_context():
        post_id = newest().id
        files = db.session.execute(select(StoredFile.id, StoredFile.name).order_by(StoredFile.id)).all()
    assert [name for _id, name in files] == ["a.txt", "b.txt"]
    path = f"{ROOM}posts/{post_id}/files/{files[0][0]}"
    with as_("tobi").get(path) as sent:
        assert sent.data == b"4 metres is enough"
    assert as_("kofi").get(path).status_code == 404
    assert as_("tobi").get(f"{ROOM}posts/{post_id + 1}/files/{files[0][0]}").status_code == 404


def test_a_refused_file_keeps_the_text_and_the_good_files(as_, in_app, app):
    with in_app():
        number = topic()
    data = {"body": "Both.", "files": [text_file("good.txt"), text_file("bad.exe", b"MZ\x90")]}
    back = as_("leon").post(f"{ROOM}{number}/replies", data=data)
    assert back.status_code == 422 and "bad.exe" in back.text and "good.txt" in back.text
    with app.app_context():
        kept = db.session.execute(select(StoredFile.id)).scalar_one()
    assert (
        as_("leon").post(f"{ROOM}{number}/replies", data={"body": "Both.", "files-kept": str(kept)}).status_code == 303
    )
    with app.app_context():
        assert db.session.execute(select(PostFile.file_id)).scalar_one() == kept


def test_nobody_hangs_up_the_file_of_another(as_, in_app, app):
    with in_app():
        number = topic()
    as_("leon").post(f"{ROOM}{number}/replies", data={"body": "", "files": [text_file()]})
    with app.app_context():
        kept = db.session.execute(select(StoredFile.id)).scalar_one()
    as_("tobi").post(f"{ROOM}{number}/replies", data={"body": "Mine now", "files-kept": str(kept)})
    with app.app_context():
        assert not db.session.execute(select(PostFile)).first()


def test_a_long_conversation_has_pages_and_a_way_to_the_first_unread(as_, in_app, app):
    with in_app():
        number = topic()
    forget_gathered()
    as_("leon").get(f"{ROOM}{number}")
    with app.app_context():
        gathered.write_now()
    clock.freeze(cast.NOW + timedelta(minutes=1))
    with in_app():
        for count in range(60):
            answer(number, body=f"Answer {count}")
    text = as_("leon").get(f"{ROOM}{number}").text
    assert "Page 1 of 2." in text and "#first-new" in text and 'id="first-new"' in text
    assert "Answer 59" in as_("leon").get(f"{ROOM}{number}?page=2").text
