"""Who gets credit, and why not: every edge of the rules, without a database."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.credit.models import CreditType
from portal.events.credit_rules import (
    Presence,
    Standing,
    Terms,
    counting,
    is_approved_in_time,
    most_of,
    standing,
    starts_on,
    terms_of,
    why_not,
    why_not_at_all,
)
from portal.events.models_credit import EventCredit

SEATTLE, LONDON, AUCKLAND = "America/Los_Angeles", "Europe/London", "Pacific/Auckland"
# Six in the evening of 19 November in Seattle is two in the morning of the 20th in Greenwich.
EVENING = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
THE_DAY = date(2026, 11, 19)


@dataclass(frozen=True)
class Meeting:
    id: int
    starts_at: datetime = EVENING
    minutes: int = 90
    cancelled_at: datetime | None = None


ONE = [Meeting(1)]
THREE = [Meeting(number, EVENING + timedelta(weeks=number - 1)) for number in (1, 2, 3)]
APPROVED = Terms(approved_on=date(2026, 10, 28), round_to=15)


def there(**minutes):
    """``there(s1=60)``: sixty minutes in session one, nothing known of hours."""
    return {int(key[1:]): Presence(value) for key, value in minutes.items()}


def refusals(terms, presence, sessions=ONE, evaluated=False, zone=SEATTLE):
    return why_not(terms, sessions, presence, evaluated, zone)


@pytest.mark.parametrize(
    ("approved_on", "zone", "counts"),
    [
        (THE_DAY - timedelta(days=1), SEATTLE, True),
        (THE_DAY, SEATTLE, True),
        (THE_DAY + timedelta(days=1), SEATTLE, False),
        # The same moment on other clocks begins a day later.
        (THE_DAY + timedelta(days=1), LONDON, True),
        (THE_DAY + timedelta(days=2), LONDON, False),
        (THE_DAY + timedelta(days=1), AUCKLAND, True),
        (None, SEATTLE, False),
    ],
)
def test_an_approval_counts_up_to_the_day_of_the_start_on_the_networks_clock(approved_on, zone, counts):
    assert is_approved_in_time(approved_on, ONE, zone) is counts
    reasons = refusals(replace(APPROVED, approved_on=approved_on), there(s1=90), zone=zone)
    assert (reasons == []) is counts


def test_a_series_begins_with_its_first_session_that_counts():
    between = THE_DAY + timedelta(days=3)
    assert not is_approved_in_time(between, THREE, SEATTLE)
    first_called_off = [replace(THREE[0], cancelled_at=EVENING), *THREE[1:]]
    assert is_approved_in_time(between, first_called_off, SEATTLE)
    assert starts_on(first_called_off, SEATTLE) == THE_DAY + timedelta(weeks=1)


def test_without_a_session_that_counts_there_is_no_credit():
    off = [replace(ONE[0], cancelled_at=EVENING)]
    assert starts_on(off, SEATTLE) is None
    assert not is_approved_in_time(date(2020, 1, 1), off, SEATTLE)
    assert why_not_at_all(APPROVED, off, SEATTLE) == "none of its sessions took place"
    assert refusals(APPROVED, there(s1=90), off) == ["none of its sessions took place"]


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (Terms(), "not approved"),
        (Terms(applied_on=date(2026, 9, 1)), "not approved"),
        (Terms(approved_on=THE_DAY + timedelta(days=1)), "approved after it began"),
        (Terms(declined_on=date(2026, 10, 2)), "declined on Friday 2 October 2026"),
        (Terms(approved_on=THE_DAY), None),
        (Terms(needs_approval=False), None),
        (Terms(needs_approval=False, declined_on=date(2026, 10, 2)), None),
    ],
)
def test_approval_in_words(terms, reason, in_app):
    with in_app():
        assert why_not_at_all(terms, ONE, SEATTLE) == reason


@pytest.mark.parametrize(
    ("minutes", "share", "reasons"),
    [
        (90, 75, []),
        (68, 75, []),
        (67, 75, ["there for 67 of 90 minutes; 75% are needed"]),
        (60, 75, ["there for 60 of 90 minutes; 75% are needed"]),
        (89, 100, ["there for 89 of 90 minutes; 100% are needed"]),
        (90, 100, []),
        (0, 75, ["there for 0 of 90 minutes; 75% are needed"]),
        (14, 0, ["there for 14 minutes; less than the smallest step"]),
        (15, 0, []),
        (None, 75, ["there for 0 of 90 minutes; 75% are needed"]),
    ],
)
def test_the_least_share_to_the_minute(minutes, share, reasons, in_app):
    with in_app():
        assert refusals(replace(APPROVED, least_share=share), {1: Presence(minutes)}) == reasons


def test_the_share_is_of_all_sessions_together(in_app):
    two_of_three = there(s1=90, s2=90)
    with in_app():
        assert refusals(APPROVED, two_of_three, THREE) == ["there for 180 of 270 minutes; 75% are needed"]
        assert refusals(replace(APPROVED, least_share=66), two_of_three, THREE) == []
        # The session that was called off is nobody's absence.
        assert refusals(APPROVED, two_of_three, [*THREE[:2], replace(THREE[2], cancelled_at=EVENING)]) == []


def test_the_evaluation_is_asked_for_only_where_it_is_wanted(in_app):
    wants = replace(APPROVED, needs_evaluation=True)
    with in_app():
        assert refusals(wants, there(s1=90)) == ["the evaluation is not in"]
        assert refusals(wants, there(s1=90), evaluated=True) == []
        assert refusals(APPROVED, there(s1=90)) == []


@pytest.mark.parametrize(
    ("arrived", "left", "lacks"),
    [(EVENING, EVENING, False), (EVENING, None, True), (None, EVENING, True), (None, None, True)],
)
def test_hours_of_coming_and_going_where_the_kind_wants_them(arrived, left, lacks):
    wants = replace(APPROVED, needs_times=True)
    reasons = refusals(wants, {1: Presence(90, arrived, left)})
    assert reasons == (["arrival and departure are not on record"] if lacks else [])


def test_a_session_that_she_missed_needs_no_hours():
    wants = replace(APPROVED, needs_times=True, least_share=50)
    came = {1: Presence(90, EVENING, EVENING), 2: Presence(90, EVENING, EVENING), 3: Presence(0)}
    assert refusals(wants, came, THREE) == []


def test_all_reasons_are_said_at_once(in_app):
    terms = Terms(needs_evaluation=True, needs_times=True)
    with in_app():
        assert refusals(terms, there(s1=60)) == [
            "not approved",
            "there for 60 of 90 minutes; 75% are needed",
            "arrival and departure are not on record",
            "the evaluation is not in",
        ]


@pytest.mark.parametrize(
    ("most", "round_to", "worth"),
    [(None, 1, 90), (None, 60, 60), (60, 1, 60), (80, 15, 75), (500, 1, 90), (10, 15, 0)],
)
def test_the_most_is_what_took_place_or_less_in_whole_steps(most, round_to, worth):
    assert most_of(Terms(most_minutes=most, round_to=round_to), ONE) == worth


def test_minutes_beyond_the_end_do_not_count():
    assert standing(APPROVED, ONE, there(s1=104)) == Standing(there=90, of=90, credited=90, most=90)


def test_who_leaves_early_gets_whole_steps():
    assert standing(APPROVED, ONE, there(s1=74)) == Standing(there=74, of=90, credited=60, most=90)


def test_a_series_is_added_up_before_it_is_rounded():
    assert standing(APPROVED, THREE, there(s1=80, s2=85, s3=75)).credited == 240


def test_more_than_the_event_gives_is_not_credited():
    assert standing(replace(APPROVED, most_minutes=180), THREE, there(s1=90, s2=90, s3=90)) == Standing(
        270, 270, 180, 180
    )


def test_called_off_sessions_and_those_of_other_events_do_not_count():
    sessions = [THREE[0], replace(THREE[1], cancelled_at=EVENING)]
    assert [one.id for one in counting(reversed(sessions))] == [1]
    assert standing(APPROVED, sessions, there(s1=90, s2=90, s9=90)) == Standing(90, 90, 90, 90)


def test_an_event_may_ask_for_more_than_its_kind_never_for_less():
    kind = CreditType(needs_approval=True, needs_evaluation=True, needs_times=True)
    terms = terms_of(EventCredit(needs_evaluation=False, least_share=85, round_to=15), kind)
    assert terms.needs_evaluation and terms.needs_times and terms.least_share == 85
    more = terms_of(EventCredit(needs_evaluation=True, least_share=75, round_to=1), CreditType(needs_evaluation=False))
    assert more.needs_evaluation
