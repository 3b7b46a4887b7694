"""The papers: tagged, titled, in a language, made in the background, and one that fails does not keep the others."""

import io

import pikepdf
import pytest
from sqlalchemy import select

from portal.certificates import making
from portal.certificates.making import make_papers
from portal.certificates.operations import make_certificates, try_papers_again
from portal.credit.models import Certificate
from portal.credit.operations_certificates import void
from portal.credit.papers import paper_of
from portal.credit.queries_certificates import making_of
from portal.db import db
from portal.files.models import StoredFile
from portal.files.queries import open_file
from portal.mail.models import OutboxMail
from portal.people.models import Person
from tests import cast
from tests.certificates import earned


def issued(*people, sessions=1, with_credit=False, **columns):
    one = earned.event(sessions=sessions, **columns)
    if with_credit:
        earned.credit(one, earned.kind())
    for key in people:
        for place in range(sessions):
            earned.mark(one, key, 90, place)
    earned.close(one)
    make_certificates(one, earned.ZONE, cast.person_id("ines"))
    return one


def papers():
    return list(db.session.execute(select(Certificate).order_by(Certificate.id)).scalars())


def opened(one):
    return pikepdf.open(io.BytesIO(paper_of(one)))


def tags_of(read):
    """Every element of the structure, with its kind and its description."""
    found, wait = [], [read.Root.StructTreeRoot]
    while wait:
        element = wait.pop()
        if isinstance(element, pikepdf.Array):
            wait.extend(element)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element.S), str(element.get("/Alt", ""))))
            if "/K" in element:
                wait.append(element.K)
    return found


def test_a_paper_is_tagged_titled_and_in_its_language(in_app):
    with in_app():
        issued("tobi", with_credit=True)
        for one in papers():
            with opened(one) as read:
                assert read.Root.MarkInfo.Marked and read.Root.ViewerPreferences.DisplayDocTitle
                assert str(read.Root.Lang).startswith("en")
                meta = read.Root.Metadata.read_bytes().decode()
                assert "Tobi Larkhill" in meta and "Build a hand" in meta
                assert "<pdfuaid:part>1</pdfuaid:part>" in meta or 'pdfuaid:part="1"' in meta


def test_every_picture_of_it_is_described_and_the_name_is_text(in_app):
    with in_app():
        issued("tobi")
        with opened(papers()[0]) as read:
            tags = tags_of(read)
        pictures = [alt for kind, alt in tags if kind == "/Figure"]
        assert len(pictures) == 2 and all(pictures)
        assert any("Attendance checked, 25 Nov 2026, Tarn and Tide" in alt for alt in pictures)
        assert ("/H1", "") in tags


def test_twelve_sessions_and_long_names_flow_to_a_second_page_that_says_whose_it_is(in_app):
    with in_app():
        db.session.get_one(Person, cast.person_id("tobi")).name = (
            "Prof. Maria-Magdalena Featherstonehaugh-Cholmondeley " * 3
        )
        db.session.commit()
        issued("tobi", sessions=12, title="A year of leading science together " * 6, with_credit=True)
        for one in papers():
            with opened(one) as read:
                assert len(read.pages) == 2


@pytest.mark.parametrize("name", ["نورة الهاشمي", "Łukasz Źdźbło", "李小明", "<b>=1+1</b> #panic() $x$"])
def test_names_of_any_script_become_a_paper(in_app, name):
    with in_app():
        db.session.get_one(Person, cast.person_id("tobi")).name = name
        db.session.commit()
        issued("tobi")
        with opened(papers()[0]) as read:
            assert read.Root.StructTreeRoot is not None


def test_the_worker_makes_them_and_mails_a_person_once_for_all_that_she_gets(in_app):
    with in_app():
        one = issued("tobi", "leon", with_credit=True)
        assert making_of("event", one.id).made == 0
        assert make_papers() == 4
        assert (making_of("event", one.id).made, making_of("event", one.id).is_over) == (4, True)
        mails = list(db.session.execute(select(OutboxMail).where(OutboxMail.kind == "certificate")).scalars())
        assert sorted(mail.to_name for mail in mails) == ["Leon Farrowby", "Tobi Larkhill"]
        assert mails[0].subject == "Certificate: Build a hand"
        assert mails[0].text.count("/a/certificate-") == 2
        assert make_papers() == 0
        file = db.session.get_one(StoredFile, papers()[0].stored_file_id)
        with open_file(file) as content:
            assert content.read(5) == b"%PDF-"


def test_one_that_fails_is_marked_with_the_reason_and_the_others_go_on(in_app, monkeypatch):
    real = making.paper_of

    def paper(one):
        if one.name.startswith("Leon"):
            raise ValueError("no ink")
        return real(one)

    monkeypatch.setattr(making, "paper_of", paper)
    with in_app():
        one = issued("tobi", "leon", "dafydd")
        assert make_papers() == 2
        assert make_papers() == 0
        state = making_of("event", one.id)
        assert (state.made, state.failed, state.is_over) == (2, 1, True)
        assert [paper.fault for paper in papers() if paper.fault] == ["ValueError: no ink"]
        monkeypatch.setattr(making, "paper_of", real)
        assert try_papers_again(one, cast.person_id("ines")) == 1
        assert make_papers() == 1


def test_a_mail_that_cannot_be_written_does_not_keep_the_other_papers(in_app, monkeypatch):
    real = making.tell

    def tell(event, untold):
        if untold[0].name.startswith("Leon"):
            raise ValueError("a mail header holds a line break")
        real(event, untold)

    monkeypatch.setattr(making, "tell", tell)
    with in_app():
        one = issued("leon", "tobi", "dafydd", with_credit=True)
        make_papers()
        state = making_of("event", one.id)
        assert (state.made, state.failed, state.is_over) == (5, 1, True)
        assert {paper.name for paper in papers() if paper.fault} == {"Leon Farrowby"}
        mails = db.session.execute(select(OutboxMail.to_name).where(OutboxMail.kind == "certificate")).scalars()
        assert sorted(mails) == ["Dafydd Okonjo-Reeve", "Tobi Larkhill"]


def test_what_was_voided_meanwhile_is_not_made(in_app):
    with in_app():
        issued("tobi")
        void(papers()[0], "A slip", cast.person_id("ines"))
        assert make_papers() == 0
        assert db.session.execute(select(OutboxMail).where(OutboxMail.kind == "certificate")).first() is None
