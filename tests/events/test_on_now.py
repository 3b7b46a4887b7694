"""A session that is on now stands on a member's Today, with the way to sign in."""

from datetime import timedelta

from portal.web import clock
from tests.events import planned

TODAY = "/n/tarn-and-tide/today/"


def test_it_is_the_next_one_until_it_is_over(as_, in_app):
    with in_app():
        planned.booked(planned.event(), "tobi")
    assert "My next session" in as_("tobi").get(TODAY).text
    clock.freeze(planned.NEXT_THURSDAY + timedelta(minutes=20))
    on_now = as_("tobi").get(TODAY).text
    assert "On now" in on_now and 'href="/in"' in on_now and "I can’t come" not in on_now
    clock.freeze(planned.NEXT_THURSDAY + timedelta(minutes=91))
    assert "Build a hand" not in as_("tobi").get(TODAY).text
