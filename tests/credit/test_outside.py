"""Hours from elsewhere: hers alone, read as people type them, removed and brought back, with their proof."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.credit.models import OutsideHours
from portal.credit.operations_outside import forget_removed_outside
from portal.credit.typed import hours_typed
from portal.db import db
from portal.files.models import StoredFile
from portal.people.operations_leaving import erase_person
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast

NEW = "/me/elsewhere/new"
ENTRY = {"title": "A course", "provider": "University", "first_day": "2026-08-06", "hours": "1.5", "credit_type": ""}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def entries(in_app):
    with in_app():
        found = list(db.session.execute(select(OutsideHours).order_by(OutsideHours.id)).scalars())
        db.session.expunge_all()
        return found


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("1:30", 90), ("1.5", 90), ("1,5", 90), ("90 min", 90), ("1½", 90), ("1h30", 90), ("2 h", 120), ("24", 1440)],
)
def test_hours_are_read_as_people_type_them(app, typed, minutes):
    with app.test_request_context():
        assert hours_typed(typed, 1) == minutes


@pytest.mark.parametrize("typed", ["-1", "-90 min", "0", "30", "25:00", "soon", "", "9" * 40, "1.5.2", "²"])
def test_nonsense_is_refused_in_words(app, typed):
    with app.test_request_context(), pytest.raises(DomainError):
        hours_typed(typed, 1)


def test_thirty_hours_fit_into_three_days_but_not_into_one(as_, in_app):
    tobi = as_("tobi")
    refused = tobi.post(NEW, data=ENTRY | {"hours": "30"})
    assert refused.status_code == 422 and "30 hours don’t fit" in refused.text and "write 30 min" in refused.text
    assert "A course" in refused.text
    assert tobi.post(NEW, data=ENTRY | {"hours": "30", "last_day": "2026-08-08"}).status_code == 303
    assert [one.minutes for one in entries(in_app)] == [1800]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first_day": "2027-01-01"}, "lies ahead"),
        ({"last_day": "2026-08-01"}, "before it began"),
        ({"first_day": "2026-02-31"}, "2026-02-31"),
        ({"title": " "}, "Say what it was"),
        ({"credit_type": "999"}, ""),
    ],
)
def test_what_can_not_be_is_said_at_its_field(as_, in_app, wrong, words):
    answer = as_("tobi").post(NEW, data=ENTRY | wrong)
    assert answer.status_code == 422 and words in answer.text and not entries(in_app)


def test_it_is_added_changed_removed_and_brought_back(as_, in_app):
    tobi = as_("tobi")
    tobi.post(NEW, data=ENTRY)
    [one] = entries(in_app)
    assert "A course" in tobi.get("/me/transcript").text
    changed = ENTRY | {"title": "Another", "hours": "2", "row_version": str(one.row_version)}
    assert tobi.post(f"/me/elsewhere/{one.id}", data=changed).status_code == 303
    gone = tobi.post(f"/me/elsewhere/{one.id}/removal", follow_redirects=True)
    assert "is taken away" in gone.text and f"/me/elsewhere/{one.id}/return" in gone.text
    assert tobi.get(f"/me/elsewhere/{one.id}").status_code == 404
    tobi.post(f"/me/elsewhere/{one.id}/return")
    assert "Another" in tobi.get("/me/transcript").text


def test_the_second_of_two_windows_sees_what_the_first_saved(as_, in_app):
    tobi = as_("tobi")
    tobi.post(NEW, data=ENTRY)
    [one] = entries(in_app)
    sent = ENTRY | {"row_version": str(one.row_version)}
    tobi.post(f"/me/elsewhere/{one.id}", data=sent | {"title": "First"})
    second = tobi.post(f"/me/elsewhere/{one.id}", data=sent | {"title": "Second"})
    assert second.status_code == 409 and "First" in second.text and "Second" in second.text


def test_its_proof_is_kept_and_shown_to_her_alone(as_, in_app):
    tobi = as_("tobi")
    tobi.post(NEW, data=ENTRY | {"proof": (io.BytesIO(PDF), "scan.pdf")})
    [one] = entries(in_app)
    assert one.proof_id
    with tobi.get(f"/me/elsewhere/{one.id}/proof") as answer:
        assert answer.status_code == 200 and answer.data == PDF
    for other in ("ines", "ravi", "leon"):
        assert as_(other).get(f"/me/elsewhere/{one.id}/proof").status_code == 404
        assert as_(other).get(f"/me/elsewhere/{one.id}").status_code == 404


def test_what_was_removed_goes_for_good_after_a_week_with_its_proof(as_, in_app):
    tobi = as_("tobi")
    tobi.post(NEW, data=ENTRY | {"proof": (io.BytesIO(PDF), "scan.pdf")})
    [one] = entries(in_app)
    tobi.post(f"/me/elsewhere/{one.id}/removal")
    with in_app():
        assert forget_removed_outside() == 0
    clock.freeze(clock.now() + timedelta(days=8))
    with in_app():
        assert forget_removed_outside() == 1
        assert db.session.execute(select(StoredFile)).first() is None


def test_nothing_of_it_stays_when_she_is_forgotten(as_, in_app):
    as_("tobi").post(NEW, data=ENTRY | {"proof": (io.BytesIO(PDF), "scan.pdf")})
    with in_app():
        erase_person(cast.person_id("tobi"))
        assert db.session.execute(select(OutsideHours)).first() is None
        assert db.session.execute(select(StoredFile)).first() is None
