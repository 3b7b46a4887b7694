"""After the lesson: uses are counted and can be taken back; what is wrong reaches those who can put it right."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Use
from portal.db import db
from portal.mail.models import OutboxMail
from portal.people.models import Person
from portal.resources.models import Pack, PackReport, PackTaken
from portal.resources.queries_uses import tried
from portal.web import clock
from portal.web.gathered import write_now
from portal.web.links import act_link
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file

TOLD = {
    "used_on": "2026-11-09",
    "classes": "2",
    "students": "54",
    "year_group": "Year 6",
    "what_changed": "Pre-cut the card.",
}


@pytest.fixture
def pack(in_app) -> int:
    with in_app():
        return make_pack(public=True)


def test_a_use_is_counted_with_where_she_works(app, in_app, as_, pack):
    dafydd = as_("dafydd")
    page = dafydd.get(dafydd.post(f"{PAGE}{pack}/uses", data=TOLD).location).text
    assert "Tried in class" in page and "2 classes, 54 pupils" in page and "Pre-cut the card." in page
    assert "Brackenhythe Academy, Year 6, 2 classes, 54 pupils" in page
    assert "Tried in 2 classes" in as_("tobi").get(PAGE).text


def test_not_known_is_not_zero(in_app, as_, pack):
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/uses", data=TOLD)
    tobi.post(f"{PAGE}{pack}/uses", data=TOLD | {"students": ""})
    with in_app():
        sums = tried(pack)
        assert (sums.uses, sums.classes, sums.students, sums.unknown) == (2, 4, 54, 1)
    assert "not zero and is not guessed" in tobi.get(f"{PAGE}{pack}/uses").text


def test_a_use_is_taken_back_and_counted_again(app, as_, pack):
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/uses", data=TOLD)
    with app.app_context():
        use = db.session.execute(select(Use.id)).scalar_one()
    assert as_("ines").post(f"{PAGE}{pack}/uses/{use}/withdrawal").status_code == 403
    tobi.post(f"{PAGE}{pack}/uses/{use}/withdrawal")
    with app.app_context():
        assert db.session.get(Pack, pack).uses_count == 0
    tobi.post(f"{PAGE}{pack}/uses/{use}/withdrawal/undo")
    with app.app_context():
        assert db.session.get(Pack, pack).uses_count == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("used_on", "2026-11-11", "still to come"),
        ("used_on", "soon", "Type the day like this: 2026-11-19."),
        ("classes", "-1", "Between 1 and 200."),
        ("students", "many", "Between 0 and"),
        ("quote", "It worked.", "Tick this, or leave the sentence out."),
    ],
)
def test_what_can_not_be_is_said_beside_the_field(as_, pack, field, value, sentence):
    answer = as_("tobi").post(f"{PAGE}{pack}/uses", data=TOLD | {field: value})
    assert answer.status_code == 422 and "Pre-cut the card." in answer.text
    assert sentence in answer.text and "ot a valid" not in answer.text


def test_an_observer_tells_of_no_use(as_, pack):
    assert as_("petra").post(f"{PAGE}{pack}/uses", data=TOLD).status_code == 403


def test_only_a_sentence_that_may_be_quoted_is_public(as_, client, pack):
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/uses", data=TOLD | {"quote": "The whole lesson on forces.", "quote_allowed": "y"})
    page = client.get(f"/p/tarn-and-tide/packs/{pack}").text
    assert "The whole lesson on forces." in page and "Pre-cut the card." not in page


def test_uses_are_a_spreadsheet_too(as_, pack):
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/uses", data=TOLD)
    assert "Pre-cut the card." in tobi.get(f"{PAGE}{pack}/uses?format=csv").text


def test_a_report_is_shown_to_owner_and_coordinators_until_settled(app, as_, pack):
    as_("dafydd").post(f"{PAGE}{pack}/reports", data={"item": 0, "text": "The film is gone."})
    tobi = as_("tobi")
    assert "The film is gone." in tobi.get(f"{PAGE}{pack}").text
    assert "The film is gone." in as_("ines").get(f"{PAGE}{pack}").text
    assert "The film is gone." not in as_("dafydd").get(f"{PAGE}{pack}").text
    with app.app_context():
        report = db.session.execute(select(PackReport.id)).scalar_one()
    assert as_("dafydd").post(f"{PAGE}{pack}/reports/{report}/settlement").status_code == 403
    assert tobi.post(f"{PAGE}{pack}/reports/{report}/settlement", data={"answer": ""}).status_code == 422
    tobi.post(f"{PAGE}{pack}/reports/{report}/settlement", data={"answer": "A new link."})
    assert "A new link." in tobi.get(f"{PAGE}{pack}/reports/{report}").text
    assert "The film is gone." not in tobi.get(f"{PAGE}{pack}").text


def test_a_stranger_reads_takes_and_reports_a_public_pack(app, client, pack):
    where = f"/p/tarn-and-tide/packs/{pack}"
    assert client.get(where).status_code == 200
    assert client.post(f"{where}/reports", data={"item": 0, "text": ""}).status_code == 422
    for number in range(5):
        assert client.post(f"{where}/reports", data={"item": 0, "text": f"Wrong {number}"}).status_code == 303
    assert client.post(f"{where}/reports", data={"item": 0, "text": "Wrong again"}).status_code == 422


def test_what_is_not_public_is_not_there_for_strangers(in_app, as_, client, pack):
    with in_app():
        members_only = make_pack(title="For members")
    assert client.get(f"/p/tarn-and-tide/packs/{members_only}").status_code == 404
    assert client.get(f"/p/fell-and-furrow/packs/{pack}").status_code == 404
    as_("tobi").post(f"{PAGE}{pack}/retirement", data={"successor": 0})
    assert client.get(f"/p/tarn-and-tide/packs/{pack}").status_code == 404


def test_downloads_are_gathered_and_disturb_nobody(app, in_app, as_, queries, pack):
    tobi, dafydd = as_("tobi"), as_("dafydd")
    tobi.post(f"{PAGE}{pack}/items", data={"files": [text_file()]}, content_type="multipart/form-data")
    with app.app_context():
        write_now()
        before = db.session.get(Pack, pack)
    # What another test took in this minute may have been gathered still: one person counts once a minute.
    clock.freeze(cast.NOW + timedelta(minutes=5))
    with queries() as seen:
        for browser in (tobi, dafydd):
            with browser.get(f"{PAGE}{pack}/archive") as answer:
                assert answer.status_code == 200
    assert not [statement for statement in seen if statement.startswith(("UPDATE", "INSERT"))]
    with app.app_context():
        write_now()
        after = db.session.get(Pack, pack)
        assert (after.downloads - before.downloads, after.row_version) == (2, before.row_version)


REVIEW = {"again": "changed", "engagement": "4", "level": "right", "is_estimate": "y"}


def test_what_those_who_used_it_say_is_told_in_numbers(in_app, as_, pack):
    with in_app():
        takers = [PackTaken(pack_id=pack, person_id=cast.person_id(one), taken_at=cast.NOW) for one in ("tobi", "leon")]
        db.session.add_all(takers)
        db.session.commit()
    tobi = as_("tobi")
    tobi.post(f"{PAGE}{pack}/uses", data=TOLD | REVIEW)
    as_("dafydd").post(f"{PAGE}{pack}/uses", data=TOLD | {"again": "no", "level": "hard"})
    page, returns = tobi.get(f"{PAGE}{pack}").text, tobi.get(f"{PAGE}{pack}/uses").text
    assert "1 of 2 would use it again, 1 of them with changes." in page and "about 54 pupils" in page
    assert "The level was about right for 1 of 2, too hard for 1." in page
    assert "Returns in: 1 of the 2 who took it along." in page
    assert (
        "The whole class was with it, all along, in 1 of 1." in returns and "In 1 return it is an estimate." in returns
    )
    assert "estimated" in tobi.get(f"{PAGE}{pack}/uses?format=csv").text


@pytest.mark.parametrize(("field", "value"), [("again", "perhaps"), ("engagement", "9"), ("level", "odd")])
def test_an_answer_that_was_not_offered_is_refused(as_, pack, field, value):
    assert as_("tobi").post(f"{PAGE}{pack}/uses", data=TOLD | {field: value}).status_code == 422


def test_who_keeps_her_school_to_herself_is_not_named_beside_it(in_app, as_, pack):
    as_("dafydd").post(f"{PAGE}{pack}/uses", data=TOLD)
    with in_app():
        db.session.get(Person, cast.person_id("dafydd")).listing = {"school": False}
        db.session.commit()
    for address in (f"{PAGE}{pack}", f"{PAGE}{pack}/uses", f"{PAGE}{pack}/uses?format=csv"):
        assert "Brackenhythe Academy" in as_("leon").get(address).text
        assert "Dafydd" not in as_("leon").get(address).text.partition('class="history"')[0]
    assert "Dafydd Okonjo-Reeve" in as_("ines").get(f"{PAGE}{pack}/uses").text


def test_a_small_number_of_pupils_is_not_told_to_strangers(as_, client, pack):
    as_("tobi").post(f"{PAGE}{pack}/uses", data=TOLD | {"students": "9"})
    assert "9 pupils" not in client.get(f"/p/tarn-and-tide/packs/{pack}").text
    as_("tobi").post(f"{PAGE}{pack}/uses", data=TOLD | {"students": "45"})
    assert "54 pupils" in client.get(f"/p/tarn-and-tide/packs/{pack}").text


def links(in_app, kind):
    """Name → the address in her mail of this kind, as the portal's own path."""
    with in_app():
        rows = db.session.query(OutboxMail).filter_by(kind=kind).all()
        found = {row.to_name: next(word for word in row.text.split() if "/a/" in word) for row in rows}
    return {name: "/a/" + link.partition("/a/")[2] for name, link in found.items()}


def test_a_report_is_mailed_and_settled_from_the_mail_and_who_said_it_is_told(client, in_app, as_, pack):
    as_("dafydd").post(f"{PAGE}{pack}/reports", data={"item": 0, "text": "The film is gone."})
    told = links(in_app, "pack-report")
    assert set(told) == {"Ines Quarrie", "Mairead Osei-Vance", "Tobi Larkhill"}
    link = told["Tobi Larkhill"]
    assert "The film is gone." in client.get(link).text
    assert client.post(link, data={"choice": "settle", "answer": ""}).status_code == 422
    for _twice in range(2):
        client.post(link, data={"choice": "settle", "answer": "A new link."})
    assert "Settled by Tobi Larkhill: A new link." in client.get(told["Ines Quarrie"]).text
    with in_app():
        [mail] = db.session.query(OutboxMail).filter_by(kind="pack-put-right").all()
        assert mail.to_name == "Dafydd Okonjo-Reeve" and "A new link." in mail.text


def test_what_is_wrong_is_said_from_a_mail_without_signing_in(client, in_app, pack):
    with in_app():
        link = act_link("packwrong", cast.person_id("leon"), pack, days=9).removeprefix("http://127.0.0.1:8000")
    assert client.get(link).status_code == 200
    assert client.post(link, data={"choice": "tell", "text": "Slide 4."}).status_code == 303
    with in_app():
        report = db.session.query(PackReport).one()
        assert (report.reported_by, report.text) == (cast.person_id("leon"), "Slide 4.")


def test_a_full_page_asks_little_of_the_database(in_app, as_, queries, pack):
    """With everything on it that this room and the review put there."""
    as_("dafydd").post(f"{PAGE}{pack}/uses", data=TOLD | REVIEW)
    as_("dafydd").post(f"{PAGE}{pack}/reports", data={"item": 0, "text": "The film is gone."})
    as_("dafydd").post(f"{PAGE}{pack}/adaptations")
    ines = as_("ines")
    ines.get(f"{PAGE}{pack}")
    with queries() as seen:
        page = ines.get(f"{PAGE}{pack}").text
    assert "The film is gone." in page and "Nobody has looked at it yet." in page
    assert len(seen) <= 13, "\n".join(seen)
