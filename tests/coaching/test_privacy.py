"""A canary in every field of needs, goals and cycles. ``tests/mentoring/test_privacy.py`` opens every page as everybody."""

from pathlib import Path

import pytest
from sqlalchemy import select

from portal.coaching.queries_handing import what_can_go
from portal.db import db
from portal.history.merging import merge_records
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.mentoring.models import SealedText
from portal.mentoring.things import things_of
from portal.people.exporting import as_json
from portal.people.operations_leaving import erase_person
from tests import cast
from tests.coaching.canaries import HERS, HIS, OURS_ALL, plant
from tests.coaching.pairs import cycle, pair

__all__ = ["cycle", "pair"]


@pytest.fixture
def planted(in_app, cycle):
    with in_app():
        return plant(cycle)


def test_no_word_is_in_the_database_its_journal_the_history_or_a_mail(app, planted):
    every = [*OURS_ALL, *HIS, *HERS]
    database: Path = app.config["SETTINGS"].database
    for path in database.parent.glob(database.name + "*"):
        assert not [word for word in every if word.encode() in path.read_bytes()], path.name
    with app.app_context():
        lines = str([(line.action, line.details) for line in db.session.scalars(select(HistoryLine))])
        mails = str(db.session.execute(select(OutboxMail.text, OutboxMail.html, OutboxMail.subject)).all())
    assert "plumb" not in lines + mails and "cycle.step_saved" in lines


def test_her_own_export_holds_what_she_may_read_and_no_more(in_app, planted):
    with in_app():
        his, hers, others = (as_json(cast.person_id(who)).decode() for who in ("dafydd", "tobi", "ines"))
    assert all(word in his and word in hers for word in OURS_ALL)
    assert all(word in hers and word not in his for word in HERS)
    assert "plumbhisnote" in his and not any(word in hers for word in HIS)
    assert "plumb" not in others


def test_what_can_be_handed_on_is_in_her_own_name(in_app, planted):
    # What her mentor wrote in his; the needs list is offered by the hand-over itself.
    not_so = {"plumbline", "plumbabout", "plumbsaw", "plumbquestion", "plumbstandard", "plumbneed"}
    with in_app():
        found = what_can_go(cast.person_id("tobi"))
        texts = str([one.fields for one in found])
        assert all((word in texts) == (word not in not_so) for word in OURS_ALL)
        assert not any(word in texts for word in (*HIS, *HERS))
        assert {one.kind for one in found} == {"goal", "cycle_step"} and what_can_go(cast.person_id("dafydd")) == []


def test_all_things_of_a_pair_can_be_named(in_app, planted):
    with in_app():
        named = set(things_of([planted["pairing_id"]]))
        sealed = set(db.session.execute(select(SealedText.thing, SealedText.thing_id)).all())
    assert {tuple(one) for one in sealed if one.thing != "talk"} <= named


@pytest.mark.parametrize(("who", "stays"), [("dafydd", True), ("tobi", False)])
def test_who_deletes_herself_takes_her_texts_and_the_mentee_keeps_her_work(in_app, as_, planted, who, stays):
    with in_app():
        erase_person(cast.person_id(who))
    other = as_("tobi" if who == "dafydd" else "dafydd")
    page = other.get(f"/n/tarn-and-tide/mentoring/coaching/cycles/{planted['cycle_id']}").text
    assert ("plumbcheckgrowth" in page) == stays and ("plumbsaw" in page) != stays
    with in_app():
        authors = set(db.session.scalars(select(SealedText.author_id)))
    assert len(authors) == 1


def test_two_records_of_one_mentee_become_one_and_keep_the_words(app, in_app, as_, planted):
    with in_app():
        merge_records("person", cast.person_id("leon"), cast.person_id("tobi"), {}, None)
        db.session.commit()
    page = as_("leon").get(f"/n/tarn-and-tide/mentoring/coaching/cycles/{planted['cycle_id']}").text
    assert "plumbcheckgrowth" in page and "plumbhernote" in page
