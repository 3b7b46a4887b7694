"""The pages: making, progress, voiding, making anew, and a name put right by its owner alone."""

import pytest
from sqlalchemy import select, update

from portal.activities.models import Participation
from portal.certificates.making import make_papers
from portal.certificates.operations import make_certificates
from portal.certificates.signed import certificate_link
from portal.credit.models import Certificate
from portal.db import db
from portal.history.queries import lines_about
from tests import cast
from tests.certificates import earned


@pytest.fixture
def event_id(in_app):
    """An evening that is over: Tobi and Leon for all of it, Petra watching."""
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind())
        earned.mark(one, "tobi", 90)
        earned.mark(one, "leon", 45)
        earned.mark(one, "petra", 90, capacity="observer")
        earned.close(one)
        return one.id


def url(event_id):
    return f"{earned.HERE}/{event_id}/certificates"


def papers(in_app, key="tobi"):
    with in_app():
        query = select(Certificate).where(Certificate.person_id == cast.person_id(key)).order_by(Certificate.id)
        found = list(db.session.execute(query).scalars())
        db.session.expunge_all()
        return found


def test_the_coordinator_sees_who_gets_what_and_why_not_and_makes_them(as_, event_id, in_app):
    ines = as_("ines")
    html = ines.get(url(event_id)).text
    assert "4 certificates are due" in html and "there for 45 of 90 minutes; 75% are needed" in html
    answer = ines.post(url(event_id), follow_redirects=True)
    assert "4 certificates are issued" in answer.text and "0 of 4 PDFs made" in answer.text
    assert 'hx-trigger="every 2s"' in answer.text and "See how far it is" in answer.text
    with in_app():
        make_papers()
        assert any(line.action == "certificates-issued" for line in lines_about("event", event_id))
    after = ines.get(url(event_id)).text
    assert "4 of 4 PDFs made" in after and "every 2s" not in after


def test_who_comes_back_to_the_event_finds_her_certificates_there_and_nobody_else_does(as_, event_id, in_app, queries):
    page = f"{earned.HERE}/{event_id}"
    assert "Your certificate" not in as_("tobi").get(page).text
    as_("ines").post(url(event_id))
    tobi, held = as_("tobi"), papers(in_app)
    with queries() as seen:
        html = tobi.get(page).text
    assert "Your certificates" in html and all(f"/me/certificates/{one.id}" in html for one in held)
    assert len(seen) <= 12
    assert "/me/certificates/" not in as_("dafydd").get(page).text


def test_the_progress_is_a_fragment_of_the_same_page(as_, event_id):
    ines = as_("ines")
    ines.post(url(event_id))
    fragment = ines.get(url(event_id), headers={"HX-Request": "true", "HX-Target": "making"})
    assert fragment.text.strip().startswith('<div id="making"') and "Who was there" not in fragment.text


def test_a_sheet_that_was_opened_again_is_named_as_what_they_wait_for(as_, event_id, in_app):
    from portal.attendance.operations import reopen_sheet
    from portal.events.models import Session

    with in_app():
        session = db.session.execute(select(Session).where(Session.event_id == event_id)).scalar_one()
        reopen_sheet(session, cast.person_id("ines"))
    ines = as_("ines")
    html = ines.get(url(event_id)).text
    assert "Waiting for these sheets" in html and f"/sessions/{session.id}/attendance" in html
    refused = ines.post(url(event_id))
    assert refused.status_code == 422 and "Close the sheets first" in refused.text


def test_a_hundred_people_are_paged_and_asked_for_in_few_statements(as_, event_id, queries, in_app):
    from portal.activities.operations import Mark, record_attendance
    from portal.events.models import Session
    from portal.people.models import Person

    with in_app():
        session = db.session.execute(select(Session).where(Session.event_id == event_id)).scalar_one()
        many = [
            Person(name=f"T {n:03}", sort_name=f"T {n:03}", listing={}, created_at=cast.LONG_AGO) for n in range(100)
        ]
        db.session.add_all(many)
        db.session.flush()
        record_attendance(session.id, [Mark(person.id, 90) for person in many], cast.person_id("ines"))
    ines = as_("ines")
    ines.post(url(event_id))
    with queries() as seen:
        html = ines.get(url(event_id)).text
    assert len(seen) <= 12, seen
    assert "People 1 to 50 of 103" in html
    assert len(ines.get(f"{url(event_id)}?format=csv").text.splitlines()) == 1 + 102 * 2 + 1


def test_voiding_asks_first_and_wants_a_reason(as_, event_id, in_app):
    ines = as_("ines")
    ines.post(url(event_id))
    one = papers(in_app)[0]
    page = f"{earned.HERE}/certificates/{one.id}/voiding"
    assert "Void certificate" in ines.get(page).text
    assert ines.post(page, data={"reason": " "}).status_code == 422
    assert ines.post(page, data={"reason": "Signed in for somebody else"}).status_code == 303
    assert papers(in_app)[0].void_reason == "Signed in for somebody else"
    assert ines.post(page, data={"reason": "again"}).status_code == 422
    assert "Signed in for somebody else" in as_("tobi").get(f"/me/certificates/{one.id}").text


def test_what_no_longer_agrees_is_shown_and_made_anew(as_, event_id, in_app):
    ines = as_("ines")
    ines.post(url(event_id))
    old = papers(in_app)[0]
    with in_app():
        tobi = Participation.person_id == cast.person_id("tobi")
        db.session.execute(update(Participation).where(tobi).values(minutes=80))
        db.session.commit()
    html = ines.get(url(event_id)).text
    assert "2 certificates no longer agree" in html and "says 1 h 30 min, the sheet does not" in html
    answer = ines.post(f"{earned.HERE}/certificates/{old.id}/anew", follow_redirects=True)
    assert f"takes the place of {old.number}" in answer.text
    assert [paper.minutes for paper in papers(in_app) if not paper.voided_at and paper.kind == "attendance"] == [80]


def test_her_name_put_right_makes_all_of_the_event_anew(as_, event_id, in_app):
    as_("ines").post(url(event_id))
    one = papers(in_app)[0]
    tobi = as_("tobi")
    assert "Tobi Larkhill" in tobi.get(f"/me/certificates/{one.id}/name").text
    answer = tobi.post(f"/me/certificates/{one.id}/name", data={"name": "Tobias  Larkhill"}, follow_redirects=True)
    assert "The one with the other name is void" in answer.text and "Tobias Larkhill" in answer.text
    names = [(paper.name, bool(paper.voided_at)) for paper in papers(in_app)]
    assert names == [("Tobi Larkhill", True)] * 2 + [("Tobias Larkhill", False)] * 2


def test_the_next_certificate_knows_the_corrected_name(as_, event_id, in_app):
    as_("ines").post(url(event_id))
    as_("tobi").post(f"/me/certificates/{papers(in_app)[0].id}/name", data={"name": "Tobias Larkhill"})
    with in_app():
        other = earned.event(title="Bridges")
        earned.mark(other, "tobi", 90)
        earned.close(other)
        make_certificates(other, earned.ZONE, cast.person_id("ines"))
    assert papers(in_app)[-1].name == "Tobias Larkhill"


@pytest.mark.parametrize("name", ["", " ", "123", "Leon Farrowby", "Tobi Larkhill", "L" * 150 + " Larkhill"])
def test_a_name_has_limits_and_what_was_typed_is_kept(as_, event_id, in_app, name):
    as_("ines").post(url(event_id))
    one = papers(in_app)[0]
    answer = as_("tobi").post(f"/me/certificates/{one.id}/name", data={"name": name})
    assert answer.status_code == 422 and name.strip() in answer.text
    assert not papers(in_app)[0].voided_at


def test_a_name_is_corrected_three_times_at_most(as_, event_id, in_app):
    as_("ines").post(url(event_id))
    tobi = as_("tobi")
    for name in ("T Larkhill", "Tob Larkhill", "Tobias Larkhill", "Tobiah Larkhill"):
        one = next(paper for paper in papers(in_app) if not paper.voided_at)
        answer = tobi.post(f"/me/certificates/{one.id}/name", data={"name": name})
    assert answer.status_code == 422 and "three times" in answer.text


def test_the_link_of_the_mail_opens_it_and_puts_the_name_right_without_signing_in(client, as_, event_id, in_app):
    as_("ines").post(url(event_id))
    one = papers(in_app)[0]
    with in_app():
        link = "/a/" + certificate_link(one).partition("/a/")[2]
    html = client.get(link).text
    assert "Certificate of attendance" in html and one.number in html
    assert client.get(f"{link}?as=pdf").mimetype == "application/pdf"
    assert "My name is wrong" in client.get(f"{link}?name=1").text
    answer = client.post(f"{link}?name=1", data={"name": "Tobias Larkhill"})
    assert answer.status_code == 303 and answer.location != link
    assert "Tobias Larkhill" in client.get(answer.location).text
    assert "void since" in client.get(link).text


def test_a_void_one_is_no_paper_any_more(as_, event_id, in_app):
    ines = as_("ines")
    ines.post(url(event_id))
    one = papers(in_app)[0]
    ines.post(f"{earned.HERE}/certificates/{one.id}/voiding", data={"reason": "A slip"})
    assert as_("tobi").get(f"/me/certificates/{one.id}.pdf").status_code == 404
