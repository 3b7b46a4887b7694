"""The people of a network whom an event may belong to."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from portal.db import db
from portal.networks.models import Membership
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person, PersonWord
from portal.vocabulary.models import Word
from portal.web import clock

MOST = 200


def coordinators_of(network_id: int, also: Sequence[int | None] = ()) -> list[tuple[int, str]]:
    """Ids and names of those who coordinate, and of whoever else is named, by name (one query)."""
    now = and_(Membership.network_id == network_id, Membership.ended_at.is_(None), Membership.role == "coordinator")
    coordinating = select(Membership.person_id).where(now)
    wanted = [person_id for person_id in also if person_id]
    rows = db.session.execute(
        select(Person.id, Person.name)
        .where(or_(Person.id.in_(coordinating), Person.id.in_(wanted)))
        .order_by(Person.sort_name)
        .limit(MOST)
    )
    return [(person_id, name) for person_id, name in rows]


def school_of(person_id: int) -> str:
    """Where a person works now, or nothing: her main place first, then the newest (one query)."""
    today = clock.now().date()
    row = db.session.execute(
        select(Organisation.name)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(
            Affiliation.person_id == person_id,
            or_(Affiliation.started_on.is_(None), Affiliation.started_on <= today),
            or_(Affiliation.ended_on.is_(None), Affiliation.ended_on >= today),
        )
        .order_by(Affiliation.is_main.desc(), Affiliation.started_on.desc().nulls_last(), Affiliation.id.desc())
        .limit(1)
    ).first()
    return row[0] if row else ""


def name_of(person_id: int | None) -> str:
    """The name of one person, or nothing."""
    if person_id is None:
        return ""
    return db.session.execute(select(Person.name).where(Person.id == person_id)).scalar_one_or_none() or ""


def subject_of(person_id: int) -> str:
    """The code of what she teaches, the first in the region's order; nothing where she never said (one query)."""
    query = (
        select(Word.code)
        .join(PersonWord, PersonWord.word_id == Word.id)
        .where(PersonWord.person_id == person_id, Word.kind == "subject")
        .order_by(Word.position, Word.label)
        .limit(1)
    )
    return db.session.execute(query).scalar_one_or_none() or ""
