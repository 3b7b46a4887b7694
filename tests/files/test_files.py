"""Files: kept once checked, sent inertly, and gone when nothing holds them."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.db import db
from portal.files.models import StoredFile
from portal.files.operations import forget_loose_files, keep
from portal.files.queries import files_brought_by, lost_files, open_file
from portal.files.serving import send
from portal.files.store import store
from portal.web import clock
from portal.web.errors import DomainError, NotHere
from tests import cast


def upload(content=b"4 metres is enough\n", name="notes.txt"):
    return FileStorage(io.BytesIO(content), name)


def test_bytes_are_there_before_the_row_names_them(in_app):
    with in_app():
        file = keep(upload(), cast.person_id("tobi"))
        assert Path(store().path(file.sha256)).read_bytes() == b"4 metres is enough\n"
        assert (file.name, file.size, lost_files()) == ("notes.txt", 19, [])
        with open_file(file) as content:
            assert content.read(1) == b"4"


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "empty.txt"), (b"MZ\x90\x00", "game.exe"), (b"<html>", "page.html"), (b"no", "a.pdf")]
)
def test_what_cannot_be_taken_is_refused_in_words_and_leaves_no_row(in_app, content, name):
    with in_app():
        with pytest.raises(DomainError) as refusal:
            keep(upload(content, name), cast.person_id("tobi"))
        assert refusal.value.sentence and refusal.value.field == "files"
        assert not db.session.execute(select(StoredFile)).first()


def test_a_file_is_sent_as_a_download_that_can_do_nothing(in_app):
    with in_app():
        answer = send(keep(upload(), cast.person_id("tobi")))
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        answer.close()


def test_a_file_whose_bytes_are_gone_is_reported_and_answers_404(in_app):
    with in_app():
        file = keep(upload(b"gone soon\n", "gone.txt"), cast.person_id("tobi"))
        Path(store().path(file.sha256)).unlink()
        assert lost_files() == ["gone.txt"]
        with pytest.raises(NotHere):
            send(file)


def test_only_ones_own_loose_files_can_be_hung_up(in_app):
    with in_app():
        mine, hers = keep(upload(), cast.person_id("tobi")), keep(upload(), cast.person_id("leon"))
        found = files_brought_by(cast.person_id("tobi"), [hers.id, mine.id, mine.id, 999])
        assert [file.id for file in found] == [mine.id]


def test_what_was_brought_and_never_sent_goes_after_two_days(in_app):
    with in_app():
        keep(upload(), cast.person_id("tobi"))
        assert forget_loose_files() == 0
        clock.freeze(cast.NOW + timedelta(days=3))
        assert forget_loose_files() == 1


@pytest.mark.shared
def test_real_teaching_files_are_kept(in_app, shared_data):
    folder = shared_data / "resource-files"
    wanted = ("teals_python_2.04_lab.docx", "ketchup-problem.pdf", "green-triangle.jpg", "parity-magic-trick.vtt")
    with in_app():
        for name in wanted:
            assert keep(upload((folder / name).read_bytes(), name), cast.person_id("tobi")).size
        for name in ("phase1.svg", "access_denied_saved_as.xlsx"):
            with pytest.raises(DomainError):
                keep(upload((folder / name).read_bytes(), name), cast.person_id("tobi"))
