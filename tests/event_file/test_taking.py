"""Taking the event's file along: a tagged PDF, and a zip whose every part can be read and checked."""

import hashlib
import io
import subprocess
import zipfile

import pikepdf
import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.credit.models import Certificate
from portal.db import db
from portal.events.models import Event
from portal.files.models import StoredFile
from portal.files.store import store
from portal.history.models import HistoryLine
from portal.web.tables import read_sheet
from tests.event_file import told

ROOM = told.ROOM


@pytest.fixture
def event_id(in_app):
    with in_app():
        event = told.held(title="Build a hand ‏/ «twice»")
        told.whole(event)
        event_id = event.id
    with in_app():
        told.certified(db.session.get(Event, event_id))
        one = db.session.execute(select(Certificate).order_by(Certificate.id)).scalars().first()
        one.voided_at, one.void_reason = told.cast.NOW, "a wrong name"
        db.session.commit()
    return event_id


def taken(as_, event_id, kind):
    with as_("ines").post(f"{ROOM}{event_id}/file/{kind}") as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return answer.get_data()


def text_of(pdf, tmp_path):
    (tmp_path / "file.pdf").write_bytes(pdf)
    read = ["pdftotext", "-layout", str(tmp_path / "file.pdf"), "-"]
    return " ".join(subprocess.run(read, capture_output=True, text=True, check=True).stdout.split())


def test_the_paper_is_tagged_and_says_its_title_and_language(as_, event_id):
    with pikepdf.open(io.BytesIO(taken(as_, event_id, "pdf"))) as read:
        assert read.Root.MarkInfo.Marked and str(read.Root.Lang) == "en"
        assert read.Root.StructTreeRoot is not None and read.Root.ViewerPreferences.DisplayDocTitle
        metadata = read.Root.Metadata.read_bytes()
    assert b"pdfuaid:part" in metadata and "File of “Build a hand".encode() in metadata


def test_the_paper_holds_every_part_that_an_audit_asks_for(as_, in_app, event_id, tmp_path):
    text = text_of(taken(as_, event_id, "pdf"), tmp_path)
    for said in ("Complete?", "Sign-in, Thursday 29 October 2026", "Hours granted each", "Certificates", "Costs"):
        assert said in text, said
    with in_app():
        numbers = list(db.session.execute(select(Certificate.number)).scalars())
    assert all(number in text for number in numbers)
    assert "void since" in text and "Booked and not there: Mairead Osei-Vance" in text
    assert "All together: £12.50; 2 h that people gave." in text and "Keep until Wednesday 30 November 2033." in text


def names(as_, event_id):
    return zipfile.ZipFile(io.BytesIO(taken(as_, event_id, "zip")))


def test_the_zip_holds_what_its_readme_says(as_, event_id):
    with names(as_, event_id) as archive:
        found = archive.namelist()
        assert archive.testzip() is None
        readme = archive.read("README.txt").decode()
    fixed = ["README.txt", f"event-file-{event_id}.pdf", "participants.csv", "hours.csv", "evaluation.csv"]
    assert found[:6] == [*fixed, "costs.csv"] and found[-1] == "SHA256SUMS.txt"
    assert sum(name.startswith("certificates/") for name in found) == 7
    assert sum("void" in name for name in found) == 1
    assert {name for name in found if name.startswith("papers/")} == {
        "papers/agenda.txt",
        "papers/letter.txt",
        "papers/fdp.exe.txt",
    }
    assert "It names people" in readme and "Try it with year 7." in readme and "https://film.example/hand" in readme
    assert all(name.split("/")[0] in readme for name in found[1:])


def test_names_that_turn_around_are_made_harmless(as_, event_id):
    with names(as_, event_id) as archive:
        found = archive.namelist()
    assert not [name for name in found if "\u202e" in name or "\u200f" in name or name.count("/") > 1 or ".." in name]
    assert "papers/fdp.exe.txt" in found


def test_the_sums_are_those_of_the_files(as_, event_id):
    with names(as_, event_id) as archive:
        sums = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS.txt").decode().splitlines())
        assert set(sums) == set(archive.namelist()) - {"SHA256SUMS.txt"}
        for name, said in sums.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == said, name


def test_the_sheets_in_the_zip_are_those_of_the_pages(as_, event_id):
    ines = as_("ines")
    with names(as_, event_id) as archive:
        for name, page in (("participants", "file/sign-in"), ("hours", "file/hours"), ("costs", "costs")):
            page_sheet = read_sheet(ines.get(f"{ROOM}{event_id}/{page}?format=csv").data, "x.csv")
            zip_sheet = read_sheet(archive.read(f"{name}.csv"), "x.csv")
            assert list(page_sheet.numbered()) == list(zip_sheet.numbered()), name
        dates = Calendar.from_ical(archive.read(f"event-{event_id}.ics"))
    assert len(list(dates.walk("VEVENT"))) == 2


def test_links_by_which_people_join_are_not_in_it(as_, event_id):
    with names(as_, event_id) as archive:
        told_ = b"".join(archive.read(name) for name in archive.namelist() if name.endswith((".ics", ".txt", ".csv")))
    assert told.planned.LINK.encode() not in told_


def test_a_file_that_the_store_lost_is_named_and_the_rest_is_whole(as_, in_app, event_id):
    with in_app():
        file = db.session.execute(select(StoredFile).where(StoredFile.name == "agenda.txt")).scalar_one()
        store().path(file.sha256).unlink()
    with names(as_, event_id) as archive:
        assert archive.testzip() is None and "papers/agenda.txt" not in archive.namelist()
        assert "Missing: the store no longer has these files" in archive.read("README.txt").decode()


def test_that_somebody_took_it_is_noted_for_the_other_coordinators(as_, in_app, event_id):
    for kind in ("pdf", "zip"):
        taken(as_, event_id, kind)
    html = as_("mairead").get(f"{ROOM}{event_id}/file").get_data(as_text=True)
    assert "Ines Quarrie took the event’s file (PDF)" in html and "Ines Quarrie took the event’s file (zip)" in html
    assert "took the event’s file" not in as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)
    with in_app():
        actions = db.session.execute(select(HistoryLine.action)).scalars().all()
    assert actions.count("event-file-taken") == 2


def test_the_page_says_that_it_names_people_before_it_is_taken(as_, event_id):
    html = as_("ines").get(f"{ROOM}{event_id}/file").get_data(as_text=True)
    assert html.index("It names 6 people, with schools and hours.") < html.index("Take the PDF")
