"""Large files come piece by piece, go on where the line broke, and never fill more space than there is."""

import hashlib
import threading
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from portal.db import db, writing
from portal.files.models import PartialUpload, StoredFile
from portal.files.operations import forget_loose_files, keep
from portal.files.operations_partial import (
    arriving_of,
    begin_upload,
    finish_upload,
    forget_old_uploads,
    sweep_pieces,
    take_piece,
)
from portal.files.partial import PIECE, lies_there, path_of_arriving
from portal.people.operations_leaving import erase_person
from portal.resources.models import PackItem
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file, typed

UPLOADS = f"{PAGE}uploads"
TEXT = b"Fold the sheet. Load it with sugar. Measure. " * 40


def begin(browser, name="guide.txt", size=None):
    size = len(TEXT) if size is None else size
    return browser.post(UPLOADS, data={"name": name, "size": str(size)})


def send(browser, key, offset, piece, **more):
    return browser.post(
        f"{UPLOADS}/{key}/pieces",
        query_string={"offset": offset, **more},
        data=piece,
        content_type="application/octet-stream",
    )


def bring(browser, content=TEXT, name="guide.txt"):
    key = begin(browser, name, len(content)).json["key"]
    send(browser, key, 0, content)
    return browser.post(f"{UPLOADS}/{key}/end")


@pytest.fixture
def tobi(as_):
    return as_("tobi")


def test_a_file_comes_in_pieces_and_goes_on_after_a_broken_line(app, in_app, tobi):
    key = begin(tobi).json["key"]
    digest = hashlib.sha256(TEXT[:700]).hexdigest()
    assert send(tobi, key, 0, TEXT[:700], sha256=digest).json == {"received": 700}
    assert tobi.get(f"{UPLOADS}/{key}").json == {"received": 700, "size": len(TEXT), "is_kept": False}
    # The answer got lost, so the browser sends the piece once more: it is told where to go on.
    again = send(tobi, key, 0, TEXT[:700])
    assert (again.status_code, again.json["received"]) == (409, 700)
    assert tobi.post(f"{UPLOADS}/{key}/end").status_code == 409
    send(tobi, key, 700, TEXT[700:])
    first, second = (tobi.post(f"{UPLOADS}/{key}/end").json for _try in range(2))
    assert first["id"] == second["id"] and first["proposed"]["title"] == "Guide"
    with in_app():
        assert db.session.execute(select(func.count(StoredFile.id))).scalar_one() == 1
        assert lies_there(key) == 0
        form = typed(**{"files-kept": first["id"]})
    assert tobi.post(PAGE, data=form).status_code == 303
    with app.app_context():
        assert db.session.execute(select(PackItem.title)).scalars().all() == ["guide.txt"]


def test_what_changed_on_its_way_or_is_too_much_is_not_taken(app, tobi):
    key = begin(tobi).json["key"]
    assert send(tobi, key, 0, TEXT[:700], sha256="0" * 64).status_code == 422
    assert send(tobi, key, 0, TEXT + b"more").status_code == 422
    assert send(tobi, key, 0, b"").status_code == 422
    assert send(tobi, key, "x", TEXT).status_code == 409
    assert send(tobi, key, 0, b"\0" * (PIECE + 1)).status_code == 413
    assert tobi.get(f"{UPLOADS}/{key}").json["received"] == 0


def test_after_a_power_cut_it_goes_on_from_what_really_lies_there(app, tobi):
    key = begin(tobi).json["key"]
    send(tobi, key, 0, TEXT[:900])
    with app.app_context(), path_of_arriving(key).open("r+b") as file:
        file.truncate(512)
    assert tobi.get(f"{UPLOADS}/{key}").json["received"] == 512
    assert send(tobi, key, 900, TEXT[900:]).json["received"] == 512
    assert send(tobi, key, 512, TEXT[512:]).json["received"] == len(TEXT)


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("run.exe", 100, "Programs are not taken"),
        ("drawing.svg", 100, "SVG"),
        ("guide.txt", 0, "empty"),
        ("guide.txt", 6_000_000, "larger than 5 MB"),
        ("film.mp4", 5 << 30, "larger than 300 MB"),
    ],
)
def test_what_will_not_be_taken_is_said_before_a_byte_is_sent(tobi, name, size, said):
    answer = begin(tobi, name, size)
    assert answer.status_code == 422 and said in answer.json["sentence"]


def test_a_file_that_lies_about_its_kind_is_refused_at_the_end_and_gone(in_app, tobi):
    content = b"<html><script>alert(1)</script></html>"
    key = begin(tobi, "sheet.pdf", len(content)).json["key"]
    send(tobi, key, 0, content)
    answer = tobi.post(f"{UPLOADS}/{key}/end")
    assert answer.status_code == 422 and "not what its name says" in answer.json["sentence"]
    with in_app():
        assert db.session.execute(select(func.count(PartialUpload.id))).scalar_one() == 0
        assert not path_of_arriving(key).exists()


def test_an_upload_is_its_owners_alone(as_, tobi):
    key = begin(tobi).json["key"]
    for other in ("ines", "dafydd"):
        assert as_(other).get(f"{UPLOADS}/{key}").status_code == 404
        assert send(as_(other), key, 0, TEXT).status_code == 404
    assert tobi.get(f"{UPLOADS}/../../x").status_code == 404


def test_left_out_it_is_gone_and_two_days_later_anyway(in_app, tobi):
    key = begin(tobi).json["key"]
    send(tobi, key, 0, TEXT[:10])
    assert tobi.post(f"{UPLOADS}/{key}/removal").json == {"is_gone": True}
    assert tobi.get(f"{UPLOADS}/{key}").status_code == 404
    key = begin(tobi).json["key"]
    send(tobi, key, 0, TEXT[:10])
    with in_app():
        clock.freeze(cast.NOW + timedelta(days=1))
        assert forget_old_uploads() == 0
        clock.freeze(cast.NOW + timedelta(days=3))
        assert (forget_old_uploads(), lies_there(key)) == (1, 0)


def test_pieces_without_a_row_are_swept_after_a_day(in_app):
    with in_app():
        lost = path_of_arriving("lost")
        lost.parent.mkdir(exist_ok=True)
        lost.write_bytes(b"half")
        sweep_pieces()
        assert lost.exists()
        sweep_pieces(older_than=-5)
        assert not lost.exists()


def test_a_loose_file_goes_with_the_way_it_came(in_app, tobi):
    bring(tobi)
    with in_app():
        clock.freeze(cast.NOW + timedelta(days=3))
        assert forget_loose_files() == 1
        assert db.session.execute(select(func.count(PartialUpload.id))).scalar_one() == 0


def space(app, monkeypatch, **bounds):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **bounds))


def test_a_full_person_is_told_in_a_sentence_with_and_without_pieces(app, tobi, monkeypatch):
    space(app, monkeypatch, person_space=1)
    begin(tobi, "table.csv", 900_000)
    refused = begin(tobi, "table.csv", 200_000)
    assert refused.status_code == 422 and "You have 1 MB for files here" in refused.json["sentence"]
    big = ("table.csv", b"a,b\n" * 60_000)
    answer = tobi.post(f"{PAGE}", data={"files": [(BytesIO(big[1]), big[0])]}, content_type="multipart/form-data")
    assert "table.csv: You have 1 MB for files here" in answer.text


def test_a_full_network_is_full_for_everybody(app, as_, tobi, monkeypatch):
    space(app, monkeypatch, network_space=1)
    begin(tobi, "table.csv", 900_000)
    assert "This network has 1 MB" in begin(as_("dafydd"), "table.csv", 200_000).json["sentence"]


def at_once(app, work, number=20):
    """Threads that all begin together; returns what each came to."""
    start, outcomes = threading.Barrier(number), []

    def one(place):
        with app.test_request_context(), writing():
            start.wait()
            try:
                work(place)
                outcomes.append("kept")
            except DomainError:
                outcomes.append("refused")
            db.session.remove()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_twenty_uploads_at_once_never_pass_the_bound(app, in_app, monkeypatch):
    space(app, monkeypatch, person_space=1, network_space=1)
    with in_app():
        tobi, network = cast.person_id("tobi"), cast.network_id()
    content = b"a,b\n" * 30_000

    def whole(place):
        keep(FileStorage(BytesIO(content + str(place).encode()), "table.csv"), tobi, network_id=network)

    outcomes = at_once(app, whole)
    assert (outcomes.count("kept"), len(outcomes)) == (8, 20)
    with in_app():
        assert db.session.execute(select(func.sum(StoredFile.size))).scalar_one() <= 1_000_000


def test_twenty_promises_at_once_never_pass_the_bound(app, in_app, monkeypatch):
    space(app, monkeypatch, person_space=1, network_space=1)
    with in_app():
        tobi, network = cast.person_id("tobi"), cast.network_id()
    outcomes = at_once(app, lambda place: begin_upload(tobi, network, "table.csv", 120_000))
    assert (outcomes.count("kept"), len(outcomes)) == (8, 20)


def test_a_promise_is_not_counted_beside_the_file_it_became(app, in_app, monkeypatch):
    space(app, monkeypatch, person_space=1)
    content = b"a,b\n" * 150_000
    with in_app():
        tobi = cast.person_id("tobi")
        key = begin_upload(tobi, None, "table.csv", len(content)).key
        take_piece(tobi, key, 0, content)
        assert finish_upload(tobi, key).size == len(content)
        with pytest.raises(DomainError):
            begin_upload(tobi, None, "table.csv", len(content))


def test_an_eleventh_file_is_named_and_the_ten_are_kept(in_app, tobi):
    with in_app():
        form = typed(files=[text_file(f"sheet {number}.txt", f"Step {number}") for number in range(1, 13)])
    answer = tobi.post(PAGE, data=form, content_type="multipart/form-data")
    assert answer.status_code == 422 and "did not come along: sheet 11.txt, sheet 12.txt" in answer.text
    assert answer.text.count('name="files-kept"') == 10 and answer.text.count("did not come along") == 2


def test_limits_are_said_before_choosing(tobi):
    page = tobi.get(f"{PAGE}new").text
    assert "Up to 10 at once, 100 MB together" in page and "films 300 MB" in page


def test_replacing_with_a_file_from_pieces(in_app, tobi):
    with in_app():
        pack = make_pack()
        item = db.session.execute(select(PackItem.id)).scalar_one()
    said = bring(tobi).json
    assert tobi.post(f"{PAGE}{pack}/items/{item}/file", data={"files-kept": said["id"]}).status_code == 303
    with tobi.get(f"{PAGE}{pack}/files/{item}") as answer:
        assert answer.data == TEXT


def test_the_end_said_twice_at_the_same_moment_keeps_the_file_once(in_app, tobi, monkeypatch):
    key = begin(tobi).json["key"]
    send(tobi, key, 0, TEXT)
    with in_app():
        person = cast.person_id("tobi")
        first = finish_upload(person, key)
        known = arriving_of(person, key)
        # What the second one read before the first was done.
        seen = PartialUpload(key=key, received=len(TEXT), size=len(TEXT), name=known.name, file_id=None)
        answers = iter([seen, known])
        monkeypatch.setattr("portal.files.operations_partial.arriving_of", lambda *_whose: next(answers))
        monkeypatch.setattr("portal.files.operations_partial.lies_there", lambda _key: len(TEXT))
        assert finish_upload(person, key).id == first.id


def test_what_is_on_its_way_is_forgotten_with_whoever_sent_it(in_app, tobi):
    begin(tobi, "Tobi Larkhill, my class.pdf")
    with in_app():
        erase_person(cast.person_id("tobi"))
        assert db.session.execute(select(func.count()).select_from(PartialUpload)).scalar_one() == 0
