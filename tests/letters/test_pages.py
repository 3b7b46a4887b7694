"""The pages of letters: with a click from people to a letter, without a script, in few queries, for coordinators alone."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.letters.models import Letter, Segment
from portal.letters.operations_segments import save_segment
from portal.letters.operations_sending import GRACE, send_letter, write_due_letters
from portal.mail.models import OutboxMail
from portal.mail.stopping import stop
from portal.networks.operations_membership import join
from portal.web import clock
from portal.web.tables import read_sheet
from tests import cast
from tests.events import planned
from tests.letters.writing import HERE, again, here, letter
from tests.resources.packs import make_pack

TYPED = {"subject": "Tea on Thursday", "body": "Hello {first name},\n\ncome.", "about": ""}


def letters(app):
    with app.app_context():
        return list(db.session.execute(select(Letter).order_by(Letter.id)).scalars())


def sent(one, by="ines") -> int:
    """Sent and written to the outbox; its number."""
    number = one.id
    send_letter(here(by), one.id, one.row_version)
    clock.freeze(clock.now() + GRACE)
    write_due_letters()
    clock.freeze(cast.NOW)
    return number


def test_from_a_question_to_a_letter_that_waits(app, as_):
    ines = as_("ines")
    page = ines.get(f"{HERE}/people?role=member").text
    assert "Write to these 2 people" in page and "is a member" in page
    made = ines.post(f"{HERE}/new?role=member", data=TYPED)
    assert made.status_code == 303
    ask = ines.get(f"{made.location}/sending").text
    assert "This goes to 2 people" in ask and "worked out again at the moment of sending" in ask
    version = re.search(r'name="version"[^>]*value="(\d+)"', ask)[1]
    answer = ines.post(f"{made.location}/sending", data={"when": "now", "version": version})
    assert answer.status_code == 303 and letters(app)[0].state == "waits"
    assert "Call it back" in ines.get(made.location).text


def test_a_later_hour_is_read_on_the_network_s_clocks(app, as_, in_app):
    with in_app():
        one = letter()
    data = {"when": "later", "day": "19 November 2026", "time": "4:30 pm", "version": str(one.row_version)}
    assert as_("ines").post(f"{HERE}/{one.id}/sending", data=data).status_code == 303
    assert letters(app)[0].send_at.isoformat() == "2026-11-19T16:30:00+00:00"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"day": "soon", "time": "16:00"}, "day"), ({"day": "19 Nov 2026", "time": "99"}, "time"), ({"day": ""}, "day")],
)
def test_an_hour_that_can_t_be_read_is_asked_again(as_, in_app, typed, field):
    with in_app():
        one = letter()
    answer = as_("ines").post(f"{HERE}/{one.id}/sending", data={"when": "later", "version": "1", **typed})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"body": "Dear {frist name}"}, "There is no field {frist name}"), ({"subject": " "}, "Type a subject")],
)
def test_what_is_wrong_stands_beside_the_text_and_nothing_is_lost(as_, typed, words):
    answer = as_("ines").post(f"{HERE}/new?role=member", data=TYPED | {"body": "Kept {name}"} | typed)
    assert answer.status_code == 422 and words in answer.text
    assert ("is a member" in answer.text and "Kept" in answer.text) or "frist" in answer.text


def test_a_line_break_in_the_subject_makes_no_header(app, as_):
    as_("ines").post(f"{HERE}/new", data=TYPED | {"subject": "Tea\r\nBcc: all@x.example"})
    assert letters(app)[0].subject == "Tea Bcc: all@x.example"


def test_a_segment_of_nobody_says_so_and_offers_no_sending(as_, in_app):
    assert "Write to these" not in as_("ines").get(f"{HERE}/people?place=Nowhere").text
    with in_app():
        one = letter(question={"place": ["Nowhere"]})
    page = as_("ines").get(f"{HERE}/{one.id}").text
    assert "Nobody would get it" in page
    answer = as_("ines").post(f"{HERE}/{one.id}/sending", data={"when": "now", "version": str(one.row_version)})
    assert answer.status_code == 422


def test_who_is_left_out_stands_there_with_the_reason(as_, in_app):
    with in_app():
        stop(cast.person_id("tobi"), "letter", cast.network_id())
    page = as_("ines").get(f"{HERE}/people?show=left").text
    assert "Tobi Larkhill" in page and "stopped letters from this network" in page
    assert "Leon Farrowby" not in page.partition("<main")[2]


def test_the_preview_shows_no_link_that_somebody_else_could_press(as_, in_app):
    with in_app():
        event = planned.event()
        one = letter("For {first name}", about_kind="event", about_id=event.id)
    tobi = cast_id(in_app, "tobi")
    for path in ("preview", "preview/html"):
        page = as_("ines").get(f"{HERE}/{one.id}/{path}?person={tobi}")
        assert "Hello Tobi" in page.text and "I’m coming" in page.text
        assert not re.search(r"/a/\w+-[0-9a-f]+\.", page.text)
    assert "sandbox" in page.headers["Content-Security-Policy"]


def cast_id(in_app, key):
    with in_app():
        return cast.person_id(key)


def test_what_is_sent_is_what_was_previewed(as_, in_app):
    with in_app():
        one = letter(
            "For {first name}", "Hello {first name|friend},\n\n**come** to {place of work}.", {"role": ["mentor"]}
        )
    page = as_("ines").get(f"{HERE}/{one.id}/preview").text
    with in_app():
        sent(one)
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "letter")).scalar_one()
        subject, said = mail.subject, mail.text.partition("\n-- ")[0].strip()
    assert subject == "For Dafydd" and "come to Brackenhythe Academy." in said and said in page


def test_the_buttons_of_a_letter_are_its_reader_s(in_app):
    from portal.web.links import read_link

    with in_app():
        event = planned.event()
        sent(letter(question={"role": ["mentor"]}, about_kind="event", about_id=event.id))
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "letter")).scalar_one()
        link = read_link(re.search(r"/a/(coming-[^?\s]+)", mail.text)[1])
        assert (link.act, link.person_id) == ("coming", cast.person_id("dafydd"))
        assert link.thing_id == event.sessions[0].id


@pytest.mark.parametrize("kind", ["pack", "topic"])
def test_a_letter_about_a_pack_or_a_conversation_has_its_act(in_app, kind):
    from portal.conversations.operations_topics import start_topic

    with in_app():
        about = make_pack() if kind == "pack" else start_topic(here().membership, "Sugar?", "How much?").id
        sent(letter(question={"role": ["mentor"]}, about_kind=kind, about_id=about))
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "letter")).scalar_one()
        assert ("/a/used-" if kind == "pack" else "/a/answer-") in mail.text


def test_what_became_of_it_person_by_person(as_, in_app):
    from portal.events.operations_booking import book

    with in_app():
        event = planned.event()
        one = sent(letter(about_kind="event", about_id=event.id))
        mails = {mail.to_name: mail for mail in db.session.execute(select(OutboxMail)).scalars()}
        mails["Tobi Larkhill"].sent_at = mails["Leon Farrowby"].sent_at = clock.now()
        bad = mails["Petra Lindqvist"]
        bad.failed_at, bad.outcome, bad.last_error = clock.now(), "refused", "550 5.1.1 nobody"
        clock.freeze(cast.NOW + timedelta(hours=1))
        stop(cast.person_id("dafydd"), "letter", cast.network_id())
        book(event, [event.sessions[0].id], cast.person_id("tobi"))
        db.session.commit()
        clock.freeze(cast.NOW)
    rows = read_sheet(as_("ines").get(f"{HERE}/{one}/outcome?format=csv").data, "o.csv")
    told = {cells[0]: (cells[3], cells[4], cells[5]) for _number, cells in rows.numbered()}
    assert told["Tobi Larkhill"] == ("sent", "", "yes") and told["Leon Farrowby"] == ("sent", "", "no")
    assert told["Petra Lindqvist"] == ("came back", "there is no such mailbox", "no")
    assert told["Dafydd Okonjo-Reeve"][0] == "wants no more letters"
    assert told["Mairead Osei-Vance"][0] == "waits to be sent"


def test_of_another_network_s_people_only_their_coordinators_read(as_, in_app):
    with in_app():
        other, ines = cast.network_id("fell-and-furrow"), cast.person_id("ines")
        join(other, ines, "coordinator", "invited", None)
        one = sent(letter(question={"in": [str(cast.network_id()), str(other)], "role": ["member"]}))
    assert "Kofi Marrable" in as_("ines").get(f"{HERE}/{one}/outcome").text
    page = as_("mairead").get(f"{HERE}/{one}/outcome").text
    assert "Kofi Marrable" not in page and "1 more got it" in page and "Tobi Larkhill" in page


def test_a_letter_of_one_network_is_none_of_another(as_, in_app):
    with in_app():
        one = letter()
        segment = save_segment(here().membership, "Mentors", {"role": ["mentor"]})
        theirs = "/n/fell-and-furrow/letters"
    for path in (f"{one.id}", f"{one.id}/people", f"{one.id}/outcome", f"segments/{segment.id}"):
        assert as_("bryony").get(f"{theirs}/{path}").status_code == 404
    assert as_("bryony").post(f"{theirs}/{one.id}/test").status_code == 404


def test_members_are_refused_and_strangers_find_nothing(as_):
    for who, code in (("tobi", 403), ("dafydd", 403), ("petra", 403), ("kofi", 404), ("ravi", 404)):
        assert as_(who).get(f"{HERE}/people").status_code == code
        assert as_(who).post(f"{HERE}/new", data=TYPED).status_code == code


def test_a_segment_is_saved_changed_deleted_and_brought_back(app, as_):
    ines = as_("ines")
    saved = ines.post(f"{HERE}/segments?role=mentor", data={"name": "Mentors"})
    assert saved.status_code == 303 and "segment=1" in saved.location
    assert ines.post(f"{HERE}/segments?role=member", data={"name": "mentors"}).status_code == 422
    assert ines.post(f"{HERE}/segments/1?role=observer", data={"name": "Friends", "version": "1"}).status_code == 303
    assert "role=observer" in ines.get(f"{HERE}/segments/1").location
    assert ines.post(f"{HERE}/segments/1/deletion").status_code == 303
    assert ines.get(f"{HERE}/segments/1").status_code == 404
    ines.post(f"{HERE}/segments/1/restoring")
    assert "Friends" in ines.get(f"{HERE}/").text
    with app.app_context():
        assert db.session.execute(select(Segment)).scalar_one().question == {"role": ["observer"]}


def test_a_segment_that_two_change_keeps_both_names(as_):
    ines = as_("ines")
    ines.post(f"{HERE}/segments?role=mentor", data={"name": "Mentors"})
    for name in ("Hers", "Mine"):
        answer = ines.post(f"{HERE}/segments/1?role=mentor", data={"name": name, "version": "1"})
    assert answer.status_code == 409 and "Hers" in answer.text and "Mine" in answer.text


def test_the_second_of_two_writers_sees_both_texts(as_, in_app):
    with in_app():
        one = letter()
    hers = TYPED | {"body": "Hers", "version": str(one.row_version)}
    assert as_("mairead").post(f"{HERE}/{one.id}/edit", data=hers).status_code == 303
    mine = as_("ines").post(f"{HERE}/{one.id}/edit", data=hers | {"body": "Mine"})
    assert mine.status_code == 409 and "Hers" in mine.text and "Mine" in mine.text


def test_a_letter_that_changed_while_one_looked_is_looked_at_again(as_, in_app):
    with in_app():
        one = letter()
    seen = {"when": "now", "version": str(one.row_version)}
    as_("mairead").post(f"{HERE}/{one.id}/edit", data=TYPED | {"body": "Other", "version": seen["version"]})
    answer = as_("ines").post(f"{HERE}/{one.id}/sending", data=seen)
    assert answer.status_code == 409 and "Somebody changed this letter" in answer.text


def test_somebody_outside_the_segment_is_not_taken_out(as_, in_app):
    with in_app():
        one, kofi, tobi = letter().id, cast.person_id("kofi"), cast.person_id("tobi")
    assert as_("ines").post(f"{HERE}/{one}/people/{kofi}/out").status_code == 404
    assert as_("ines").post(f"{HERE}/{one}/people/{tobi}/out").status_code == 303
    assert "Put in again" in as_("ines").get(f"{HERE}/{one}/people?show=left").text


def test_a_deleted_draft_comes_back(as_, in_app):
    with in_app():
        one = letter()
    ines = as_("ines")
    ines.post(f"{HERE}/{one.id}/deletion")
    assert ines.get(f"{HERE}/{one.id}").status_code == 404
    ines.post(f"{HERE}/{one.id}/restoring")
    assert ines.get(f"{HERE}/{one.id}").status_code == 200


def test_the_audience_as_a_sheet_says_why(as_):
    rows = read_sheet(as_("ines").get(f"{HERE}/people?role=mentor&format=csv").data, "people.csv")
    [(_number, cells)] = list(rows.numbered())
    assert cells[:4] == ["Dafydd Okonjo-Reeve", "Brackenhythe Academy", "dafydd@tarn-and-tide.example", "is a mentor"]


def test_the_question_travels_from_the_directory_and_from_an_event(as_, in_app):
    with in_app():
        event = planned.event()
    assert f"{HERE}/people?role=mentor" in as_("ines").get("/n/tarn-and-tide/members?role=mentor").text
    page = as_("ines").get(f"/n/tarn-and-tide/events/{event.id}").text
    assert f"silent=e{event.id}" in page and "Write to those who booked" in page
    form = as_("ines").get(f"{HERE}/new?silent=e{event.id}&about=event:{event.id}").text
    assert re.search(rf'<option selected value="event:{event.id}"', form)


def test_every_page_takes_few_queries(as_, in_app, queries):
    with in_app():
        event = planned.event(sessions=2)
        planned.booked(event, "tobi", "leon")
        pack = make_pack()
        done = sent(letter(about_kind="pack", about_id=pack))
        about = db.session.merge(event).id
        one = letter(question={"role": ["member", "mentor"]}, about_kind="event", about_id=about).id
    ines = as_("ines")
    asked = f"role=member&role=mentor&booked=e{about}&used={pack}&unseen=2"
    pages = ["/", f"/choose?{asked}", f"/people?{asked}", f"/people?{asked}&show=left", f"/new?{asked}"]
    pages += [f"/{one}{part}" for part in ("", "/edit", "/people", "/preview", "/preview/html", "/sending")]
    pages += [f"/{done}", f"/{done}/outcome"]
    ines.get(HERE + "/")
    for path in pages:
        with queries() as seen:
            assert ines.get(HERE + path).status_code == 200
        assert len(seen) <= 12, f"{path}: {len(seen)}"


def test_a_batch_of_a_letter_asks_as_much_for_two_as_for_six(in_app, queries):
    def asked(question):
        one = send_letter(here(), letter(question=question).id, 1)
        clock.freeze(cast.NOW + GRACE)
        with queries() as seen:
            write_due_letters()
        clock.freeze(cast.NOW)
        assert again(one).finished_at
        return len([statement for statement in seen if not statement.startswith(("INSERT", "UPDATE"))])

    with in_app():
        asked({})
        assert asked({"role": ["member"]}) == asked({})
