"""The box's own short address: anybody who holds it, without signing in; what is said lowers what is there."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from portal.db import db
from portal.kit.fields import Said
from portal.kit.letters import tell_of_problems
from portal.kit.models import Kit, KitPart, KitProblem
from portal.kit.operations_problems import tell_problems
from portal.mail.models import OutboxMail
from portal.mail.stopping import stop
from portal.web import clock
from tests import cast
from tests.kit.kits import PAGE, make_kit

TODAY = "/n/tarn-and-tide/today/"


class Box(NamedTuple):
    id: int
    code: str


@pytest.fixture
def kit(in_app) -> Box:
    with in_app():
        kit_id = make_kit(keeper_id=cast.person_id("dafydd"))
        return Box(kit_id, db.session.get_one(Kit, kit_id).code)


def parts(app) -> dict[str, KitPart]:
    with app.app_context():
        return {part.title: part for part in db.session.execute(select(KitPart)).scalars()}


def problems(app) -> list[KitProblem]:
    with app.app_context():
        return list(db.session.execute(select(KitProblem).order_by(KitProblem.id)).scalars())


def say(browser, kit, part: KitPart, kind: str, many: int, **more):
    data = {f"kind-{part.id}": kind, f"many-{part.id}": str(many)} | more
    return browser.post(f"/b/{kit.code}/problem", data=data)


def test_the_address_opens_in_any_spelling_and_shows_nobody(client, kit):
    spelled = (kit.code, kit.code.lower(), f"{kit.code[:4]}-{kit.code[4:]}")
    for code in spelled:
        page = client.get(f"/b/{code}")
        assert page.status_code == 200 and "Microcontrollers" in page.text and "Box 2 of 2" in page.text
        assert "Okonjo" not in page.text and "Quarrie" not in page.text
    typed = client.get("/b", query_string={"code": f" {kit.code[:4].lower()} {kit.code[4:]}"})
    assert typed.status_code == 303 and typed.location == f"/b/{kit.code}"


def test_a_code_that_says_nothing_is_answered_alike_whatever_it_was(as_, client, kit):
    as_("ines").post(f"{PAGE}{kit.id}/code", data={"sure": "y"})
    old, never = client.get(f"/b/{kit.code}"), client.get("/b/ZZZZ2222")
    assert old.status_code == never.status_code == 404 and len(old.data) == len(never.data)


def test_codes_are_not_guessed_for_long(app, client, kit, monkeypatch):
    monkeypatch.setattr("portal.kit.operations_guessing.WRONG_CODES", 2)
    for wrong in ("ZZZZ2222", "ZZZZ3333"):
        client.get(f"/b/{wrong}")
    assert client.get(f"/b/{kit.code}").status_code == 404
    clock.freeze(cast.NOW + timedelta(hours=2))
    assert client.get(f"/b/{kit.code}").status_code == 200


def test_what_is_said_at_the_box_stands_in_its_lists_and_on_today(app, as_, client, kit):
    cells = parts(app)["AA cells"]
    answer = say(client, kit, cells, "used_up", 10, text="The rest is flat.")
    assert answer.status_code == 303
    assert "Its keeper and the coordinators are told" in client.get(answer.location).text
    assert parts(app)["AA cells"].there == 14
    (problem,) = problems(app)
    assert (problem.kind, problem.quantity, problem.told_by, problem.text) == ("used_up", 10, None, "The rest is flat.")
    for who in ("ines", "dafydd"):
        assert "10 × AA cells: used up" in as_(who).get(f"{PAGE}refill").text, who
        assert "Microcontrollers" in as_(who).get(TODAY).text, who
    assert "used up" not in as_("tobi").get(f"{PAGE}{kit.id}").text.partition("What is in it")[0]
    assert as_("tobi").get(f"{PAGE}refill").status_code == 403


def test_what_can_not_be_is_refused_with_everything_kept(app, client, kit):
    cells = parts(app)["AA cells"]
    for many in ("25", "0", "²", "-1", "9" * 30, ""):
        refused = say(client, kit, cells, "missing", many, text="Look")
        assert refused.status_code == 422 and "a number from 1 to 24" in refused.text and "Look" in refused.text, many
    assert client.post(f"/b/{kit.code}/problem", data={}).status_code == 422
    assert not problems(app)


def test_too_many_reports_from_one_place_are_asked_to_wait(app, client, kit, monkeypatch):
    monkeypatch.setattr("portal.kit.operations_problems.REPORTS", 1)
    cells = parts(app)["AA cells"]
    assert say(client, kit, cells, "missing", 1).status_code == 303
    assert "That was a lot in one hour" in say(client, kit, cells, "missing", 1).text
    assert len(problems(app)) == 1


@pytest.mark.parametrize(
    ("outcome", "quantity", "there"),
    [("refilled", 12, 12), ("mended", 12, 12), ("found", 12, 12), ("nothing", 12, 12), ("gone", 10, 10)],
)
def test_settling_puts_right_what_is_there_and_undoing_takes_it_back(app, as_, client, kit, outcome, quantity, there):
    say(client, kit, parts(app)["USB leads"], "broken", 2)
    assert parts(app)["USB leads"].there == 10
    page, ines = f"{PAGE}{kit.id}/problems/1", as_("ines")
    assert ines.post(page, data={"outcome": ""}).status_code == 422
    ines.post(page, data={"outcome": outcome, "cost": "7.00"})
    leads, (problem,) = parts(app)["USB leads"], problems(app)
    assert (leads.quantity, leads.there, problem.outcome, problem.cost) == (quantity, there, outcome, 700)
    ines.post(f"{page}/undo")
    leads, (problem,) = parts(app)["USB leads"], problems(app)
    assert (leads.quantity, leads.there, problem.settled_at, problem.cost) == (12, 10, None, None)


def test_the_refill_list_is_ticked_off_and_ticked_back(app, as_, client, kit):
    leads = parts(app)["USB leads"]
    say(client, kit, leads, "missing", 2)
    say(client, kit, parts(app)["AA cells"], "used_up", 24)
    keeper, path = as_("dafydd"), f"{PAGE}{kit.id}/contents/{leads.id}/refill"
    page = keeper.get(f"{PAGE}refill").text
    assert "2 parts are short." in page and 'max="24" value="24"' in page and 'max="2" value="2"' in page
    assert "Only 2 are short." in keeper.post(path, data={"quantity": "3"}, follow_redirects=True).text
    keeper.post(path, data={"quantity": "2"})
    assert parts(app)["USB leads"].there == 12 and problems(app)[0].outcome == "refilled"
    keeper.post(f"{path}/undo?quantity=2&settled=1")
    assert parts(app)["USB leads"].there == 10 and problems(app)[0].settled_at is None


def test_the_shopping_list_adds_up_parts_of_one_name_and_leaves_out_what_wants_mending(app, as_, client, in_app, kit):
    with in_app():
        other = db.session.get_one(Kit, make_kit(title="Circuits", asset_code="Box 4"))
        second = db.session.execute(select(KitPart).where(KitPart.kit_id == other.id)).scalars().all()
        tell_problems(None, other.id, [Said("used_up", second[0].id, 6), Said("broken", second[1].id, 1)], "there")
        first = db.session.execute(select(KitPart).where(KitPart.kit_id == kit.id)).scalars().first()
        tell_problems(None, kit.id, [Said("used_up", first.id, 10)], "here")
    ines = as_("ines")
    page = ines.get(f"{PAGE}refill/shopping").text
    assert "£6.40" in page and "USB leads" not in page
    sheet = ines.get(f"{PAGE}refill/shopping?format=csv").text.splitlines()
    assert sheet[1].startswith("AA cells,16,2,6.40,GBP")
    assert len(ines.get(f"{PAGE}refill?format=csv").text.splitlines()) == 4


def test_one_mail_tells_keeper_and_coordinators_of_all_that_came_in(app, as_, client, in_app, kit):
    say(client, kit, parts(app)["AA cells"], "used_up", 4)
    say(client, kit, parts(app)["USB leads"], "missing", 1)
    with in_app():
        assert tell_of_problems() == 0
        stop(cast.person_id("mairead"), "kit-problem", cast.network_id())
    clock.freeze(cast.NOW + timedelta(minutes=11))
    with in_app():
        assert tell_of_problems() == 2 and tell_of_problems() == 0
        mails = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "kit-problem")).scalars().all()
        assert sorted(mail.person_id for mail in mails) == sorted(map(cast.person_id, ("ines", "dafydd")))
        assert all("4 × AA cells: used up" in mail.text and "1 × USB leads: missing" in mail.text for mail in mails)
        assert mails[0].subject == "2 things are wrong with “Microcontrollers”"


def test_who_minds_the_box_and_says_so_herself_writes_nobody(app, as_, in_app, kit):
    leads = parts(app)["USB leads"]
    as_("ines").post(f"{PAGE}{kit.id}/problems", data={f"kind-{leads.id}": "missing", f"many-{leads.id}": "1"})
    clock.freeze(cast.NOW + timedelta(minutes=11))
    with in_app():
        assert tell_of_problems() == 0
    assert problems(app)[0].told_by is not None and problems(app)[0].mailed_at is not None


def test_codes_are_guessed_no_quicker_by_sending_forms(client, kit, monkeypatch):
    monkeypatch.setattr("portal.kit.operations_guessing.WRONG_CODES", 6)
    for number in range(3):
        assert client.get(f"/b/{kit.code}").status_code == 200
        assert client.post(f"/b/WRNG-CD{number}2/problem", data={"text": "Hello"}).status_code == 404
        assert client.post(f"/b/WRNG-CD{number}2/return", data={"back": "yes"}).status_code == 404
    assert client.get(f"/b/{kit.code}").status_code == 404
