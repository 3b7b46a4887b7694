"""A line from a mail is read for certain or not at all: how long, which day, how they met, when next."""

from datetime import date, time

import pytest

from portal.mentoring_mail.reading import Reader, read
from portal.mentoring_mail.reading_days import day_words
from portal.mentoring_mail.reading_how import says_yes

# A Tuesday.
TODAY = date(2026, 11, 10)
NAMES = {"tobi": 0, "tobi larkhill": 0, "leon": 7, "leon farrowby": 7}


def of(text, locale="en_GB", names=NAMES):
    return read(text, Reader(TODAY, day_words(locale), names))


def test_the_line_of_the_mail_is_read_whole():
    said = of("45 min, phone, planned the circuits lesson, next Tue 24 Nov 15:45")
    assert (said.minutes, said.day, said.mode, said.kind) == (45, TODAY, "phone", "one_to_one")
    assert (said.next_on, said.next_time) == (date(2026, 11, 24), time(15, 45)) and said.is_certain


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        ("45min.", 45),
        ("45 minutes", 45),
        ("45'", 45),
        ("3/4 h", 45),
        ("¾ h", 45),
        ("1½ hours", 90),
        ("1 1/2 hours", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1hr 15", 75),
        ("1:30", 90),
        ("0:45", 45),
        ("1.5 h", 90),
        ("0,75 h", 45),
        ("an hour", 60),
        ("An hour and a half", 90),
        ("an hour and 15 minutes", 75),
        ("one and a half hours", 90),
        ("half an hour", 30),
        ("a quarter of an hour", 15),
        ("three quarters of an hour", 45),
        ("2 hours", 120),
        ("forty-five minutes", 45),
        ("twenty min", 20),
        ("45 phone", 45),
        ("phone, 45", 45),
        ("about 45 minutes", 45),
        ("15:45-16:30", 45),
        ("from 15:45 to 16:30", 45),
        ("3:45 pm - 4:30 pm", 45),
        ("11:30-12:15 pm", 45),
        ("We met for 45 minutes and talked about the 30 min practical", 45),
        ("It went well. 45 min.", 45),
        ("Hi Ines,\n\n45 min by phone. Thanks!", 45),
        ("- 45 min\n- online", 45),
        ("We met (45 min, online)", 45),
    ],
)
def test_how_long(text, minutes):
    assert of(text).minutes == minutes and of(text).is_certain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It went well.",
        "planned the 30 min practical",
        "2 lessons planned",
        "Year 8, group 3, 24 pupils",
        "45 min, 30 min",
        "3",
        "900 minutes",
        "long",
        "15:45",
        "0 min",
        "-45 min 30 h",
        "99999999999999 min",
    ],
)
def test_what_is_not_certain_is_no_length(text):
    said = of(text)
    assert said.minutes is None and not said.is_certain


def test_a_guess_is_offered_and_never_taken():
    assert of("planned the 30 min practical").guess == 30 and of("20 min and 30 min").minutes is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("45 min", TODAY),
        ("today, 45 min", TODAY),
        ("this morning 45 min", TODAY),
        ("yesterday, 45 min", date(2026, 11, 9)),
        ("45 min the day before yesterday", date(2026, 11, 8)),
        ("6 Nov, 45 min", date(2026, 11, 6)),
        ("45 min on Friday 6th November", date(2026, 11, 6)),
        ("Nov 6, 2026, 45 min", date(2026, 11, 6)),
        ("2026-11-06 45 min", date(2026, 11, 6)),
        ("6.11. 45 min", date(2026, 11, 6)),
        ("6/11, 45 min", date(2026, 11, 6)),
        ("06/11/26, 45 min", date(2026, 11, 6)),
        ("Friday, 45 min", date(2026, 11, 6)),
        ("45 min on Tue", TODAY),
        ("last Tuesday, 45 min", date(2026, 11, 3)),
        ("20 Dec, 45 min", date(2026, 12, 20)),
        ("28 Sept, 45 min", date(2026, 9, 28)),
    ],
)
def test_which_day(text, day):
    assert of(text).day == day and of(text).minutes == 45


def test_figures_are_read_as_the_reader_writes_dates():
    assert of("11/6, 45 min", "en_US").day == date(2026, 11, 6)
    # There is no sixteenth month: it can only be meant the other way round.
    assert of("10/16, 45 min").day == date(2026, 10, 16)


def test_the_readers_own_language_is_read_beside_english():
    assert of("45 min, 6. November", "de_DE").day == date(2026, 11, 6)
    assert of("Montag, 45 min", "de_DE").day == date(2026, 11, 9)


@pytest.mark.parametrize("text", ["Tue 11 Nov, 45 min", "31 Feb, 45 min", "6 Nov, 45 min, 7 Nov"])
def test_a_day_that_contradicts_itself_is_asked_about(text):
    assert "day" in of(text).doubts and not of(text).is_certain


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("45 min by phone", "phone"),
        ("45 min, on the phone", "phone"),
        ("called, 45 min", "phone"),
        ("45 min on Zoom", "online"),
        ("45 min, Teams", "online"),
        ("video call 45 min", "online"),
        ("10 min, email", "mail"),
        ("45 min, face to face", "in_person"),
        ("45 min in his classroom", "in_person"),
        ("45 min", ""),
        ("45 min, phoned the parents", ""),
        ("45 min, teams of pupils", ""),
    ],
)
def test_how_they_met(text, mode):
    assert of(text).mode == mode


def test_kinds_and_who_sat_in_it():
    assert of("30 min, support, reading").kind == "support"
    together = of("45 min, group with Leon and Tobi")
    assert (together.kind, together.also) == ("group", (7,)) and together.is_certain
    assert of("45 min with Tobi").is_certain
    assert "who" in of("45 min with Leon").doubts and not of("45 min with Leon").is_certain


@pytest.mark.parametrize(
    ("text", "on", "at"),
    [
        ("45 min, next 24 Nov", date(2026, 11, 24), None),
        ("45 min; next Tue, 24 Nov, 15:45", date(2026, 11, 24), time(15, 45)),
        ("45 min. Next: Thursday 19 November at 3.45 pm", date(2026, 11, 19), time(15, 45)),
        ("45 min next Friday", date(2026, 11, 13), None),
        ("45 min, next week Tuesday 15:45", date(2026, 11, 17), time(15, 45)),
        ("45 min, next date 4 Jan 8:15", date(2027, 1, 4), time(8, 15)),
        ("45 min, next 24 Nov 15:45 in the lab, bring the boards", date(2026, 11, 24), time(15, 45)),
        ("45 min, next step: read two chapters", None, None),
        ("45 min, next lesson on Friday", None, None),
        ("45 min", None, None),
    ],
)
def test_the_next_date(text, on, at):
    said = of(text)
    assert (said.next_on, said.next_time) == (on, at) and said.minutes == 45 and said.day == TODAY


def test_a_next_date_that_contradicts_itself_is_left_out_and_said():
    said = of("45 min, next Mon 24 Nov")
    assert said.is_certain and said.next_on is None and said.doubts == ["next"]


def test_nothing_of_her_own_words_is_in_what_was_read():
    assert "kestrel" not in repr(of("45 min, kestrel worries about the inspection, next 24 Nov kestrel"))


@pytest.mark.parametrize(
    "text", ["1" * 5000, "½" * 3000, "next " * 900, "(" * 4000, "45 min," * 600, "\x1f\x00 45 min"]
)
def test_odd_texts_are_read_quickly_and_raise_nothing(text):
    assert of(text).day == TODAY


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", True),
        ("yes, that's right. And thank you!", True),
        ("We did", True),
        ("No", False),
        ("we didn’t meet", False),
        ("Nope, it was Thursday", False),
        ("Hm", None),
        ("", None),
        ("Not sure", None),
        ("Yes, but it was only 30 min", None),
        ("ok but on Tuesday", None),
        ("Yes, 30 minutes", None),
        ("Right, except that we did not meet", None),
        ("No problem, that is right", None),
        ("No worries", None),
        ("Yes! We did not talk about the 9th of May, but that can wait.", True),
    ],
)
def test_yes_and_no(text, answer):
    assert says_yes(text) is answer
