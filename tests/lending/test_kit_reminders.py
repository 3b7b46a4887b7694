"""Reminders of boxes: to collect, to bring back, late, how it was used. Each once, never at night, with links that act."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Use
from portal.db import db, operation
from portal.lending.models import Loan
from portal.lending.operations_asking import move_loan
from portal.lending.operations_reminders import remind
from portal.mail.models import OutboxMail
from portal.mail.stopping import stop
from portal.networks.models import Network
from portal.web import clock
from tests import cast
from tests.lending.calendar_world import TODAY, lend, make_box

DAY = timedelta(days=1)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def mails(in_app):
    """Run the duty on a day; the mails that it wrote: to whom, and how the subject begins."""
    seen = set()

    def on(day, hour=12):
        clock.freeze(at(day, hour))
        with in_app():
            remind()
            rows = [row for row in db.session.execute(select(OutboxMail)).scalars() if row.id not in seen]
            new = [(row.to_name.split()[0], row.subject.partition(":")[0]) for row in rows if row.kind[:3] == "kit"]
            seen.update(row.id for row in rows)
        return sorted(new)

    return on


def last_mail() -> OutboxMail:
    return db.session.execute(select(OutboxMail).order_by(OutboxMail.id.desc())).scalars().first()


def link_in(text: str, act: str) -> str:
    return re.search(rf"(/a/{act}-[^\s?]+)", text)[1]


@pytest.fixture
def loan(in_app):
    """Tobi has box 3 from the 16th to the 27th; Leon needs it on the 30th."""
    with in_app():
        kit = make_box(home="Room 12", collecting="Ring at the side door.")
        made = lend(kit, "tobi", date(2026, 11, 16), date(2026, 11, 27))
        lend(kit, "leon", date(2026, 11, 30), date(2026, 12, 11))
    return made


@operation
def set_loan(loan_id: int, **values) -> None:
    for name, value in values.items():
        setattr(db.session.get_one(Loan, loan_id), name, value)


def test_three_days_ahead_with_what_lies_in_it_and_what_is_short(mails, loan, in_app):
    assert mails(date(2026, 11, 12)) == []
    with in_app():
        part = db.session.get_one(Loan, loan).kit_id
        short_of(part)
    assert mails(date(2026, 11, 13)) == [("Tobi", "You collect it soon")]
    with in_app():
        text = last_mail().text
    assert "Room 12" in text and "Ring at the side door." in text and "24 × AA cells" in text
    assert "USB leads: 10 of 12 are there" in text
    assert mails(date(2026, 11, 14)) == []


@operation
def short_of(kit_id: int) -> None:
    from portal.kit.queries import parts_of

    parts_of(kit_id)[1].there = 10


def test_a_loan_that_moves_is_told_again(mails, loan, in_app):
    assert mails(date(2026, 11, 13)) == [("Tobi", "You collect it soon")]
    with in_app():
        move_loan(cast.person_id("ines"), loan, date(2026, 11, 17), date(2026, 11, 27), TODAY)
    assert mails(date(2026, 11, 14)) == [("Tobi", "You collect it soon")]


def test_tomorrow_then_late_the_day_after_and_weekly_and_those_who_mind_it_on_mondays(mails, loan, in_app):
    with in_app():
        set_loan(loan, out_at=at(date(2026, 11, 16)))
    assert mails(date(2026, 11, 25)) == []
    assert mails(date(2026, 11, 26), hour=4) == []
    assert mails(date(2026, 11, 26)) == [("Tobi", "Due back tomorrow")]
    # Leon, who needs it next, is told that he collects it soon.
    assert mails(date(2026, 11, 27)) == [("Leon", "You collect it soon")]
    assert mails(date(2026, 11, 28)) == [("Tobi", "Late")]
    with in_app():
        assert "Withen Cross First School needs it on Monday 30 November 2026." in last_mail().text
    assert mails(date(2026, 11, 29)) == []
    assert mails(date(2026, 11, 30)) == [("Ines", "1 box is late"), ("Mairead", "1 box is late")]
    assert mails(date(2026, 12, 4)) == []
    assert mails(date(2026, 12, 5)) == [("Tobi", "Late")]
    assert mails(date(2026, 12, 7)) == [("Ines", "1 box is late"), ("Mairead", "1 box is late")]


def test_a_worker_that_slept_writes_on_the_day_itself_and_one_mail_for_many_weeks(mails, loan, in_app):
    with in_app():
        set_loan(loan, out_at=at(date(2026, 11, 16)))
    assert mails(date(2026, 11, 27))[-1] == ("Tobi", "Due back today")
    assert [one for one in mails(date(2026, 12, 28)) if one[0] == "Tobi"] == [("Tobi", "Late")]


def test_how_was_it_used_is_asked_twice_and_never_of_who_told(mails, in_app):
    with in_app():
        kit = make_box()
        lend(kit, "tobi", date(2026, 10, 26), date(2026, 11, 6), state="back")
        told = lend(kit, "leon", date(2026, 10, 12), date(2026, 10, 23), state="back", back_on=date(2026, 11, 6))
        set_loan(told, use_told_at=at(date(2026, 11, 7)))
    assert mails(date(2026, 11, 8)) == []
    assert mails(date(2026, 11, 9), hour=18) == [("Tobi", "How was it used? Box 3, Structures")]
    assert mails(date(2026, 11, 10)) == []
    assert mails(date(2026, 11, 16)) == [("Tobi", "How was it used? Box 3, Structures")]
    assert mails(date(2026, 11, 25)) == []


def test_who_stopped_them_gets_none_and_a_closed_room_writes_none(mails, loan, in_app):
    with in_app():
        stop(cast.person_id("tobi"), "kit-reminder", cast.network_id())
    assert mails(date(2026, 11, 13)) == []
    with in_app():
        set_loan(loan, out_at=at(date(2026, 11, 16)))
        close_the_room()
    assert mails(date(2026, 12, 1)) == []


@operation
def close_the_room() -> None:
    network = db.session.get_one(Network, cast.network_id())
    network.rooms = [room for room in network.rooms if room != "kit"]


def test_a_round_in_which_nothing_is_due_asks_six_questions(app, in_app, loan, queries):
    clock.freeze(at(TODAY))
    with in_app(), queries() as seen:
        remind()
    assert len(seen) == 6, seen


def opened(client, in_app, act: str):
    with in_app():
        return link_in(last_mail().text, act)


def test_it_is_back_with_one_press_and_pressing_twice_is_once(mails, loan, in_app, client):
    with in_app():
        set_loan(loan, out_at=at(date(2026, 11, 16)))
    mails(date(2026, 11, 26))
    link = opened(client, in_app, "kitback")
    assert "It is due back on Friday 27 November 2026." in client.get(link).text
    with in_app():
        assert db.session.get_one(Loan, loan).state == "out"
    assert client.post(link, data={"choice": "back"}).status_code == 303
    assert client.post(link, data={"choice": "back"}).status_code == 303
    with in_app():
        assert db.session.get_one(Loan, loan).state == "returned"
    assert "<button" not in client.get(link).text.split("<main")[1].split("</main")[0]


def test_longer_is_asked_and_let_by_links(mails, loan, in_app, client):
    with in_app():
        set_loan(loan, out_at=at(date(2026, 11, 16)))
    mails(date(2026, 11, 26))
    link = opened(client, in_app, "kitlonger")
    assert client.post(link, data={"choice": "ask"}).status_code == 422
    assert client.post(link, data={"choice": "ask", "until": "2026-11-28"}).status_code == 303
    with in_app():
        assert db.session.get_one(Loan, loan).ends_on == date(2026, 11, 27)
        let = link_in(last_mail().text, "kitlet")
    # Leon has it from the 30th, and it is turned round for two days: nobody can have it until the 28th.
    assert "until" in client.get(let).text and 'value="yes"' not in client.get(let).text
    with in_app():
        leon = db.session.execute(select(Loan).where(Loan.person_id == cast.person_id("leon"))).scalar_one()
        move_loan(cast.person_id("ines"), leon.id, date(2026, 12, 2), date(2026, 12, 11), TODAY)
    assert client.post(let, data={"choice": "yes"}).status_code == 303
    with in_app():
        assert db.session.get_one(Loan, loan).ends_on == date(2026, 11, 28)


def test_the_use_is_told_by_a_link_and_none_is_an_answer(mails, in_app, client):
    with in_app():
        loan = lend(make_box(), "tobi", date(2026, 10, 26), date(2026, 11, 6), state="back")
    mails(date(2026, 11, 10))
    link = opened(client, in_app, "kituse")
    assert client.post(link, data={"choice": "tell", "classes": "many"}).status_code == 422
    assert (
        client.post(link, data={"choice": "tell", "classes": "2", "students": "54", "again": "yes"}).status_code == 303
    )
    with in_app():
        use = db.session.execute(select(Use)).scalar_one()
        assert (use.classes, use.students, use.again) == (2, 54, "yes")
    client.post(link, data={"choice": "tell", "classes": "0"})
    with in_app():
        assert db.session.execute(select(Use)).scalar_one().withdrawn_at
        assert db.session.get_one(Loan, loan).use_told_at


@pytest.fixture
def request_mail(in_app, as_):
    """Tobi asks; Ines has the link."""
    from portal.lending.fields import Asked
    from portal.lending.operations_asking import request_loan

    with in_app():
        kit = make_box()
        asked = Asked(date(2026, 11, 16), date(2026, 11, 27), "Year 5")
        loan = request_loan(cast.person_id("tobi"), cast.network_id(), kit, asked, TODAY)
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.person_id == cast.person_id("ines"))).scalars()
        link = link_in(next(iter(mail)).text, "kitdecide")
    return kit, loan, link


def test_a_coordinator_says_yes_from_the_mail(request_mail, in_app, client):
    _kit, loan, link = request_mail
    page = client.get(link).text
    assert "The days are free." in page and "Tobi Larkhill, Low Garrick School" in page
    assert client.post(link, data={"choice": "yes", "answer": "Gladly."}).status_code == 303
    with in_app():
        made = db.session.get_one(Loan, loan)
        assert (made.state, made.answer) == ("approved", "Gladly.")
    assert client.post(link, data={"choice": "no"}).status_code == 422


def test_the_mail_says_when_somebody_has_it_meanwhile(request_mail, in_app, client):
    kit, loan, link = request_mail
    with in_app():
        lend(kit, "leon", date(2026, 11, 23), date(2026, 11, 24))
    assert "Withen Cross First School has it until" in client.get(link).text
    assert client.post(link, data={"choice": "yes"}).status_code == 422
    assert client.post(link, data={"choice": "no", "answer": "Leon has it."}).status_code == 303
    with in_app():
        assert db.session.get_one(Loan, loan).state == "declined"


def test_who_no_longer_coordinates_decides_nothing(request_mail, in_app, client):
    from portal.networks.models import Membership

    _kit, loan, link = request_mail
    with in_app():
        leave(cast.person_id("ines"), Membership)
    assert client.get(link).status_code == 410
    assert client.post(link, data={"choice": "yes"}).status_code == 410
    with in_app():
        assert db.session.get_one(Loan, loan).state == "requested"


@operation
def leave(person_id: int, membership) -> None:
    rows = db.session.execute(select(membership).where(membership.person_id == person_id)).scalars()
    for row in rows:
        row.ended_at = clock.now()
