"""The mail after a next date on which nothing was written down: how did it go? Its answer, or one press, is the talk."""

from datetime import date, timedelta

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring_mail.acts_talked import LENGTHS, talked_link
from portal.mentoring_mail.queries_dates import Passed
from portal.mentoring_mail.queries_readers import Reader
from portal.web import clock, dates
from portal.web.languages import in_language

KIND = "mentoring-after"
kinds.declare(
    KIND,
    why=_l("You get this because you had a date with your mentor or mentee, and nothing is written down of it."),
    name=_l("“How did it go?” after a next date"),
    private=True,
)


def ask_how_it_went(reader: Reader, passed: Passed) -> None:
    """One mail about one date, to one of the two. Belongs inside an operation."""
    other = passed.mentee if reader.person_id == passed.mentor_id else passed.mentor
    answers_to = address_for("talk", reader.person_id, passed.pairing_id)
    local = clock.local(passed.at, reader.time_zone)
    before, g.time_zone = g.get("time_zone"), reader.time_zone
    try:
        with in_language(reader.locale):
            outbox.queue(
                KIND, reader.address, _("How did it go with %(name)s?", name=other.split(" ")[0]), "mentoring_after",
                to_name=reader.name, person_id=reader.person_id, network_id=reader.network_id, from_name=reader.sender,
                reply_to=answers_to, network={"name": reader.network}, first_name=reader.first_name, other=other,
                at=dates.moment(passed.at) if local.hour != 12 or local.minute else dates.day(local.date()),
                lengths=[(one, talked_link(reader.person_id, passed.pairing_id, one)) for one in LENGTHS],
                otherwise=talked_link(reader.person_id, passed.pairing_id),
                takes_answers=answers_to is not None, example=example(passed.day + timedelta(days=14)),
            )  # fmt: skip
    finally:
        g.time_zone = before


def example(next_on: date) -> str:
    """A line as it can be written, with a date as this reader writes dates."""
    return _("45 min, phone, next %(day)s 15:45", day=dates.short_day(next_on))
