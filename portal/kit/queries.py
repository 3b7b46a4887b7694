"""Questions about one kit: is it there for this person, what lies in it, may she borrow it?"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from portal.activities.models import Participation
from portal.db import db
from portal.events.models import Event, Session
from portal.kit.models import Kit, KitPart, KitSchool, KitTrained, KitTraining, KitWord
from portal.networks.queries import networks_open_for
from portal.networks.readers import Reader
from portal.organisations.models import Organisation
from portal.people.models import Affiliation
from portal.vocabulary.models import Word
from portal.web import clock

# How long a deleted kit can be brought back.
UNDO = timedelta(days=7)


def visible_to(reader: Reader) -> ColumnElement[bool]:
    """The network's own kits (drafts for its coordinators alone), and those of others that the whole region may borrow.

    A network that is closed, or has closed this room, lends nothing.
    """
    own = Kit.network_id == reader.network_id
    if not reader.is_coordinator:
        own = and_(own, or_(Kit.listed_at.is_not(None), Kit.owner_id == reader.person_id))
    return and_(Kit.deleted_at.is_(None), or_(own, lent_to_the_region()))


def lent_to_the_region() -> ColumnElement[bool]:
    """Kits that members of any network may borrow."""
    listed = and_(Kit.listed_at.is_not(None), Kit.retired_at.is_(None))
    return and_(Kit.lends_to == "region", listed, Kit.network_id.in_(networks_open_for("kit")))


def kit_in(reader: Reader, kit_id: int) -> Kit | None:
    """The kit as this reader may see it, or None (one query)."""
    return db.session.execute(select(Kit).where(Kit.id == kit_id, visible_to(reader))).scalar_one_or_none()


def deleted_kit_in(reader: Reader, kit_id: int) -> Kit | None:
    """A kit of the reader's own network that was deleted less than a week ago."""
    recently = Kit.deleted_at > clock.now() - UNDO
    query = select(Kit).where(Kit.id == kit_id, Kit.network_id == reader.network_id, recently)
    if not reader.is_coordinator:
        query = query.where(Kit.listed_at.is_not(None))
    return db.session.execute(query).scalar_one_or_none()


def last_day_to_undo(deleted_at: datetime) -> datetime:
    return deleted_at + UNDO


def kit_by_id(kit_id: int) -> Kit:
    """The kit itself, for its form. Whoever asks has looked through ``kit_in`` first."""
    return db.session.get_one(Kit, kit_id, populate_existing=True)


def kit_by_code(code: str) -> Kit | None:
    """The kit of a short address, drafts and retired ones too: whoever holds the box may say what is wrong with it.

    Case, dashes and blanks do not matter.
    """
    known = "".join(sign for sign in code.upper()[:40] if sign.isalnum())
    return db.session.execute(select(Kit).where(Kit.code == known, Kit.deleted_at.is_(None))).scalar_one_or_none()


def parts_of(kit_id: int) -> Sequence[KitPart]:
    """What belongs into it, in the order of packing (one query)."""
    query = select(KitPart).where(KitPart.kit_id == kit_id, KitPart.removed_at.is_(None))
    return db.session.execute(query.order_by(KitPart.box, KitPart.position, KitPart.id)).scalars().all()


def part_of(kit_id: int, part_id: int) -> KitPart | None:
    """One line of its contents, taken out or not."""
    query = select(KitPart).where(KitPart.kit_id == kit_id, KitPart.id == part_id)
    return db.session.execute(query).scalar_one_or_none()


def words_of(kit_ids: Sequence[int]) -> dict[int, dict[str, list[Any]]]:
    """Subjects and phases of kits, by kit and kind, in the region's order (one query)."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    if kit_ids:
        query = select(KitWord.kit_id, Word.kind, Word.label, Word.id).join(Word, Word.id == KitWord.word_id)
        query = query.where(KitWord.kit_id.in_(kit_ids)).order_by(Word.kind, Word.position, Word.label)
        for row in db.session.execute(query):
            found[row.kit_id][row.kind].append(row)
    return found


def schools_of(kit_id: int) -> list[Any]:
    """The schools that it is lent to, where it is lent to named ones: id and name (one query)."""
    query = select(Organisation.id, Organisation.name).join(KitSchool, KitSchool.organisation_id == Organisation.id)
    return list(db.session.execute(query.where(KitSchool.kit_id == kit_id).order_by(Organisation.sort_name)))


def training_for(kit_id: int) -> list[Any]:
    """The events that train for it: id, title, network_id (one query). None at all: nobody has to be trained."""
    query = select(Event.id, Event.title, Event.network_id).join(KitTraining, KitTraining.event_id == Event.id)
    return list(db.session.execute(query.where(KitTraining.kit_id == kit_id).order_by(Event.title)))


def is_trained(kit_id: int, person_id: int) -> bool:
    """Whether she was there for at least a minute of an event that trains for it, or a coordinator says she knows it."""
    there = (
        select(Participation.id)
        .join(Session, Session.id == Participation.activity_id)
        .join(KitTraining, KitTraining.event_id == Session.event_id)
        .where(KitTraining.kit_id == kit_id, Participation.person_id == person_id, Participation.minutes > 0)
    )
    told = select(KitTrained.kit_id).where(KitTrained.kit_id == kit_id, KitTrained.person_id == person_id)
    return bool(db.session.execute(select(or_(there.exists(), told.exists()))).scalar())


def works_at_a_school_of(kit_id: int, person_id: int) -> bool:
    """Whether one of her schools of today is among those that the kit is lent to."""
    query = (
        select(KitSchool.kit_id)
        .join(Affiliation, Affiliation.organisation_id == KitSchool.organisation_id)
        .where(KitSchool.kit_id == kit_id, Affiliation.person_id == person_id, Affiliation.ended_on.is_(None))
    )
    return bool(db.session.execute(select(query.exists())).scalar())
