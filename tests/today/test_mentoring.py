"""Mentoring on one's own first page."""

from datetime import date, timedelta

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
