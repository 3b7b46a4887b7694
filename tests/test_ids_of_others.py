"""Numbers of things that are not one's own, sent in fields where nobody looks: nothing comes of them."""

import io

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from portal.conversations.models import PostFile
from portal.db import db
from portal.events.drafts import EventDraft, SessionDraft
from portal.events.models import Booking
from portal.events.operations import plan_event
from portal.files.operations import keep
from portal.mentoring.models import Pairing
from tests import cast
from tests.events import planned
from tests.resources.packs import make_pack

HERE = "/n/tarn-and-tide"


def count(app, kind):
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(kind)).scalar_one()


@pytest.fixture
def theirs(in_app):
    """A session of the other network."""
    with in_app():
        draft = EventDraft("Theirs", sessions=[SessionDraft(planned.NEXT_THURSDAY, 60, "online", "", "", 3)])
        return plan_event(cast.network_id("fell-and-furrow"), draft, cast.person_id("bryony"), True).sessions[0].id


def test_a_session_of_another_network_is_not_booked_through_one_of_ours(app, in_app, as_, theirs):
    with in_app():
        ours = planned.event(sessions=2).id
    answer = as_("tobi").post(f"{HERE}/events/{ours}/booking", data={"sessions": [str(theirs)]})
    assert answer.status_code == 422 and count(app, Booking) == 0


def test_a_session_of_another_event_is_not_changed_through_ours(app, in_app, as_, theirs):
    with in_app():
        ours = planned.event().id
    path = f"{HERE}/events/{ours}/sessions/{theirs}/attendance"
    assert as_("ines").get(path).status_code == 404
    assert as_("ines").post(path).status_code == 404


def test_a_file_that_somebody_else_brought_is_not_attached(app, in_app, as_):
    with in_app():
        his = keep(FileStorage(io.BytesIO(b"4 metres"), "notes.txt"), cast.person_id("dafydd")).id
    data = {"title": "Egg drop?", "body": "See the notes.", "files-kept": str(his)}
    assert as_("tobi").post(f"{HERE}/conversations/new", data=data).status_code == 303
    assert count(app, PostFile) == 0


def test_only_members_are_paired(app, in_app, as_):
    with in_app():
        kofi, tobi = cast.person_id("kofi"), cast.person_id("tobi")
    data = {"mentor_id": str(kofi), "mentee_id": str(tobi), "started_on": "2026-11-01"}
    assert as_("ines").post(f"{HERE}/mentoring/pairs/new", data=data).status_code == 422
    assert count(app, Pairing) == 0


def test_a_pack_of_another_network_takes_no_place_of_ours(in_app, as_):
    with in_app():
        ours, other = make_pack(), make_pack("kofi", network="fell-and-furrow")
    answer = as_("tobi").post(f"{HERE}/resources/{ours}/retirement", data={"successor": str(other)})
    assert answer.status_code == 422


def test_people_are_not_brought_into_a_network_that_one_does_not_run(as_):
    data = {"pasted": "Name\nSomebody New", "choice": "fell-and-furrow"}
    assert as_("ines").post("/people/import", data=data).status_code == 422


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/\t/e"]
)
def test_signing_in_leads_nowhere_outside(app, client, as_, target):
    answer = as_("tobi").get("/sign-in", query_string={"next": target})
    assert answer.status_code == 303 and answer.location == "/"
