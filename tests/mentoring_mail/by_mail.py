"""Mentoring by mail, for tests: a portal that takes answers, a pair with a date behind it, and the mails of each."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.db import db
from portal.mail.answers import address_for
from portal.mail.models import OutboxMail
from portal.mail.receiving import receive
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.talks import Talk
from tests import cast
from tests.mail.receiving.writing import mail

ZONE = "Europe/London"


def pair_up(mentee="tobi"):
    """Dafydd mentors somebody. Belongs into a writing transaction."""
    people = (cast.person_id("dafydd"), cast.person_id(mentee), cast.person_id("ines"))
    return start_pairing(cast.network_id(), *people, date(2026, 9, 1)).id


def talked(pairing_id, day=3, minutes=45, by="dafydd", month=11, **more):
    """A talk at noon of a day, written down now; the id of it in the pair's book."""
    talk = Talk(at=datetime(2026, month, day, 12, tzinfo=UTC), minutes=minutes, **more)
    return log_contact(db.session.get_one(Pairing, pairing_id), cast.person_id(by), talk, bytes(32), ZONE).id


def answer(app, what, thing_id, text, key="dafydd", sender="", number=1, **headers):
    """One of the cast answers a mail; what became of it."""
    with app.app_context():
        to = address_for(what, cast.person_id(key), thing_id)
        raw = mail(to, text, sender or f"{key}@tarn-and-tide.example", number, **headers)
        return receive(raw)


def mails(app, kind, key=None):
    """The mails of one kind, oldest first; of one of the cast, or of all."""
    with app.app_context():
        rows = select(OutboxMail).where(OutboxMail.kind == kind).order_by(OutboxMail.id)
        if key:
            rows = rows.where(OutboxMail.person_id == cast.person_id(key))
        return list(db.session.execute(rows).scalars())


def contacts(app):
    """All talks that count, as (minutes, mode, kind, how, day of November)."""
    with app.app_context():
        rows = select(MentoringContact).where(MentoringContact.deleted_at.is_(None)).order_by(MentoringContact.id)
        return [
            (one.minutes, one.mode, one.contact_kind, one.how_logged, one.starts_at.day)
            for one in db.session.execute(rows).scalars()
        ]


def told(app, talk_id):
    with app.app_context():
        return db.session.get_one(PairTalk, talk_id)


def links(text, act):
    """Addresses of an act in a mail, without the host."""
    found = [word for word in text.split() if f"/a/{act}-" in word]
    return [word[word.index("/a/") :] for word in found]
