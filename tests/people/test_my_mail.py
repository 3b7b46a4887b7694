"""My mails: a rhythm, kinds that were stopped come again, links of earlier mails end."""

import re

from portal.mail.stopping import stop
from portal.web.links import act_link
from tests import cast


def test_the_rhythm_is_chosen_and_stays(as_):
    tobi = as_("tobi")
    assert tobi.post("/me/mail", data={"rhythm": "monthly"}).status_code == 303
    [chosen] = re.findall(r'<input checked[^>]* value="([a-z]+)"', tobi.get("/me/mail").text)
    assert chosen == "monthly"


def test_a_rhythm_that_there_is_not_is_refused_in_words(as_):
    answer = as_("tobi").post("/me/mail", data={"rhythm": "hourly"})
    assert answer.status_code == 422


def test_what_was_stopped_is_listed_and_comes_again(as_, in_app):
    with in_app():
        network_id = cast.network_id()
        stop(cast.person_id("tobi"), "event-reminder", network_id)
    tobi = as_("tobi")
    assert "Reminders of dates that you booked" in tobi.get("/me/mail").text
    tobi.post("/me/mail/again", data={"kind": "event-reminder", "network_id": network_id})
    assert "Nothing. Every mail" in tobi.get("/me/mail").text


def test_links_of_earlier_mails_end(as_, client, in_app):
    with in_app():
        path = act_link("rhythm", cast.person_id("tobi")).removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    as_("tobi").post("/me/mail/links/end")
    assert client.get(path).status_code == 410
