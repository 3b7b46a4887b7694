"""What a member of another network reads of a box that the whole region may borrow: that it is booked, not who has it."""

from datetime import date

import pytest
from sqlalchemy import select, update

from portal.db import db, writing
from portal.kit.operations_service import take_out_of_service
from portal.lending.operations_asking import request_loan
from portal.mail.models import OutboxMail
from portal.networks.models import Membership
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import END, START, ask, asked, out, today

THERE = "/n/fell-and-furrow/kit/"


def test_another_network_never_reads_which_school_has_it(in_app, as_):
    with in_app():
        kit = make_kit(lends_to="region")
        out(kit)
        ask(kit, "leon", date(2026, 12, 14), date(2026, 12, 18))
    kofi, leon = as_("kofi"), as_("leon")
    days = f"loans/new/{kit}?starts_on=2026-11-26&ends_on=2026-12-16"
    for path in ("", days, "calendar/", str(kit)):
        page = kofi.get(THERE + path).text
        assert "Low Garrick" not in page and "Withen Cross" not in page, path
    assert "Somebody has it until" in kofi.get(THERE + days).text
    assert "Low Garrick School has it until" in leon.get(f"/n/tarn-and-tide/kit/{days}").text
    with in_app(), pytest.raises(DomainError, match="Somebody has it until"):
        request_loan(
            cast.person_id("kofi"), cast.network_id("fell-and-furrow"), kit, asked(date(2026, 11, 26)), today()
        )


def test_another_network_never_reads_why_it_is_out_of_service(in_app, as_):
    with in_app():
        kit = make_kit(lends_to="region")
        take_out_of_service(cast.person_id("ines"), kit, START, END, "Tobi dropped it")
    page = as_("kofi").get(f"{THERE}loans/new/{kit}?starts_on=2026-11-26&ends_on=2026-12-02").text
    assert "out of service" in page and "Tobi" not in page


def test_an_answer_to_a_mail_reaches_nobody_who_has_left(in_app):
    with in_app():
        kit = make_kit(keeper_id=cast.person_id("dafydd"))
        gone = Membership.person_id == cast.person_id("dafydd")
        with writing():
            db.session.execute(update(Membership).where(gone).values(ended_at=clock.now()))
            db.session.commit()
        out(kit)
        mails = db.session.execute(select(OutboxMail).where(OutboxMail.person_id == cast.person_id("tobi"))).scalars()
        assert {mail.reply_to for mail in mails} == {"ines@tarn-and-tide.example"}
