"""What becomes of a mail that comes in: posted, sent back, passed on, left alone, and never acting twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.conversations.models import Post
from portal.conversations.operations_topics import close_topic, remove_topic
from portal.db import db
from portal.mail import operations_receiving
from portal.mail.models import OutboxMail
from portal.mail.models_receiving import ReceivedMail
from portal.mail.operations_receiving import forget_received
from portal.mail.receiving import receive
from portal.networks.models import Network
from portal.networks.operations_membership import leave
from portal.web import clock
from tests import cast
from tests.conversations.talking import answer, standing
from tests.mail.receiving.writing import address_of, mail, with_file


@pytest.fixture
def came(answering, topic_id):
    """``came(raw)`` takes a mail in outside of any request, as the worker does, and says what became of it."""

    def take(raw=None, key="dafydd", **more):
        with answering.app_context():
            made = mail(address_of(key, topic_id), **more) if raw is None else raw
            sent_to = ""
            return receive(made, sent_to)

    return take


def newest(app):
    with app.app_context():
        return db.session.execute(select(Post).order_by(Post.id.desc()).limit(1)).scalar_one()


def outbox(app, kind):
    with app.app_context():
        return list(db.session.execute(select(OutboxMail).where(OutboxMail.kind == kind)).scalars())


def line(app):
    with app.app_context():
        return db.session.execute(select(ReceivedMail).order_by(ReceivedMail.id.desc()).limit(1)).scalar_one()


def test_an_answer_stands_in_the_conversation_under_her_name(app, came):
    assert came() == "answered"
    post = newest(app)
    assert (post.body, post.author_id, post.by_mail) == ("Four metres are enough.", author(app, "dafydd"), True)
    assert raw_of(app) is None and line(app).from_address == ""


def author(app, key):
    with app.app_context():
        return cast.person_id(key)


def test_the_same_mail_twice_acts_once(app, came):
    assert [came(), came()] == ["answered", "known"]
    with app.app_context():
        assert len(db.session.execute(select(Post)).all()) == 2


def test_an_address_in_capitals_is_understood(app, came, topic_id, answering):
    with answering.app_context():
        raw = mail(address_of("dafydd", topic_id).upper())
    assert came(raw) == "answered"


def test_the_local_part_keeps_within_what_servers_take(answering):
    with answering.app_context():
        from portal.mail.answers import address_for

        assert len(address_for("topic", 99_999_999, 99_999_999).partition("@")[0]) <= 64


def test_another_senders_answer_goes_to_the_coordinators_unposted(app, came):
    assert came(sender="somebody@elsewhere.example") == "passed-on"
    told = outbox(app, "answer-passed-on")
    assert {mail.to_address for mail in told} == {"ines@tarn-and-tide.example", "mairead@tarn-and-tide.example"}
    assert told[0].reply_to == "somebody@elsewhere.example" and "Four metres" in told[0].text
    assert newest(app).by_mail is False


def test_a_flood_does_not_reach_the_coordinators(app, came):
    fates = [came(sender="somebody@elsewhere.example", number=count) for count in range(22)]
    assert fates == ["passed-on"] * 20 + ["unplaced"] * 2
    assert line(app).reason == "too-many" and line(app).is_waiting


def test_a_flood_does_not_fill_the_disk(app, came, monkeypatch):
    monkeypatch.setattr(operations_receiving, "MOST_BYTES", 1_000)
    raws = [b"From: a@b.example\nMessage-ID: <%d@b>\n\n" % count + b"x" * 200_000 for count in range(2)]
    assert [came(raw) for raw in raws] == ["unplaced"] * 2
    assert len(raw_of(app)) == operations_receiving.BEGINNING


def test_a_forged_signature_finds_no_place(app, came):
    with app.app_context():
        raw = mail("answer+topic-1-1-5000-aaaaaaaaaaaaaaaaaaaa@reply.tarn-and-tide.example")
    assert came(raw) == "unplaced"
    assert line(app).is_waiting and b"Four metres" in raw_of(app)


def raw_of(app):
    with app.app_context():
        return db.session.execute(select(ReceivedMail.raw).order_by(ReceivedMail.id.desc()).limit(1)).scalar_one()


def test_an_answer_by_reply_header_needs_no_address(app, came, in_app, topic_id, answering):
    with in_app():
        answers_to = address_of("dafydd", topic_id)
        sent = sent_mail(answers_to, "dafydd")
    with answering.app_context():
        raw = mail("post@tarn-and-tide.example", In_Reply_To=sent)
    assert came(raw) == "answered"


def sent_mail(reply_to, key):
    row = OutboxMail(
        kind="conversation",
        to_address=f"{key}@tarn-and-tide.example",
        person_id=cast.person_id(key),
        network_id=cast.network_id(),
        reply_to=reply_to,
        subject="S",
        text="",
        headers={},
        message_id="<sent-1@staffroom.example>",
        queued_at=clock.now(),
        send_after=clock.now(),
    )
    db.session.add(row)
    db.session.commit()
    return row.message_id


def test_a_reply_to_a_mail_that_asks_nothing_goes_to_the_coordinators(app, came, in_app, answering):
    with in_app():
        sent = sent_mail("ines@tarn-and-tide.example", "dafydd")
    with answering.app_context():
        raw = mail("post@tarn-and-tide.example", In_Reply_To=sent)
    assert came(raw) == "passed-on"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<all.school.example>"},
        {"subject": "Out of office: Re: Egg drop"},
    ],
)
def test_machines_are_counted_and_left_alone(app, came, headers):
    assert came(**headers) in ("automatic", "loop")
    assert not newest(app).by_mail and raw_of(app) is None


def test_a_storm_of_answers_stops_at_ten_an_hour_and_loses_none(app, came):
    fates = [came(number=count) for count in range(13)]
    assert fates == ["answered"] * 10 + ["too-many"] * 3
    assert line(app).is_waiting


def test_a_closed_conversation_sends_her_words_back(app, came, in_app, topic_id):
    with in_app():
        close_topic(standing("ines"), topic_id, True)
    assert came() == "sent-back"
    (back,) = outbox(app, "answer-sent-back")
    assert "> Four metres are enough." in back.text and back.to_address == "dafydd@tarn-and-tide.example"


def test_a_removed_one_and_a_lost_membership_do_too(app, came, in_app, topic_id):
    with in_app():
        remove_topic(standing("ines"), topic_id, is_coordinator=True)
    assert came() == "sent-back"
    with in_app():
        leave(cast.network_id(), cast.person_id("dafydd"))
    assert came(number=2) == "sent-back"


def test_a_room_that_was_switched_off_posts_nothing(app, came, in_app):
    with in_app():
        network = db.session.get_one(Network, cast.network_id())
        network.rooms = [room for room in network.rooms if room != "conversations"]
        db.session.commit()
    assert came() == "sent-back" and not newest(app).by_mail


def test_an_observer_reads_along_by_mail_too(app, came):
    assert came(key="petra", sender="petra@tarn-and-tide.example") == "sent-back"


def test_an_empty_answer_is_sent_back(app, came):
    assert came(text="\n\n> Our field is under water.\n") == "sent-back"


def test_files_come_along_and_what_is_refused_is_named(app, came, answering, topic_id):
    with answering.app_context():
        to = address_of("dafydd", topic_id)
    assert came(with_file(to, "notes.txt", b"4 metres", ("text", "plain"))) == "answered"
    assert came(with_file(to, "run.exe", b"MZ\x90\x00", number=2)) == "answered"
    with app.app_context():
        from portal.conversations.models import PostFile

        assert len(db.session.execute(select(PostFile)).all()) == 1
    (told,) = outbox(app, "answer-sent-back")
    assert "run.exe" in told.text and "could not be kept" in told.text


def test_a_mail_of_thirty_megabytes_is_answered_not_read(app, came, answering, topic_id):
    with answering.app_context():
        raw = with_file(address_of("dafydd", topic_id), "film.mp4", b"x" * 31_000_000, ("video", "mp4"))
    assert came(raw) == "sent-back"
    assert "larger than" in outbox(app, "answer-sent-back")[0].text and not newest(app).by_mail


def test_an_old_question_goes_to_a_coordinator(app, came, answering, topic_id):
    with answering.app_context():
        raw = mail(address_of("dafydd", topic_id))
    clock.freeze(cast.NOW + timedelta(days=400))
    assert came(raw) == "passed-on"


def test_mentions_and_lines_stay_what_they_were(app, came):
    came(text="@Ines Quarrie has the key.\nRoom 4\nFloor 2\n\n# 3 is locked\n    indented\n")
    html = newest(app).body_html
    assert f'/people/{author(app, "ines")}"' in html and html.count("<br") == 3
    assert "<h" not in html and "<code" not in html


def test_a_bounce_is_noted_against_the_address(app, came, in_app, answering):
    with in_app():
        sent_mail(None, "tobi")
    raw = (
        b"From: MAILER-DAEMON@mx.school.example\r\nMessage-ID: <b@mx>\r\nSubject: Undelivered\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="D"\r\n\r\n'
        b"--D\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; tobi@tarn-and-tide.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        b"--D\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <sent-1@staffroom.example>\r\n\r\nHello\r\n--D--\r\n"
    )
    assert came(raw) == "bounce"
    with app.app_context():
        from portal.people.models import EmailAddress

        row = db.session.execute(
            select(EmailAddress).where(EmailAddress.folded == "tobi@tarn-and-tide.example")
        ).scalar_one()
        assert row.bounced_at is not None


def test_what_found_no_place_is_forgotten_after_a_month(app, came, in_app):
    came(b"From: x@y.example\nMessage-ID: <u@y>\nSubject: Hello\n\nWho are you?\n")
    clock.freeze(cast.NOW + timedelta(days=31))
    with in_app():
        forget_received()
    assert raw_of(app) is None and line(app).subject == "" and not line(app).is_waiting


def test_a_stumble_keeps_the_mail(app, came, monkeypatch, caplog):
    monkeypatch.setattr("portal.conversations.by_mail.reply", lambda *a, **k: 1 / 0)
    assert came() == "unplaced"
    assert line(app).reason == "broken" and b"Four metres" in raw_of(app)
    assert "Four metres" not in caplog.text


def test_an_answer_follows_another_one_of_the_same_topic(app, came, in_app, topic_id):
    with in_app():
        answer(topic_id, "leon")
    assert came() == "answered" and newest(app).topic_id == topic_id
