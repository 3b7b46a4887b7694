"""A transcript: every line of a period, added up to the minute; by page, spreadsheet, PDF and by a link from a mail."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from sqlalchemy import select

from portal.certificates.operations import make_certificates
from portal.certificates.queries_transcript import Period, transcript_of
from portal.certificates.signed import record_link
from portal.credit.models import Certificate
from portal.credit.operations_certificates import void
from portal.credit.operations_outside import OutsideDraft, add_outside
from portal.db import db
from portal.history.merging import merge_records, take_apart
from portal.mail.models import OutboxMail
from portal.people.exporting import everything_about
from portal.people.models import Person
from portal.web import clock
from portal.web.tables import read_sheet
from tests import cast
from tests.certificates import earned


def issued(one):
    earned.close(one)
    make_certificates(one, earned.ZONE, cast.person_id("ines"))


@pytest.fixture
def told(in_app):
    """Tobi: a series with credit, an evening without, one that he watched, and a day elsewhere."""
    with in_app():
        series, evening = earned.event(sessions=2, title="A series"), earned.event(title="An evening")
        watched = earned.event(title="Watched")
        earned.credit(series, earned.kind())
        earned.mark(series, "tobi", 90)
        earned.mark(series, "tobi", 75, place=1)
        earned.mark(evening, "tobi", 40)
        earned.mark(watched, "tobi", 90, capacity="observer")
        for one in (series, evening, watched):
            issued(one)
        add_outside(
            cast.person_id("tobi"), OutsideDraft("Elsewhere", "University", date(2026, 8, 6), date(2026, 8, 6), 300)
        )
        return cast.person_id("tobi")


def by_title(person_id, **period):
    return {line.title: line for line in transcript_of(person_id, Period(**period)).lines}


def test_it_adds_up_apart_what_is_apart(in_app, told):
    with in_app():
        found = transcript_of(told, Period())
        assert (found.there, found.without_credit, found.observed, found.elsewhere) == (205, 40, 90, 300)
        assert found.sessions == 4
        [total] = found.totals
        assert (total.credit, total.category, total.minutes, total.elsewhere) == ("Clock hour", "STEM", 165, 0)
        assert {line.title: line.part for line in found.lines} == {
            "A series": "credit", "An evening": "there", "Watched": "observed", "Elsewhere": "elsewhere",
        }  # fmt: skip


def test_two_kinds_of_credit_of_one_event_never_double_its_minutes(in_app):
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind())
        earned.credit(one, earned.kind("other", name="PDU", unit="PDU", units="PDUs"), category="")
        earned.mark(one, "tobi", 90)
        issued(one)
        found = transcript_of(cast.person_id("tobi"), Period())
        assert found.there == 90 and [total.minutes for total in found.totals] == [90, 90]


def test_a_period_counts_credit_where_the_series_ended(in_app, told):
    with in_app():
        until = by_title(told, last=date(2026, 11, 6))["A series"]
        assert (until.part, until.minutes, until.credited, until.counts_later) == ("there", 90, 0, date(2026, 11, 12))
        since = by_title(told, first=date(2026, 11, 7))["A series"]
        assert (since.part, since.minutes, since.credited) == ("credit", 75, 165)


def test_a_void_certificate_gives_no_credit_and_its_minutes_stay(in_app, told):
    with in_app():
        one = db.session.execute(select(Certificate).where(Certificate.kind == "credit")).scalar_one()
        void(one, "A slip", cast.person_id("ines"))
        found = transcript_of(told, Period())
        assert (found.there, found.without_credit, found.totals) == (205, 205, [])


def test_the_page_says_what_the_sheet_and_the_paper_say(as_, told):
    tobi = as_("tobi")
    html = tobi.get("/me/transcript").text
    marks = ("no credit", "observed, no credit", "from elsewhere, not checked by us")
    for words in ("4 sessions, 4 h 55 min in all", "2¾ STEM clock hours", *marks):
        assert words in html, words
    sheet = read_sheet(tobi.get("/me/transcript?format=csv").data, "t.csv")
    rows = [dict(zip(sheet.headings, cells, strict=False)) for _number, cells in sheet.numbered()]
    assert sum(int(row["Minutes there"] or 0) for row in rows) == 295
    assert sum(int(row["Minutes of credit"] or 0) for row in rows) == 165
    with pikepdf.open(io.BytesIO(tobi.get("/me/transcript.pdf").data)) as read:
        assert read.Root.MarkInfo.Marked and str(read.Root.Lang).startswith("en")


def test_it_can_be_one_networks_and_then_holds_nothing_from_elsewhere(as_, told):
    html = as_("tobi").get("/me/transcript?network=tarn-and-tide").text
    assert "A series" in html and "University" not in html
    assert "A series" not in as_("tobi").get("/me/transcript?network=fell-and-furrow").text


def test_the_old_address_of_my_hours_leads_here(as_, told):
    answer = as_("tobi").get("/n/tarn-and-tide/events/my-hours?from=2026-09-01")
    assert answer.status_code == 303 and answer.location == "/me/transcript?network=tarn-and-tide&from=2026-09-01"


def test_nobody_sees_another_persons(as_, told, in_app):
    with in_app():
        paper = db.session.execute(select(Certificate.id)).scalars().first()
    assert "A series" not in as_("leon").get("/me/transcript").text
    assert as_("leon").get(f"/me/certificates/{paper}").status_code == 404
    assert as_("ines").get(f"/me/certificates/{paper}").status_code == 404


def test_the_page_asks_the_database_little(as_, told, queries):
    tobi = as_("tobi")
    tobi.get("/me/transcript")
    with queries() as seen:
        tobi.get("/me/transcript")
    assert len(seen) <= 12, seen


def mailed(app, client, address="tobi@tarn-and-tide.example"):
    client.post("/record", data={"address": address})
    with app.app_context():
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "record")).scalar_one_or_none()
        return mail and next(line for line in mail.text.splitlines() if "/a/record-" in line).strip()


def path_of(link):
    return "/a/" + link.partition("/a/")[2]


def test_a_link_by_mail_shows_the_record_for_half_an_hour_without_a_password(app, client, told):
    link = path_of(mailed(app, client))
    assert "A series" in client.get(link).text
    assert client.get(f"{link}?as=pdf").mimetype == "application/pdf"
    assert client.get(f"{link}?format=csv").mimetype == "text/csv"
    clock.freeze(clock.now() + timedelta(minutes=31))
    answer = client.get(link)
    assert answer.status_code == 410 and "half an hour" in answer.text and "A series" not in answer.text


def test_its_certificates_open_under_the_same_link_and_no_others(app, client, told, in_app):
    with in_app():
        hers = db.session.execute(select(Certificate.id).where(Certificate.kind == "credit")).scalar_one()
        other = earned.event(title="Of Leon")
        earned.mark(other, "leon", 90)
        issued(other)
        his = db.session.execute(select(Certificate.id).where(Certificate.title == "Of Leon")).scalar_one()
    link = path_of(mailed(app, client))
    assert "Certificate of clock hours" in client.get(f"{link}?certificate={hers}").text
    assert client.get(f"{link}?certificate={hers}&as=pdf").mimetype == "application/pdf"
    for wrong in (his, 999, "²", "-1"):
        assert client.get(f"{link}?certificate={wrong}").status_code in (410, 200)
        assert "Of Leon" not in client.get(f"{link}?certificate={wrong}").text


def test_the_page_says_the_same_for_every_address(app, client, told):
    known = client.post("/record", data={"address": "tobi@tarn-and-tide.example"})
    unknown = client.post("/record", data={"address": "nobody@elsewhere.example"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location) == (303, "/record/sent")
    with app.app_context():
        assert len(db.session.execute(select(OutboxMail).where(OutboxMail.kind == "record")).all()) == 1


def test_asking_too_often_is_refused(client, told):
    answers = [client.post("/record", data={"address": "tobi@tarn-and-tide.example"}).status_code for _time in range(6)]
    assert answers[:4] == [303] * 4 and answers[-1] == 422


def test_a_link_that_its_owner_ended_opens_nothing(app, client, told, in_app):
    with in_app():
        link = path_of(record_link(told))
        db.session.get_one(Person, told).links_since = clock.now()
        db.session.commit()
    assert client.get(link).status_code == 410


def test_two_records_of_one_person_share_their_certificates(in_app, told):
    with in_app():
        leon = cast.person_id("leon")
        merge = merge_records("person", leon, told, {}, cast.person_id("ines"))
        db.session.commit()
        assert transcript_of(leon, Period()).there == 205
        assert len(transcript_of(leon, Period()).totals) == 1
        take_apart(merge)
        assert transcript_of(told, Period()).there == 205


def test_her_own_export_holds_certificates_and_hours(in_app, told):
    with in_app():
        found = everything_about(told)
        assert len(found["certificate"]) == 4 and len(found["outside_hours"]) == 1
        assert sum(row["minutes"] for row in found["hours"]) == 295
