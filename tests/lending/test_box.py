"""The return at the box, without signing in: three answers, nothing about who has it, and no way to do harm with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Use
from portal.db import db
from portal.kit.models import Kit, KitPart, KitProblem
from portal.lending.models import Loan
from portal.lending.operations_box import RETURNS
from portal.lending.operations_steps import take_back
from portal.mail.models import OutboxMail
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import END, START, back, booked, noon_of, out, there

PRIVATE = ("Tobi", "Larkhill", "Low Garrick", "Ines")
TOLD = {"back": "yes", "classes": "2", "students": "54", "again": "yes"}


@pytest.fixture
def box(in_app):
    """Tobi has it; its short address, and the id of its USB leads."""
    with in_app():
        kit = make_kit()
        out(kit)
        leads = next(part.id for part in db.session.execute(select(KitPart)).scalars() if part.title == "USB leads")
        return kit, f"/b/{db.session.get_one(Kit, kit).code}/return", leads


def only(app, model):
    with app.app_context():
        return db.session.execute(select(model)).scalar_one()


def test_back_with_a_missing_part_and_how_it_went_in_one_go(app, in_app, client, box):
    kit, url, leads = box
    page = client.get(url).text
    assert "Is the box back?" in page and "I bring it back" in client.get(url.removesuffix("/return")).text
    answer = client.post(url, data=TOLD | {f"kind_{leads}": "missing", f"many_{leads}": "2"})
    assert answer.status_code == 303
    thanks = client.get(answer.location).text
    assert "It is noted" in thanks
    for private in PRIVATE:
        assert private not in page and private not in thanks
    loan, use, problem = only(app, Loan), only(app, Use), only(app, KitProblem)
    assert (loan.state, loan.returned_by) == ("returned", None) and loan.use_id == use.id
    with in_app():
        assert use.person_id == cast.person_id("tobi")
        assert there(kit)["USB leads"] == 10
    assert (use.classes, use.students, use.students_how, use.again) == (2, 54, "box", "yes")
    assert (problem.kind, problem.quantity, problem.loan_id, problem.told_by) == ("missing", 2, loan.id, None)


def test_the_keeper_finds_filled_in_what_was_said_at_the_box(as_, client, box):
    _kit, url, leads = box
    client.post(url, data=TOLD | {f"kind_{leads}": "missing", f"many_{leads}": "2"})
    page = as_("ines").get("/n/tarn-and-tide/kit/loans/1/check").text
    assert "What was said at the box is filled in" in page
    assert 'value="2"' in page.split(f'name="missing_{leads}"')[1].partition(">")[0]


def test_a_box_that_is_not_out_says_so(app, in_app, client):
    with in_app():
        kit = make_kit()
        booked(kit)
        url = f"/b/{db.session.get_one(Kit, kit).code}/return"
    assert "this box is not out" in client.get(url).text
    answer = client.post(url, data=TOLD)
    assert answer.status_code == 422 and "is not out, so it can’t come back" in answer.text
    assert only(app, Loan).state == "approved"


def test_it_is_kept_longer_only_with_a_day_and_moves_nothing(app, client, box):
    _kit, url, _leads = box
    assert "Say until when." in client.post(url, data={"back": "no"}).text
    assert client.post(url, data={"back": "no", "until": "2026-12-08"}).status_code == 303
    loan = only(app, Loan)
    assert (loan.state, loan.ends_on, loan.use_told_at) == ("out", END, None)


def test_what_a_colleague_told_is_not_told_over_at_the_box(app, as_, client, box):
    _kit, url, _leads = box
    noon_of(START)
    as_("tobi").post("/n/tarn-and-tide/kit/loans/1/use", data={"classes": "3", "students": "80"})
    assert "How many classes" not in client.get(url).text
    client.post(url, data=TOLD | {"classes": "1"})
    assert only(app, Use).classes == 3 and only(app, Loan).state == "returned"


def test_back_already_asks_only_what_is_missing(in_app, client):
    with in_app():
        kit = make_kit()
        back(kit)
        url = f"/b/{db.session.get_one(Kit, kit).code}/return"
    page = client.get(url).text
    assert "noted as back already" in page and "Is the box back?" not in page and "How many classes" in page
    assert client.post(url, data=TOLD).status_code == 303


def test_an_old_page_does_not_return_the_next_loan(app, in_app, client, box):
    _kit, url, _leads = box
    answer = client.post(url, data=TOLD | {"loan": "7"})
    assert answer.status_code == 422 and "went to somebody else" in answer.text
    assert only(app, Loan).state == "out"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("classes", "", "How many classes?"), ("classes", "-1", "Between 0 and 200."), ("students", "100000", "10,000"),
     ("again", "perhaps", "Choose one from the list"), ("back", "", "Is it back?"), ("many", "99", "Between 1 and 12.")],
)  # fmt: skip
def test_nonsense_at_the_box_is_said_and_nothing_is_kept(app, client, box, field, value, words):
    _kit, url, leads = box
    wrong = {f"kind_{leads}": "missing", f"many_{leads}": value} if field == "many" else {field: value}
    answer = client.post(url, data=TOLD | wrong)
    assert answer.status_code == 422 and words in answer.text
    assert only(app, Loan).state == "out"


def test_nobody_returns_a_box_all_day_long(in_app, client, box, monkeypatch):
    monkeypatch.setattr("portal.lending.operations_longer.AGAIN", -timedelta(days=1))
    _kit, url, _leads = box
    for _time in range(RETURNS):
        assert client.post(url, data={"back": "no", "until": "2026-12-08"}).status_code == 303
    answer = client.post(url, data=TOLD)
    assert answer.status_code == 422 and "Come back a little later" in answer.text
    with in_app():
        take_back(cast.person_id("ines"), 1, START)


def test_a_code_that_is_none_opens_nothing(client):
    assert client.get("/b/XXXXXXXX/return").status_code == 404
    assert client.post("/b/XXXXXXXX/return", data=TOLD).status_code == 404


def test_whoever_asks_for_longer_at_the_box_sends_one_mail_a_day(in_app, client, box):
    _kit, url, _leads = box
    assert client.post(url, data={"back": "no", "until": "2026-12-08"}).status_code == 303
    answer = client.post(url, data={"back": "no", "until": "2026-12-09"})
    assert answer.status_code == 422 and "Somebody asked for that already." in answer.text
    with in_app():
        mails = select(OutboxMail).where(OutboxMail.subject.startswith("Longer"))
        assert len(db.session.execute(mails).all()) == 2
