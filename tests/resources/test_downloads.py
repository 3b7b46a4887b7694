"""How often a pack was taken: exact, whatever a browser sends, and across the workers of a server."""

import pytest

from portal.db import db
from portal.resources.models import Pack, PackTaken
from portal.toolkits.models import Toolkit
from portal.web import clock
from portal.web.gathered import write_now
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file
from tests.toolkits.test_toolkits import PAGE as KITS
from tests.toolkits.test_toolkits import make_kit


@pytest.fixture
def pack(in_app, as_) -> int:
    with in_app():
        # What other tests took is written before there is anything to count here.
        write_now()
        made = make_pack(public=True)
    as_("tobi").post(f"{PAGE}{made}/items", data={"files": [text_file()]}, content_type="multipart/form-data")
    return made


def counted(app, pack) -> int:
    with app.app_context():
        write_now()
        db.session.expire_all()
        return db.session.get(Pack, pack).downloads


def take(browser, where, method="GET", **headers):
    with browser.open(
        where, method=method, headers={name.replace("_", "-"): text for name, text in headers.items()}
    ) as answer:
        assert answer.status_code in (200, 206)


def test_a_double_click_is_one_and_the_next_minute_is_another(app, as_, pack):
    dafydd = as_("dafydd")
    for _click in range(3):
        take(dafydd, f"{PAGE}{pack}/archive")
    assert counted(app, pack) == 1
    # What was counted lately is known to every worker, also after the gathering.
    take(dafydd, f"{PAGE}{pack}/archive")
    assert counted(app, pack) == 1
    clock.freeze(cast.NOW.replace(minute=7))
    take(dafydd, f"{PAGE}{pack}/archive")
    assert counted(app, pack) == 2


def test_two_people_are_two_and_strangers_are_told_apart_by_their_line(app, as_, client, pack):
    for who in ("dafydd", "tobi"):
        take(as_(who), f"{PAGE}{pack}/archive")
    for line in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        with client.get(f"/p/tarn-and-tide/packs/{pack}/archive", environ_base={"REMOTE_ADDR": line}) as answer:
            assert answer.status_code == 200
    assert counted(app, pack) == 4


def test_looking_fetching_ahead_and_going_on_take_nothing(app, as_, pack):
    dafydd, where = as_("dafydd"), f"{PAGE}{pack}/archive"
    take(dafydd, where, "HEAD")
    take(dafydd, where, Sec_Purpose="prefetch;prerender")
    take(dafydd, where, Range="bytes=5-")
    assert counted(app, pack) == 0
    with app.app_context():
        assert db.session.get(PackTaken, (pack, cast.person_id("dafydd"))) is None
    take(dafydd, where, Range="bytes=0-3")
    take(dafydd, where, Range="bytes=4-")
    assert counted(app, pack) == 1


def test_a_file_and_the_zip_are_two_things(app, as_, pack):
    dafydd = as_("dafydd")
    take(dafydd, f"{PAGE}{pack}/files/2")
    take(dafydd, f"{PAGE}{pack}/archive")
    assert counted(app, pack) == 2


def test_a_toolkit_counts_itself_and_each_pack_in_it_once(app, in_app, as_, pack):
    with in_app():
        toolkit = make_kit([pack, make_pack(title="Another")])
    dafydd = as_("dafydd")
    take(dafydd, f"{KITS}{toolkit}/archive")
    take(dafydd, f"{KITS}{toolkit}/archive")
    assert counted(app, pack) == 1
    with app.app_context():
        assert db.session.get(Toolkit, toolkit).downloads == 1
        # She is not asked about every pack of a toolkit four weeks later.
        assert db.session.get(PackTaken, (pack, cast.person_id("dafydd"))) is None
