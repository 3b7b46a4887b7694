"""My next digest as a page, and when the region's digests are written."""

from datetime import timedelta

import pytest

from portal.digest.queries_due import chosen_time
from portal.people.operations_mail import choose_rhythm
from portal.web import clock
from tests import cast
from tests.digest.reading import MONDAY, mails, monday
from tests.events.planned import event

PAGE, TIME = "/me/digest", "/admin/digest"


def test_the_page_shows_exactly_the_mail(as_, in_app):
    with in_app():
        event()
    page, html = as_("tobi").get(PAGE).text, as_("tobi").get(f"{PAGE}/mail")
    assert "1 date" in page and "Coming or not:" in page and "I’m coming" in page and "Mon 16 Nov" in page
    assert "I’m coming" in html.text and "sandbox" in html.headers["Content-Security-Policy"]
    with in_app():
        assert not mails()
        monday()
        assert mails("tobi")[0].subject == "1 date"


def test_nothing_new_is_said_plainly(as_):
    page = as_("tobi").get(PAGE)
    assert page.status_code == 200 and "Nothing is new to you just now" in page.text
    assert as_("tobi").get(f"{PAGE}/mail").location == PAGE


def test_who_chose_never_still_sees_what_it_would_say(as_, in_app):
    with in_app():
        event()
        choose_rhythm(cast.person_id("tobi"), "never")
    assert "You chose never" in (page := as_("tobi").get(PAGE).text) and "Build a hand" in page


def test_somebody_without_a_network_has_nothing_to_be_told(as_):
    assert as_("hana").get(PAGE).status_code == 200


def test_an_administrator_chooses_day_and_hour(as_, in_app):
    ravi = as_("ravi")
    assert "Monday" in ravi.get(TIME).text
    assert ravi.post(TIME, data={"weekday": "3", "hour": "16"}).status_code == 303
    with in_app():
        assert (chosen_time().weekday, chosen_time().hour) == (3, 16)
        event(starts_at=MONDAY + timedelta(days=20))
        assert monday() == 0
        clock.freeze(MONDAY.replace(hour=17) + timedelta(days=3))
        assert monday(hours=0) == 0


@pytest.mark.parametrize("typed", [{"weekday": "9", "hour": "6"}, {"weekday": "1", "hour": "3"}, {"weekday": "x"}])
def test_a_day_that_there_is_not_is_refused(as_, typed):
    assert as_("ravi").post(TIME, data=typed).status_code == 422


def test_members_do_not_choose_for_the_region(as_):
    assert as_("ines").get(TIME).status_code == as_("ines").post(TIME).status_code == 403


def test_the_pages_ask_few_questions(as_, in_app, queries):
    with in_app():
        event()
    ravi = as_("ravi")
    with queries() as seen:
        ravi.get(TIME)
    assert len(seen) <= 12


def test_the_preview_asks_as_much_as_one_digest_needs(as_, in_app, queries):
    """It is composed from five rooms, so it asks more than a list does; a bounded number all the same."""
    with in_app():
        for number in range(6):
            event(title=f"Event {number}")
    tobi = as_("tobi")
    with queries() as seen:
        tobi.get(PAGE)
    assert len(seen) <= 22
