"""What happened with an organisation leads to its page: an event, two schools, a visit; where there is no page it is a line."""

import pytest

from portal.activities.models import Activity, Participation
from portal.db import db
from portal.events.models import Event, Session
from portal.mentor_schools.models import OrganisationPair
from portal.networks.models import Network
from tests import cast
from tests.access.mentor_schools import met, running
from tests.access.support import school_id
from tests.events import planned

NETWORK = "/n/tarn-and-tide"


@pytest.fixture
def happened(in_app):
    """Tobi, of Low Garrick, was at a session; Low Garrick met the school that helps it. The ids of event, pair and school."""
    with in_app():
        event = planned.event()
        session, school = event.sessions[0], school_id()
        session.held_at = cast.NOW
        db.session.add(
            Participation(
                activity_id=session.id,
                person_id=cast.person_id("tobi"),
                organisation_id=school,
                minutes=60,
                recorded_at=cast.NOW,
            )
        )
        pair = running()
        met(pair)
        db.session.commit()
        return event.id, pair.id, school


def test_sessions_and_meetings_of_mentor_schools_are_links(as_, happened, queries):
    event, pair, school = happened
    leon = as_("leon")
    leon.get(f"/organisations/{school}")
    with queries() as seen:
        page = leon.get(f"/organisations/{school}").text
    assert f'href="{NETWORK}/events/{event}"' in page and f'href="{NETWORK}/mentoring/schools/{pair}"' in page
    assert len(seen) <= 12
    for path in (f"{NETWORK}/events/{event}", f"{NETWORK}/mentoring/schools/{pair}"):
        assert leon.get(path).status_code == 200


@pytest.mark.parametrize("gone", ["the event", "the room of events", "the pair", "the room of mentoring"])
def test_what_has_no_page_stays_a_line(as_, in_app, happened, gone):
    event, pair, school = happened
    with in_app():
        network = db.session.get_one(Network, cast.network_id())
        if gone == "the event":
            db.session.get_one(Event, event).deleted_at = cast.NOW
        elif gone == "the pair":
            db.session.get_one(OrganisationPair, pair).deleted_at = cast.NOW
        else:
            network.rooms = [one for one in network.rooms if one != gone.removeprefix("the room of ")]
        db.session.commit()
    page = as_("leon").get(f"/organisations/{school}").text
    is_event = "event" in gone
    assert (f"{NETWORK}/events/{event}" in page) is not is_event
    assert (f"{NETWORK}/mentoring/schools/{pair}" in page) is is_event
    with in_app():
        title = db.session.get_one(Session, db.session.query(Session.id).scalar()).title
        assert db.session.get_one(Activity, 1) is not None and (title in page)
