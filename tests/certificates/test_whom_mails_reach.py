"""Mails about hours go to whom they are for, and to nobody else: not to an address that bounces, nor to one that looks alike."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.certificates.operations_record import send_record
from portal.db import db
from portal.evaluation.operations_asking import ask_for_feedback
from portal.mail.models import OutboxMail
from portal.people.models import EmailAddress
from portal.web import clock
from tests import cast
from tests.evaluation.evenings import EVENING, evening


def addresses(kind):
    return sorted(db.session.execute(select(OutboxMail.to_address).where(OutboxMail.kind == kind)).scalars())


@pytest.mark.parametrize(
    "typed", ["ＴＯＢＩ@tarn-and-tide.example", "tobi@tarn-and-tide.example ", "TOBI@Tarn-and-Tide.example"]
)
def test_a_record_goes_to_the_address_that_we_have_and_not_to_one_that_only_compares_alike(in_app, typed):
    with in_app():
        send_record(typed, "10.0.0.1", "en_GB")
        assert addresses("record") == ["tobi@tarn-and-tide.example"]


def test_nobody_is_asked_at_an_address_from_which_mail_comes_back(app, in_app):
    with in_app():
        evening(came=("tobi", "leon"))
        hers = EmailAddress.person_id == cast.person_id("tobi")
        db.session.execute(update(EmailAddress).where(hers).values(bounced_at=cast.NOW))
        db.session.commit()
    clock.freeze(EVENING + timedelta(minutes=5))
    with app.test_request_context():
        ask_for_feedback()
        assert addresses("event-feedback") == ["leon@tarn-and-tide.example"]
