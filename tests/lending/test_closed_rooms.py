"""A room that was closed lends nothing any more: not to its own members, not to the region, not at the box, not by mail."""

import pytest
from sqlalchemy import update

from portal.db import db, writing
from portal.kit.fields import Said
from portal.kit.letters import tell_of_problems
from portal.kit.models import Kit, KitProblem
from portal.kit.operations_problems import tell_problems
from portal.networks.models import Network
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import START, noon_of, out

CLOSED = ({"rooms": ["events", "resources"]}, {"closed_at": cast.NOW})


def close(values) -> None:
    with writing():
        db.session.execute(update(Network).where(Network.slug == "tarn-and-tide").values(**values))
        db.session.commit()


@pytest.mark.parametrize("closed", CLOSED, ids=("the room", "the network"))
def test_nobody_in_the_region_finds_or_borrows_its_boxes(in_app, as_, closed):
    with in_app():
        kit = make_kit(lends_to="region")
    pages = ("kit/", "kit/calendar/", "resources/?also=kit")
    kofi = as_("kofi")
    assert "Box 9" in kofi.get("/n/fell-and-furrow/kit/calendar/").text
    assert "Box 9" in kofi.get("/search?q=Microcontrollers").text
    with in_app():
        close(closed)
    for path in pages:
        assert "Box 9" not in kofi.get(f"/n/fell-and-furrow/{path}").text, path
    assert "Box 9" not in kofi.get("/search?q=Microcontrollers").text
    assert kofi.get(f"/n/fell-and-furrow/kit/{kit}").status_code == 404
    assert kofi.get(f"/n/fell-and-furrow/kit/loans/new/{kit}").status_code == 404


@pytest.mark.parametrize("closed", CLOSED, ids=("the room", "the network"))
def test_the_box_its_links_and_its_mails_fall_silent(in_app, client, closed):
    with in_app():
        kit = make_kit()
        loan = out(kit)
        code = db.session.get_one(Kit, kit).code
        link = act_link("kitback", cast.person_id("tobi"), loan, days=60)
        tell_problems(None, kit, [Said("other", None, 1, "The lid is off.")], "1.2.3.4")
        noon_of(START.replace(day=25))
        close(closed)
        assert tell_of_problems() == 0
    for path in ("", "/problem", "/return", "/photo"):
        assert client.get(f"/b/{code}{path}").status_code == 404
    assert client.get(link).status_code == 410


def test_what_was_said_meanwhile_is_told_when_the_room_opens_again(in_app):
    with in_app():
        kit = make_kit()
        tell_problems(None, kit, [Said("other", None, 1, "The lid is off.")], "1.2.3.4")
        rooms = list(db.session.get_one(Network, cast.network_id()).rooms)
        close({"rooms": ["events"]})
        clock.freeze(cast.NOW.replace(hour=18))
        assert tell_of_problems() == 0
        close({"rooms": rooms})
        assert tell_of_problems() == 2
        assert db.session.query(KitProblem).one().mailed_at
