"""The invented region is told on whatever day it is opened, and always has in it what it promises."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.activities.models import Use
from portal.attendance.models import AttendanceClaim
from portal.credit.models import Certificate, OutsideHours
from portal.db import db, writing
from portal.demo.command import tell_story
from portal.demo.story import TIME_ZONE, Story
from portal.events.models import Booking, Event
from portal.events.models_credit import EventCredit
from portal.handing_on.models import HandOver
from portal.kit.models import Kit, KitPart
from portal.lending.models import STATES, Loan, LoanAgreement, LoanNotice
from portal.lending.queries_late import late_in, standing_of
from portal.mail.models import OutboxMail
from portal.mentor_schools.models import OrganisationMeeting
from portal.mentoring.models import MentoringContact, PairMonth, PairProgramme
from portal.openings.models import Opening
from portal.programmes.models import Programme
from portal.resources.models import Pack
from portal.statements import periods
from portal.support.models import SupportVisit
from portal.today.asked import asked_of
from portal.today.mentoring import quiet_pairs
from portal.today.mine import talks_to_confirm
from portal.today.waiting import waiting_in

FULL, ON_NOW, SERIES, MEETING = (
    "Build a hand from card and string, take a box home",
    "The mending bench",
    "Leading from the middle: three evenings",
    "Autumn network meeting",
)
SHORT = {("AA cells", 24), ("Dowel, 5 mm", 11), ("USB leads", 2)}
# The Thursday of the evening itself, and a Sunday on which clocks go back.
DAYS = [date(2026, 11, 12), date(2026, 10, 25)]


@pytest.fixture
def empty(app: Flask) -> Flask:
    """The demo goes into an empty database only."""
    with app.app_context(), writing():
        for table in reversed(Event.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
    return app


@pytest.mark.parametrize("day", DAYS)
def test_the_story_holds_on_any_day(empty: Flask, day: date) -> None:
    with empty.app_context():
        story = tell_story(day)
        _the_full_evening_is_ahead(story)
        _one_session_is_on(story)
        _letters_come_in_time_but_for_one()
        _certificates_are_issued_corrected_and_told_of()
        _the_series_is_one_booking()
        _boxes_go_round(story)
        _packs_are_reviewed()
        _mentoring_is_told_whole(story)
        _somebody_is_asked(story)
        _nothing_is_left_to_send()


def _event(title: str) -> Event:
    return db.session.execute(select(Event).where(Event.title == title)).scalar_one()


def _the_full_evening_is_ahead(story: Story) -> None:
    event = _event(FULL)
    [session] = event.sessions
    assert session.starts_at > story.now + timedelta(days=1)
    assert session.starts_at < story.now + timedelta(days=10)
    open_ones = [Booking.session_id == session.id, Booking.cancelled_at.is_(None)]
    waiting = select(func.count()).where(*open_ones, Booking.waiting_since.is_not(None))
    assert db.session.scalar(waiting.where(Booking.offered_until.is_(None))) == 3
    assert db.session.scalar(waiting.where(Booking.offered_until > story.now)) == 1
    placed = select(func.count()).where(*open_ones, Booking.waiting_since.is_(None), Booking.kind != "observer")
    assert db.session.scalar(placed) == (session.capacity or 0) - 1


def _one_session_is_on(story: Story) -> None:
    [session] = _event(ON_NOW).sessions
    assert session.starts_at < story.now < session.ends_at
    assert session.room_code
    assert session.kiosk_opened_at
    here = [row for row in session.participations if row.arrived_at]
    assert sum(row.left_at is None for row in here) == 6
    assert sum(row.left_at is not None for row in here) == 1
    assert all(row.arrived_at and row.arrived_at < story.now for row in here)


def _letters_come_in_time_but_for_one() -> None:
    rows = db.session.execute(select(EventCredit, Event).join(Event, Event.id == EventCredit.event_id)).all()
    late = [
        event.title
        for block, event in rows
        if block.approved_on and block.approved_on > event.sessions[0].starts_at.date()
    ]
    assert late == ["Python without tears"]
    assert [event.title for block, event in rows if block.state == "applied"] == ["Term meeting, with mince pies"]


def _certificates_are_issued_corrected_and_told_of() -> None:
    meeting = _event(MEETING).id
    about = select(func.count()).where(Certificate.subject_id == meeting)
    assert db.session.scalar(about.where(Certificate.kind == "credit", Certificate.voided_at.is_(None))) == 24
    assert db.session.scalar(about.where(Certificate.replaced_by_id.is_not(None))) == 2
    assert db.session.scalar(select(func.count()).where(Certificate.told_at.is_(None))) == 0
    assert db.session.scalar(select(func.count(OutsideHours.id))) == 2
    assert db.session.scalar(select(func.count(AttendanceClaim.id)).where(AttendanceClaim.answered_at.is_(None))) == 1


def _the_series_is_one_booking() -> None:
    event = _event(SERIES)
    assert event.books_whole
    first, *ahead = event.sessions
    assert first.attendance_closed_at
    ids = [one.id for one in ahead]
    counts = db.session.execute(
        select(func.count(Booking.id)).where(Booking.session_id.in_(ids)).group_by(Booking.session_id)
    )
    assert len(set(counts.scalars())) == 1


def _boxes_go_round(story: Story) -> None:
    """Twelve boxes are lent; loans stand in every state, one late, one asked for, and three parts are short."""
    network = story.networks["tarn-and-tide"]
    assert db.session.scalar(select(func.count()).where(Kit.listed_at.is_not(None), Kit.retired_at.is_(None))) == 12
    loans = db.session.execute(select(Loan)).scalars().all()
    assert {loan.state for loan in loans} == set(STATES)
    standing = standing_of(network, story.today)
    assert (standing.out, standing.late, standing.asked) == (7, 1, 1)
    [late] = late_in(story.stands("ines"), story.today)
    assert (late.person, late.next_school) == ("Noor Halloway", "Marl Street School")
    # On the day after, then once a week.
    assert late.reminders == 1 + (late.days(story.today) - 1) // 7
    short = select(KitPart.title, KitPart.quantity - KitPart.there).where(KitPart.there < KitPart.quantity)
    assert {(title, lacks) for title, lacks in db.session.execute(short)} == SHORT
    again = select(LoanNotice.loan_id, LoanNotice.kind, LoanNotice.due_on)
    assert len(list(db.session.execute(again.where(LoanNotice.told_at > story.now)))) == 0
    assert db.session.scalar(select(func.max(LoanAgreement.version))) == 2


def _packs_are_reviewed() -> None:
    """Most have passed, one went back with a note, the newest waits, two are recommended."""
    assert db.session.scalar(select(func.count()).where(Pack.recommended_at.is_not(None))) == 2
    waiting = select(Pack.title).where(
        Pack.shared_at.is_not(None), Pack.reviewed_at.is_(None), Pack.retired_at.is_(None)
    )
    assert set(db.session.execute(waiting).scalars()) == {"Egg parachutes, indoors", "Thermal camera hunt"}
    quotes = select(func.count()).where(Use.quote != "", Use.quote_allowed)
    assert db.session.scalar(quotes.where(Use.subject_kind == "pack")) >= 3
    assert db.session.scalar(quotes.where(Use.subject_kind == "kit")) >= 3


def _mentoring_is_told_whole(story: Story) -> None:
    """Pairs enough for a funder's figures, talks of all kinds, a shared coach, a quiet pair, a month that somebody asks for."""
    in_induction = select(func.count()).where(PairProgramme.programme_id == story.programmes["induction"])
    assert db.session.scalar(in_induction) == 8
    kinds = select(MentoringContact.contact_kind, func.count()).group_by(MentoringContact.contact_kind)
    assert {kind: count > 1 for kind, count in db.session.execute(kinds)} == {
        "one_to_one": True,
        "group": True,
        "support": True,
    }
    shared = select(PairProgramme.pairing_id).group_by(PairProgramme.pairing_id).having(func.count() == 2)
    assert db.session.execute(shared).first() is not None
    quiet, count = quiet_pairs(story.networks["tarn-and-tide"], story.today, TIME_ZONE, 5)
    assert count == 2 and quiet[0].mentee == "Otis Grizebeck"
    assert db.session.scalar(select(func.count()).where(PairMonth.asked_at.is_not(None))) == 1
    year = periods.year(db.session.get(Programme, story.programmes["induction"]), story.today)
    assert (story.today - year.first).days > 60
    waiting = select(HandOver).where(HandOver.sent_at.is_not(None), HandOver.opened_at.is_(None))
    assert len(db.session.execute(waiting).scalar_one().picked) > 3


def _somebody_is_asked(story: Story) -> None:
    """Wishes and offers, a pair that one of two wants, two schools that wait for a yes, three openings, an open promise."""
    network = story.networks["tarn-and-tide"]
    assert [one.kind for one in asked_of(network, story.who("dafydd"))] == ["proposal", "schools"]
    assert talks_to_confirm(network, story.who("tobi"))
    kinds = {one.kind for one in waiting_in(network, story.today, ("mentoring",), story.who("ines"))}
    assert {"mentor", "rematch", "month", "opening", "promise"} <= kinds
    assert db.session.scalar(select(func.count(Opening.id))) == 3
    promised = select(func.count()).where(SupportVisit.next_step != "", SupportVisit.next_done_at.is_(None))
    assert db.session.scalar(promised) == 3
    assert db.session.scalar(select(func.count(OrganisationMeeting.id))) == 3


def _nothing_is_left_to_send() -> None:
    assert db.session.scalar(select(func.count()).where(OutboxMail.sent_at.is_(None))) == 0
