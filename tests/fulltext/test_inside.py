"""What stands inside the files of a pack is found, for the files that are in it now and for as long as they are."""

import pytest
from sqlalchemy import select

from portal import fulltext
from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.resources.models import Pack, PackItem
from portal.web import clock
from tests import cast
from tests.resources.packs import make_pack

WORDS = "Cross a square when you see the heuristic at work: bingo!"
BYTES = "a" * 64


def ids(question):
    return set(db.session.execute(select(question.subquery().c.id)).scalars())


def found(words="bingo"):
    return ids(fulltext.matching("pack_inside", words))


def put_file(pack_id, sha256=BYTES):
    file = StoredFile(sha256=sha256, name="board.pdf", kind="pdf", media_type="x", size=1, uploaded_at=clock.now())
    db.session.add(file)
    db.session.flush()
    item = PackItem(pack_id=pack_id, title="Board", file_id=file.id, from_version=1)
    db.session.add(item)
    db.session.flush()
    return item


def read(sha256=BYTES, text=WORDS):
    reading = FileReading(sha256=sha256, kind="pdf", state="read", text=text, asked_at=clock.now())
    db.session.add(reading)
    db.session.flush()
    return reading


@pytest.fixture
def packs(in_app):
    """Two packs that hold the same file, and their ids."""
    with in_app():
        one, two = make_pack(), make_pack(title="Heuristics lesson")
        put_file(one)
        put_file(two)
        db.session.commit()
        yield one, two


def test_every_pack_that_holds_the_file_is_found_once_it_is_read(packs):
    assert not found()
    read()
    assert found() == set(packs) and found("bingo heuristic") == set(packs)
    assert found("paper bingo") == {packs[0]} and not ids(fulltext.matching("pack", "bingo"))
    assert ids(fulltext.matching("pack_inside", "bingo", [fulltext.network(cast.network_id())])) == set(packs)
    assert not ids(fulltext.matching("pack_inside", "bingo", [fulltext.network(cast.network_id("fell-and-furrow"))]))
    db.session.commit()
    assert fulltext.faults() == []


def test_a_file_that_was_read_before_is_found_in_the_next_pack_at_once(packs):
    read()
    third = make_pack()
    put_file(third)
    assert found() == {*packs, third}


def test_words_follow_what_is_read_anew_and_what_is_taken_out(packs):
    one, two = packs
    reading = read()
    reading.text = "A parity trick."
    db.session.flush()
    assert not found() and found("parity") == {one, two}
    item = db.session.execute(
        select(PackItem).where(PackItem.pack_id == one, PackItem.file_id.is_not(None))
    ).scalar_one()
    item.until_version = 1
    db.session.flush()
    assert found("parity") == {two}
    item.until_version = None
    db.session.get_one(Pack, two).deleted_at = clock.now()
    db.session.flush()
    assert found("parity") == {one}
    db.session.delete(reading)
    db.session.flush()
    assert not found("parity")
    db.session.commit()
    assert fulltext.faults() == []


def test_a_draft_is_found_by_its_owner_alone(in_app):
    with in_app():
        draft = make_pack(shared=False)
        put_file(draft)
        read()
        assert not ids(fulltext.matching("pack_inside", "bingo", [fulltext.network(cast.network_id())]))
        assert ids(fulltext.matching("pack_inside", "bingo", [fulltext.owner(cast.person_id("tobi"))])) == {draft}
