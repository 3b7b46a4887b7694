"""What tests of talks share: Dafydd's pairs, what they type, and what is written down."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.operations import start_pairing
from tests import cast

BASE = "/n/tarn-and-tide/mentoring"


@pytest.fixture
def pair(in_app):
    """Dafydd mentors Tobi; the id of the pair."""
    with in_app():
        return pair_of("dafydd", "tobi")


@pytest.fixture
def other_pair(in_app, pair):
    """Dafydd mentors Leon, too."""
    with in_app():
        return pair_of("dafydd", "leon")


def pair_of(mentor, mentee):
    people = (cast.person_id(key) for key in (mentor, mentee, "ines"))
    return start_pairing(cast.network_id(), *people, date(2026, 9, 1)).id


def quick(**more):
    return {"when": "today", "length": "45", "mode": "in_person", "kind": "one_to_one"} | more


def contacts():
    """The talks that count."""
    live = MentoringContact.deleted_at.is_(None)
    return list(db.session.execute(select(MentoringContact).where(live).order_by(MentoringContact.id)).scalars())


def talk_of(pair_id):
    """The newest talk in the book of a pair."""
    of_pair = select(PairTalk).where(PairTalk.pairing_id == pair_id).order_by(PairTalk.id.desc())
    return db.session.execute(of_pair.limit(1)).scalar_one()


def the_pair(pair_id):
    return db.session.get_one(Pairing, pair_id)
