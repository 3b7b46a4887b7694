"""Mentoring on one's own first page."""

from datetime import date, timedelta

from portal.db import db
from portal.mentoring.models import PairTalk
from portal.mentoring.operations_contacts import confirm_contact
from portal.today.mine import talks_to_confirm
from tests import cast
from tests.statements.world import log, pair


def test_what_was_written_down_this_week_is_asked_before_what_nobody_confirmed_long_ago(in_app):
    with in_app():
        two = pair("dafydd", "tobi")
        for week in range(7):
            log(two, date(2026, 9, 22) + timedelta(weeks=week), 20 + week)
        asked = talks_to_confirm(cast.network_id(), cast.person_id("tobi"))
    assert [minutes for _id, _at, minutes, _by in asked] == [26, 25, 24, 23, 22]


def test_a_coordinator_who_is_one_of_a_pair_is_asked_whether_a_talk_was_so(as_, in_app):
    """Alone what the other one wrote down, and to her alone."""
    with in_app():
        two = pair("dafydd", "mairead")
        told = log(two, date(2026, 11, 3), 40)
        log(two, date(2026, 11, 4), 35, by=cast.person_id("mairead"))
    page = as_("mairead").get("/n/tarn-and-tide/today/").text
    assert "You met on Tue 3 Nov for 40 min. Right?" in page and "35 min" not in page
    assert "Right?" not in as_("ines").get("/n/tarn-and-tide/today/").text
    with in_app():
        confirm_contact(db.session.get(PairTalk, told.id), cast.person_id("mairead"))
    assert "Right?" not in as_("mairead").get("/n/tarn-and-tide/today/").text
