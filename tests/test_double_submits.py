"""A double click, a retry after a cut line, a second tab: every form acts once."""

import threading
from collections import Counter

import pytest

from tests.sweeping import PageForm, Region, answer_of

TYPED = {
    "email": "newcomer@somewhere.example",
    "date": "2026-11-10",
    "time": "10:00",
    "number": "2",
    "url": "https://somewhere.example/",
}
# Fields that want something of a certain shape.
WANTED = {
    "people": "New Face <new.face.two@somewhere.example>",
    "address": "newcomer@somewhere.example",
    "slug": "a-new-address",
    "answer": "accept",
    "break_on": "2027-10-25",
    "starts": "18:00",
    "ends": "19:00",
    "day": "2026-12-01",
    "focus": "",
    "capacity": "participant",
    "latitude": "54.1",
    "longitude": "-2.7",
    "parent": "",
    "locale": "",
    "time_zone": "",
    "starts_on": "2027-09-01",
    "ends_on": "2027-12-01",
    "sure": "y",
    "when": "today",
    "length": "30",
    "minutes": "",
    "mode": "in_person",
    "links": "https://somewhere.example/",
    "joining_link": "https://somewhere.example/",
    "min": "5",
    "hours": "1.5",
    "amount": "12.50",
    "classes": "1",
    "link": "https://somewhere.example/",
    "url": "https://somewhere.example/",
    "setup_key": "",
    "subject": "physics",
    "seats_per_school": "2",
    "confirm_hours": "24",
    "pasted": "Name\nSomebody New",
    "cost": "12.50",
    "until": "2026-12-20",
    "quote": "",
    "look_for": "",
    "source": "",
    "source_author": "",
    "source_address": "",
    "met_id": "",
    "minutes_a_year": "24",
    "most_minutes_a_year": "40",
    "minutes_a_week": "1.5",
    "every_days": "14",
    "first_every_days": "7",
    "first_weeks": "6",
    "within_days": "30",
    "months_long": "24",
    "most_units_a_mentee": "30",
    "most_units_a_year": "90",
    "closes_on_day": "15",
    "most_minutes": "1h30",
    "fee": "12.50",
    "words": "circuit board, breadboard",
}
# Marks of the moment, not acts: that a form was handled, and what the second arrival is told.
APART = {"handled_form", "tries", "sign_in_session"}


def typed(name: str, kind: str, value: str) -> str:
    """What somebody would type into a field that is still empty."""
    if value or kind in ("hidden", "select"):
        return value
    return WANTED.get(name.rpartition("-")[2], TYPED.get(kind, "Something said"))


def acts_of(region: Region) -> dict[str, int]:
    return {name: mark for name, mark in region.contents().items() if name not in APART}


def filled(form: PageForm) -> dict[str, list[str]]:
    data = form.data(typed)
    for tick in ("sure", "on", "is_open", "agree"):
        if tick not in data and tick == "sure":
            data[tick] = ["y"]
    return data


def test_every_form_of_every_page_acts_once(region):
    said = Counter()
    wrong, refused = [], []
    for endpoint, (who, form) in sorted(region.forms.items()):
        browser = region.browser(who)
        data = filled(form)
        first, broken = answer_of(browser, form.action, method="POST", data=data)
        if broken:
            wrong.append(f"{endpoint} from {form.page}: {broken}")
            region.back()
            continue
        said[first.status_code] += 1
        if first.status_code == 303:
            once = acts_of(region)
            _again, broken = answer_of(region.browser(who), form.action, method="POST", data=data)
            twice = acts_of(region)
            changed = {name for name in twice if twice[name] != once.get(name)}
            if broken or changed:
                wrong.append(f"{endpoint} from {form.page}: {broken or 'the second'} changed {changed or 'nothing'}")
        elif "attachment" not in first.headers.get("Content-Disposition", ""):
            refused.append(endpoint)
        region.back()
    assert not wrong, "\n".join(wrong)
    assert len(refused) < len(region.forms) / 7, refused


AT_ONCE = (
    "events.book_place",
    "conversations.answer",
    "mentoring.log",
    "resources.create",
    "network.invite_again",
    "public_events.book",
)


@pytest.mark.parametrize("endpoint", AT_ONCE)
def test_two_at_the_same_moment_act_once(region, endpoint):
    who, form = region.forms[endpoint]
    data = filled(form)
    browsers, start = [region.browser(who), region.browser(who)], threading.Barrier(2)
    answers = []

    def press(browser):
        start.wait()
        answers.append(answer_of(browser, form.action, method="POST", data=data))

    threads = [threading.Thread(target=press, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not [broken for _answer, broken in answers if broken]
    assert {answer.status_code for answer, _broken in answers} <= {303, 422}
    both = region.rows()
    region.back()
    answer_of(region.browser(who), form.action, method="POST", data=data)
    assert both == region.rows()


def test_a_key_counts_for_one_address_alone(region):
    who, form = region.forms["conversations.answer"]
    data = filled(form)
    assert region.browser(who).post(form.action, data=data).status_code == 303
    other = region.forms["conversations.start"][1]
    before = region.rows()["topic"]
    again = region.browser(who).post(other.action, data=filled(other) | {"form_key": data["form_key"]})
    assert again.status_code == 303 and region.rows()["topic"] == before + 1
