"""Loans and the people in them: mails for each step, one's own export, leaving, two records that become one."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.merging import merge_records
from portal.lending.fields import UseReturned
from portal.lending.models import Loan
from portal.lending.operations_asking import approve_loan, cancel_loan, decline_loan, move_loan, restore_loan
from portal.lending.operations_closing import lose_kit, tell_use
from portal.lending.operations_longer import ask_longer
from portal.lending.operations_steps import make_ready
from portal.letters.rules import rule_called
from portal.mail.models import MailStop, OutboxMail
from portal.people.exporting import everything_about
from portal.people.models import Person
from portal.people.operations_leaving import erase_person
from portal.web import clock
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import END, START, TODAY, ask, back, booked, loan, noon_of, out
from tests.letters.writing import who


@pytest.fixture
def here(in_app):
    with in_app():
        yield


def mails() -> list[tuple[str, str]]:
    """Handle of the reader, and subject; those of the step before are gone."""
    rows = list(db.session.execute(select(OutboxMail).order_by(OutboxMail.id)).scalars())
    found = [(row.to_address.partition("@")[0], row.subject) for row in rows]
    for row in rows:
        assert "None" not in row.text and "Undefined" not in row.text
        db.session.delete(row)
    db.session.flush()
    return found


def test_each_step_writes_to_whom_it_concerns(here):
    ines, tobi, kit = cast.person_id("ines"), cast.person_id("tobi"), make_kit(keeper_id=cast.person_id("dafydd"))
    loan_id, asks = ask(kit), "Tobi Larkhill asks for “Box 9, Microcontrollers”"
    assert mails() == [("ines", asks), ("mairead", asks), ("dafydd", asks)]
    decline_loan(ines, loan_id, "It is being mended.")
    assert mails() == [("tobi", "Not this time: Box 9, Microcontrollers")]
    restore_loan(ines, loan_id, TODAY)
    assert mails() == [("tobi", "It stands again: Box 9, Microcontrollers")]
    approve_loan(ines, loan_id, TODAY)
    assert mails() == [("tobi", "It is yours: Box 9, Microcontrollers")]
    move_loan(ines, loan_id, START, END.replace(day=3), TODAY)
    assert mails() == [("tobi", "Other days: Box 9, Microcontrollers")]
    cancel_loan(tobi, loan_id)
    assert [key for key, _subject in mails()] == ["ines", "mairead", "dafydd"]
    restore_loan(tobi, loan_id, TODAY)
    assert len(mails()) == 3
    make_ready(ines, loan_id)
    assert mails() == [("tobi", "Packed for you: Box 9, Microcontrollers")]
    cancel_loan(ines, loan_id, "A pipe burst.")
    assert mails() == [("tobi", "Cancelled: Box 9, Microcontrollers")]


def test_longer_back_and_lost_are_told_too(here):
    kit = make_kit()
    loan_id = out(kit)
    mails()
    ask_longer(None, loan_id, END.replace(day=8))
    assert [subject for _key, subject in mails()] == ["Longer, please: Box 9, Microcontrollers"] * 2
    lose_kit(cast.person_id("ines"), loan_id, START)
    assert mails() == [("tobi", "Noted as lost: Box 9, Microcontrollers")]
    noon_of(TODAY)
    back(make_kit(title="Bridges"), "leon")
    assert mails()[-1] == ("leon", "It is back: Box 9, Bridges")


def test_a_coordinator_who_wants_no_such_mails_gets_none(here):
    stop = MailStop(
        person_id=cast.person_id("ines"), network_id=cast.network_id(), kind="loan-kept", stopped_at=clock.now()
    )
    db.session.add(stop)
    ask(make_kit())
    assert [key for key, _subject in mails()] == ["mairead"]


def test_her_export_names_the_boxes_and_nobody_else(here):
    back(make_kit())
    tell_use(cast.person_id("tobi"), 1, UseReturned(2, 54), END)
    found = everything_about(cast.person_id("tobi"))
    assert [(row["kit"], row["starts_on"], row["purpose"]) for row in found["loans"]] == [
        ("Microcontrollers", "2026-11-23", "Circuits")
    ]
    assert [row["students"] for row in found["use"]] == [54] and "loan" not in found
    assert everything_about(cast.person_id("ines"))["loans"] == []


def test_who_leaves_lets_go_what_she_asked_for_and_the_book_keeps_the_rest(here):
    has = out(make_kit())
    wants = booked(make_kit(title="Bridges"), start=END.replace(day=14), end=END.replace(day=16))
    tobi = cast.person_id("tobi")
    erase_person(tobi)
    assert (loan(has).state, loan(wants).state) == ("out", "cancelled")
    assert loan(has).organisation_id is not None and loan(has).purpose == ""
    assert db.session.get_one(Person, tobi).name == "Former member"


def test_two_records_of_one_person_have_one_list_of_loans(here):
    out(make_kit())
    ask(make_kit(title="Bridges"), "leon", END.replace(day=14), END.replace(day=16))
    tobi, leon = cast.person_id("tobi"), cast.person_id("leon")
    merge_records("person", tobi, leon, {}, cast.person_id("ines"))
    assert {one.person_id for one in db.session.execute(select(Loan)).scalars()} == {tobi}


def test_a_letter_reaches_who_borrowed_a_box_and_not_who_only_asked(here):
    kit = make_kit()
    out(kit)
    noon_of(TODAY)
    ask(make_kit(title="Bridges"), "leon")
    assert rule_called("borrowed") is not None
    assert who(borrowed=["any"]) == {"tobi"} == who(borrowed=[str(kit)])
    assert who(borrowed=["999"]) == set()
